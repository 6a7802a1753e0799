using System.CommandLine;
using System.Text.Json;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.LocalHost.Runs;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog triage SOURCE</c>: reads a backlog, examines what is out of date, and says what it found.</summary>
internal static class TriageCommand
{
    private const string Description = """
        Read a backlog and say what is duplicate, vague, stale, blocked, and what to do first. Nothing is written to any tracker.

        Examples:
          backlog triage github:owner/repo               a public repository needs no token; GITHUB_TOKEN is used when set
          backlog triage azuredevops:org/project         with AzureDevOps__Token set
          backlog triage file:issues.csv
          backlog triage file:issues.jsonl.gz --report report.html --json findings.json
          backlog triage file:export.csv --mapping columns.yml --framework rice --goals goals.yml
          backlog triage file:issues.csv --plan           what a language model would be asked, and what that costs; asks nothing
        """;

    public static Command Create()
    {
        var source = CommonOptions.Source();
        var mapping = CommonOptions.Mapping();
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var quiet = CommonOptions.Quiet();
        var name = new Option<string?>("--backlog", "-b") { Description = "Name to keep the backlog under. Default: the file's or project's name.", HelpName = "NAME" };
        var report = new Option<string?>("--report") { Description = "Write the report as one HTML file.", HelpName = "FILE" };
        var json = new Option<string?>("--json")
        {
            Description = "Write all findings as JSON, to a file or to the terminal.",
            HelpName = "FILE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var plan = new Option<bool>("--plan") { Description = "Say what a language model would be asked, with tokens and cost, and stop there." };
        var settings = new SettingsOptions();
        var command = new Command("triage", Description) { source, mapping, report, json, plan, name, dataDir, storage, quiet };
        settings.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(source) is null or { Tokens.Count: 0 } && result.GetResult(json)?.Tokens is [var taken])
                result.AddError($"'{taken.Value}' was taken for the file that --json writes. Put SOURCE before --json: backlog triage {taken.Value} --json");
        });
        command.SetRun(async (parsed, cancellation) =>
        {
            var toScreen = parsed.GetResult(json) is { Implicit: false } && parsed.GetValue(json) is null;
            var silent = parsed.GetValue(quiet) || toScreen;
            var from = parsed.GetRequiredValue(source) with { Mapping = parsed.GetValue(mapping) };
            var chosen = await settings.ReadAsync(parsed, cancellation);
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            if (parsed.GetValue(plan))
            {
                PlanOutcome planned;
                using (var progress = new ProgressLine(silent))
                    planned = await services.GetRequiredService<PlanRun>().RunAsync(from, parsed.GetValue(name), settings.AsOf(parsed), chosen, progress, cancellation);
                if (toScreen)
                    Console.WriteLine(JsonSerializer.Serialize(planned, OutputJson.Options));
                else
                    PlanText.Print(planned);
                return BacklogCommand.Done;
            }

            TriageOutcome outcome;
            using (var progress = new ProgressLine(silent))
            {
                outcome = await services.GetRequiredService<TriageRun>().RunAsync(
                    from, parsed.GetValue(name), settings.AsOf(parsed), chosen, progress, cancellation);
            }

            if (parsed.GetValue(report) is { } page)
                await OutputFile.WriteReportAsync(page, outcome.Report, cancellation);
            if (toScreen)
                await TriageJson.WriteAsync(outcome, Console.OpenStandardOutput(), cancellation);
            else if (parsed.GetValue(json) is { } file)
                await OutputFile.WriteAsync(file, stream => TriageJson.WriteAsync(outcome, stream, cancellation));
            if (!toScreen)
                Summary.Print(outcome, parsed.GetValue(report), parsed.GetValue(json), parsed.GetValue(quiet));
            return outcome.Swept.FailureCount > 0 ? BacklogCommand.Failed : BacklogCommand.Done;
        });
        return command;
    }
}
