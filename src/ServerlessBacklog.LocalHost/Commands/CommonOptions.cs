using System.CommandLine;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary>Options and arguments that several commands share, always spelled and explained alike.</summary>
internal static class CommonOptions
{
    public static Option<string> DataDir() => new("--data-dir")
    {
        Description = "Where backlogs are kept.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".backlog",
    };

    public static Option<bool> Quiet() => new("--quiet", "-q") { Description = "Print results only: no progress, no hints." };

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object instead of text." };

    public static Option<string?> Backlog() => new("--backlog", "-b")
    {
        Description = "The backlog's name; not needed while there is only one.",
        HelpName = "NAME",
    };

    public static Argument<SourceAddress> Source() => new("SOURCE")
    {
        Description = "Where the items are: file:PATH (.jsonl, .jsonl.gz, .json, .csv); a bare path works too.",
        CustomParser = result =>
        {
            try
            {
                return SourceAddress.Parse(result.Tokens[0].Value);
            }
            catch (UserErrorException wrong)
            {
                result.AddError(wrong.Message);
                return null!;
            }
        },
    };

    public static Option<string?> Mapping() => new("--mapping")
    {
        Description = "YAML file that says which column of a CSV is what (docs/import-format.md).",
        HelpName = "FILE",
    };
}
