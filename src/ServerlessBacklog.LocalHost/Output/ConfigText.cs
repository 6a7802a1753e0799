using ServerlessBacklog.Triage.Rollout;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Settings.Layers;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Output;

/// <summary>The configuration that holds, for people and as JSON.</summary>
internal static class ConfigText
{
    public static object Json(string backlog, EffectiveSettings effective, BrokenConfiguration? broken) => new
    {
        Backlog = backlog,
        Version = effective.Settings.Version(),
        Values = effective.Wanted.Values.Select(v => new { v.Path, v.Value, v.Source }),
        effective.Gated.Held,
        effective.Gated.Rollback,
        effective.Gated.HeldScopes,
        effective.Gated.PilotOverride,
        effective.Gated.WithoutGate,
        Broken = broken,
    };

    public static void Print(string backlog, EffectiveSettings effective, BrokenConfiguration? broken)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]{Show.OneLine(backlog)}[/] goes by version {effective.Settings.Version()}.");
        var table = new Table().Border(TableBorder.None).AddColumn("key").AddColumn("value").AddColumn("from");
        foreach (var value in effective.Wanted.Values)
            table.AddRow(Markup.Escape(value.Path), Markup.Escape(Show.Short(value.Text, 120)), $"[grey]{Markup.Escape(Show.OneLine(value.Source))}[/]");
        AnsiConsole.Write(table);
        if (broken is not null)
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]The newest file is not taken over[/] since {broken.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC:");
            foreach (var error in broken.Errors)
                AnsiConsole.MarkupLineInterpolated($"  {Show.OneLine(error)}");
        }

        PrintGates(effective.Gated);
    }

    public static void Print(string backlog, IReadOnlyList<ConfigurationDifference> differences, IReadOnlyList<HeldLevel> held)
    {
        if (differences.Count == 0)
            AnsiConsole.MarkupLineInterpolated($"It changes nothing of what {Show.OneLine(backlog)} goes by.");
        foreach (var difference in differences)
            AnsiConsole.MarkupLineInterpolated($"{Show.Short(difference.ToString(), 300)}");
        foreach (var level in held)
            AnsiConsole.MarkupLineInterpolated($"[yellow]held[/] {Show.OneLine(level.ToString())}");
    }

    /// <summary>What keeps steps from going as far as is configured; nothing when nothing does.</summary>
    public static void PrintGates(GatedSettings gated)
    {
        if (gated.Rollback is { } rollback)
            AnsiConsole.MarkupLineInterpolated($"[yellow]Rolled back[/] to {rollback.To.ToString().ToLowerInvariant()} since {rollback.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {Show.Short(rollback.Why, 200)} [grey](backlog rollback --undo)[/]");
        foreach (var level in gated.Held)
            AnsiConsole.MarkupLineInterpolated($"[yellow]held[/] {Show.OneLine(level.ToString())}");
        foreach (var scope in gated.HeldScopes)
            AnsiConsole.MarkupLineInterpolated($"[yellow]held[/] {Show.OneLine(scope.ToString())}");
        if (gated.PilotOverride is { } reason)
            AnsiConsole.MarkupLineInterpolated($"[yellow]pilot.override[/] goes past the readiness and the metrics of the pilot: {Show.Short(reason, 300)}");
        if (gated.WithoutGate)
            AnsiConsole.MarkupLine("[yellow]Triage:WithoutGate is true:[/] steps go as far as is configured, whether or not they have proven themselves.");
    }
}
