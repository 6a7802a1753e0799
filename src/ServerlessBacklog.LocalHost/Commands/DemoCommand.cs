using System.CommandLine;
using System.Globalization;
using ServerlessBacklog.LocalHost.Demo;
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
        Triage the sample backlog (1,076 real bug reports of SeaMonkey), write a report, then show it on local pages. With --live: play a
        GitHub on this machine and show how issues are triaged, answered and closed as they come.

        Examples:
          backlog demo
          backlog demo --live
          backlog demo --with-scripted-model
          backlog demo --once --report seamonkey.html
        """;

    public static string SamplePath { get; } = Path.Combine(AppContext.BaseDirectory, "samples", "seamonkey.jsonl.gz");

    public static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "Exit after the report, or after the last thing that happens; serve no pages then." };
        var report = new Option<string>("--report") { Description = "Where to write the report.", HelpName = "FILE", DefaultValueFactory = _ => "report.html" };
        var live = new Option<bool>("--live") { Description = "Show the whole loop against a GitHub that is played on this machine." };
        var scripted = new Option<bool>("--with-scripted-model") { Description = "Ask a scripted language model that is played on this machine: shows what a model adds, without a key." };
        var pace = Pace();
        var port = ServeCommand.Port();
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var quiet = CommonOptions.Quiet();
        var command = new Command("demo", Description) { once, report, live, scripted, pace, port, dataDir, storage, quiet };
        command.SetRun(async (parsed, cancellation) =>
        {
            var silent = parsed.GetValue(quiet);
            await using var model = parsed.GetValue(scripted) ? await ScriptedModel.StartAsync(cancellation) : null;
            if (model is not null && !silent)
                AnsiConsole.MarkupLineInterpolated($"[yellow]{ScriptedModel.Label}[/]\n");
            if (parsed.GetValue(live))
            {
                // Nothing of what is played is mixed with backlogs that are kept.
                var folder = parsed.GetResult(dataDir) is { Implicit: false } ? parsed.GetValue(dataDir) : null;
                return await new LiveDemo(parsed.GetValue(port), folder, TimeSpan.FromSeconds(parsed.GetValue(pace)), parsed.GetValue(once), silent, model?.Settings).RunAsync(cancellation);
            }

            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage), Outbox.With(parsed.GetValue(dataDir)!, model?.Settings));
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

    private static Option<double> Pace()
    {
        var pace = new Option<double>("--pace") { Description = "Seconds between what happens, with --live.", HelpName = "SECONDS", DefaultValueFactory = _ => 4 };
        pace.Validators.Add(result =>
        {
            if (result.Tokens is [var text] && !(double.TryParse(text.Value, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= 3600))
                result.AddError("--pace takes seconds, 0 to 3600.");
        });
        return pace;
    }
}
