using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Rollout;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog rollout</c>: how far a backlog has come, what holds it there, and the next step.</summary>
internal static class RolloutCommand
{
    private const string Description = """
        Show how far a backlog has come from its assessment to steps that act by themselves, what holds it there, and the next step as a change of
        its configuration. Nothing is changed.

        Example:
          backlog rollout --backlog owner/repo
        """;

    private const int ShownWeeks = 8;

    public static Command Create()
    {
        var (dataDir, storage, backlog, json) = (CommonOptions.DataDir(), CommonOptions.Storage(), CommonOptions.Backlog(), CommonOptions.Json());
        var command = new Command("rollout", Description) { backlog, dataDir, storage, json };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var name = await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), parsed.GetValue(backlog), cancellation);
            var state = await services.GetRequiredService<RolloutDesk>().OfAsync(name, cancellation);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(ForJson(state), OutputJson.Options));
            else
                Print(state);
            return BacklogCommand.Done;
        });
        return command;
    }

    private static object ForJson(RolloutState state) => new
    {
        state.Backlog,
        state.Plan,
        state.Readiness,
        state.Metrics,
        Weeks = state.Weeks.Select(w => new { w.Week, w.Values, w.HumanMinutes, w.Decided, w.MinutesPer100 }),
        state.OpenObjections,
        state.ThumbsUp,
        state.ThumbsDown,
        state.Gated.Held,
        state.Gated.HeldScopes,
        state.Gated.Rollback,
        state.Gated.PilotOverride,
    };

    private static void Print(RolloutState state)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]{Show.OneLine(state.Backlog)}[/]: {state.Plan.Stage.ToString().ToLowerInvariant()}{(state.Readiness is { } ready ? $", readiness {ready.Grade} ({ready.Score} of 100, {ready.At.UtcDateTime:yyyy-MM-dd})" : "")}");
        foreach (var blocker in state.Plan.Blockers)
            AnsiConsole.MarkupLineInterpolated($"[yellow]held by[/] {Show.Short(blocker, 300)}");
        ConfigText.PrintGates(state.Gated);
        if (state.Metrics.Count > 0)
            PrintMetrics(state.Metrics);
        foreach (var objection in state.OpenObjections)
            AnsiConsole.MarkupLineInterpolated($"[yellow]objection {objection.Number}[/] by {Show.OneLine(objection.By)} on {objection.At.UtcDateTime:yyyy-MM-dd}: {Show.Short(objection.Because, 200)} [grey](backlog feedback resolve {objection.Number})[/]");
        if (state.ThumbsUp + state.ThumbsDown > 0)
            AnsiConsole.MarkupLineInterpolated($"Thumbs this month: {state.ThumbsUp} up, {state.ThumbsDown} down.");
        foreach (var week in state.Weeks.Where(w => w.MinutesPer100 is not null).TakeLast(ShownWeeks))
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]week of {week.Week:yyyy-MM-dd}: {week.MinutesPer100:0.0} human minutes per 100 items ({week.Decided:N0} decided on)[/]");
        AnsiConsole.MarkupLineInterpolated($"\n[bold]Next:[/] {Show.OneLine(state.Plan.Next)}");
        foreach (var line in state.Plan.Diff?.ReplaceLineEndings("\n").Split('\n') ?? [])
            AnsiConsole.WriteLine($"  {line}");
    }

    private static void PrintMetrics(IReadOnlyList<MetricLine> metrics)
    {
        var table = new Table().Border(TableBorder.None).AddColumn("metric").AddColumn("baseline").AddColumn("now").AddColumn("target").AddColumn("weeks met").AddColumn("");
        foreach (var metric in metrics)
            table.AddRow(metric.Name, Number(metric.Baseline), Number(metric.Now), Number(metric.Target), $"{metric.WeeksMet}", Markup.Escape(metric.Verdict));
        AnsiConsole.Write(table);
    }

    private static string Number(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "–";
}
