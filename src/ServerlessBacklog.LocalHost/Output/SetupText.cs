using System.Text.Json;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Setup;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Output;

/// <summary>The set-up as <c>doctor</c> and <c>connect</c> show it: one line for each thing looked at, and how to mend what is wrong below it.</summary>
internal static class SetupText
{
    /// <returns>False when something is wrong.</returns>
    public static bool Print(IReadOnlyList<SetupArea> areas, bool json)
    {
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(new { areas, ok = !areas.Any(a => a.IsWrong) }, OutputJson.Options));
        else
            PrintText(areas);
        return !areas.Any(a => a.IsWrong);
    }

    private static void PrintText(IReadOnlyList<SetupArea> areas)
    {
        foreach (var area in areas)
        {
            AnsiConsole.MarkupLineInterpolated($"[bold]{Show.OneLine(area.Area)}[/]");
            foreach (var finding in area.Findings)
                Print(finding);
        }

        var (wrong, warnings) = (Count(SetupState.Wrong), Count(SetupState.Warning));
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLine(wrong > 0 ? $"[red]{Show.Count(wrong, "thing is", "things are")} wrong[/]{(warnings > 0 ? $", {Show.Count(warnings, "warning")}" : "")}."
            : warnings > 0 ? $"[yellow]{Show.Count(warnings, "warning")}[/]; all else is in order."
            : "[green]All is in order.[/]");

        int Count(SetupState state) => areas.Sum(a => a.Findings.Count(f => f.State == state));
    }

    private static void Print(SetupFinding finding)
    {
        var (mark, color) = finding.State switch
        {
            SetupState.Ok => ("ok   ", "green"),
            SetupState.Off => ("off  ", "grey"),
            SetupState.Warning => ("warn ", "yellow"),
            _ => ("WRONG", "red"),
        };
        AnsiConsole.MarkupLine($"  [{color}]{mark}[/] {Markup.Escape(Show.OneLine(finding.What))}");
        if (finding.Mend is { } mend)
            AnsiConsole.MarkupLine($"        [grey]{Markup.Escape(Show.OneLine(mend))}[/]");
    }
}
