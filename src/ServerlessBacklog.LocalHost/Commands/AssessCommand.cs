using System.CommandLine;
using System.Text.Json;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.Triage.Reports;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog assess SOURCE</c>: is the data good enough to start with, and what to mend first.</summary>
internal static class AssessCommand
{
    private const string Description = """
        Grade how ready a backlog's data is for triage, with a list of fixes by gain. Read-only: nothing is written to any tracker.

        Example:
          backlog assess file:jira-export.csv
        """;

    public static Command Create()
    {
        var source = CommonOptions.Source();
        var mapping = CommonOptions.Mapping();
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var quiet = CommonOptions.Quiet();
        var json = CommonOptions.Json();
        var settings = new SettingsOptions();
        var command = new Command("assess", Description) { source, mapping, dataDir, storage, json, quiet };
        settings.AddTo(command);
        command.SetRun(async (parsed, cancellation) =>
        {
            var from = parsed.GetRequiredValue(source) with { Mapping = parsed.GetValue(mapping) };
            var chosen = await settings.ReadAsync(parsed, cancellation);
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            TriageOutcome outcome;
            using (var progress = new ProgressLine(parsed.GetValue(quiet) || parsed.GetValue(json)))
                outcome = await services.GetRequiredService<TriageRun>().RunAsync(from, name: null, settings.AsOf(parsed), chosen, progress, cancellation);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(outcome.Report.Readiness, OutputJson.Options));
            else
                Print(outcome.Report);
            return BacklogCommand.Done;
        });
        return command;
    }

    private static void Print(BacklogReport report)
    {
        var readiness = report.Readiness;
        if (readiness.Grade is not { } grade)
        {
            AnsiConsole.MarkupLineInterpolated($"[bold]{Show.OneLine(report.Name)}[/]: nothing is open, so there is nothing to grade.");
            return;
        }

        AnsiConsole.MarkupLineInterpolated($"[bold]{Show.OneLine(report.Name)}[/]: readiness [bold]{grade}[/], {readiness.Score} of 100 ({Show.Count(report.Counts.Open, "open item")}, {report.Counts.Read:N0} read)");
        var checks = new Table().Border(TableBorder.None).AddColumn("check").AddColumn(new TableColumn("share").RightAligned()).AddColumn("what was seen");
        foreach (var check in readiness.Checks)
            checks.AddRow(Markup.Escape(check.Name), check.Share is { } share ? $"{share:P0}" : "–", Markup.Escape(Show.OneLine(check.Detail)));
        AnsiConsole.Write(checks);
        if (readiness.Fixes.Count == 0)
            return;
        AnsiConsole.MarkupLine("\n[bold]Mend first[/]");
        foreach (var fix in readiness.Fixes)
            AnsiConsole.MarkupLineInterpolated($"  +{fix.Gain:0.0}  {Show.OneLine(fix.Fix)}");
        AnsiConsole.MarkupLineInterpolated($"\n[grey]{Readiness.Formula}[/]");
    }
}
