using System.CommandLine;
using System.Globalization;
using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Adapters.Trackers;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary>Options and arguments that several commands share, always spelled and explained alike.</summary>
internal static class CommonOptions
{
    public static Option<string> DataDir() => new("--data-dir")
    {
        Description = "The folder where backlogs are kept.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".backlog",
    };

    public static Option<string?> Storage()
    {
        var storage = new Option<string?>("--storage")
        {
            Description = "Keep backlogs in Azure Storage instead: a connection string, UseDevelopmentStorage=true, or an account's name or address. "
                + "A key is safer in the environment, as Storage__Connection (docs/storage.md).",
            HelpName = "CONNECTION",
        };
        storage.Validators.Add(result =>
        {
            try
            {
                if (result.Tokens is [{ Value: var connection }])
                    AzureConnection.Parse(connection);
            }
            catch (UserErrorException wrong)
            {
                result.AddError(wrong.Message);
            }
        });
        return storage;
    }

    public static Option<bool> Quiet() => new("--quiet", "-q") { Description = "Print results only: no progress, no hints." };

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object instead of text." };

    public static Option<string?> Backlog() => new("--backlog", "-b")
    {
        Description = "The backlog's name; not needed while there is only one.",
        HelpName = "NAME",
    };

    public static Option<int> Top()
    {
        var top = new Option<int>("--top", "-n") { Description = "How many to list.", HelpName = "COUNT", DefaultValueFactory = _ => 50 };
        top.Validators.Add(result =>
        {
            if (result.Tokens is [var text] && !(int.TryParse(text.Value, CultureInfo.InvariantCulture, out var number) && number >= 1))
                result.AddError("--top takes a number, 1 or more.");
        });
        return top;
    }

    public static Argument<SourceAddress> Source() => new("SOURCE")
    {
        Description = "Where the items are: github:owner/repo, azuredevops:org/project, or file:PATH (.jsonl, .jsonl.gz, .json, .csv); a bare path works too.",
        CustomParser = result =>
        {
            try
            {
                var source = SourceAddress.Parse(result.Tokens[0].Value);
                if (source.Location.Trim().Length > 0 && TrackerList.All.Any(t => t.Name == source.Tracker))
                    return source;
                result.AddError($"'{source}' is no source that can be read. Write {string.Join(" or ", TrackerList.All.Select(t => t.SourceForm))}.");
                return null!;
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
