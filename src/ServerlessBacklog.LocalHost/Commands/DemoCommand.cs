using System.CommandLine;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.LocalHost.Pages;
using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog</c> and <c>backlog demo</c>: the main job on the backlog that ships with the program.</summary>
internal static class DemoCommand
{
    private const string Description = """
        Triage the sample backlog (1,076 real bug reports of SeaMonkey), write a report, then show it on local pages.

        Examples:
          backlog demo
          backlog demo --once --report seamonkey.html
        """;

    public static string SamplePath { get; } = Path.Combine(AppContext.BaseDirectory, "samples", "seamonkey.jsonl.gz");

    public static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "Exit after the report; serve no pages." };
        var report = new Option<string>("--report") { Description = "Where to write the report.", HelpName = "FILE", DefaultValueFactory = _ => "report.html" };
        var port = ServeCommand.Port();
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var quiet = CommonOptions.Quiet();
        var command = new Command("demo", Description) { once, report, port, dataDir, storage, quiet };
        command.SetRun(async (parsed, cancellation) =>
        {
            var silent = parsed.GetValue(quiet);
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            if (!silent)
                AnsiConsole.MarkupLine("A sample: 1,076 bug reports of SeaMonkey, 2020 to 2025 (GitBugs by A. Patil, CC BY 4.0).\n");
            TriageOutcome outcome;
            using (var progress = new ProgressLine(silent))
            {
                outcome = await services.GetRequiredService<TriageRun>().RunAsync(
                    new SourceAddress("file", SamplePath), "seamonkey", null, new TriageSettings(), progress, cancellation);
            }

            await OutputFile.WriteReportAsync(parsed.GetValue(report)!, outcome.Report, cancellation);
            Summary.Print(outcome, parsed.GetValue(report), null, silent);
            if (!silent)
                AnsiConsole.MarkupLine("Your own backlog: [bold]backlog triage file:issues.csv --report report.html[/] (GitHub, Jira and Azure DevOps exports; docs/import-format.md)");
            return parsed.GetValue(once)
                ? BacklogCommand.Done
                : await LocalPages.ServeAsync(services, parsed.GetValue(port), silent, cancellation);
        });
        return command;
    }
}
