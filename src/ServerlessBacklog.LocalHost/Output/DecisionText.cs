using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Ports;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Output;

/// <summary>One item's decisions and what they rest on, for reading in a terminal.</summary>
internal static class DecisionText
{
    private const int Width = 160;

    public static void Print(WorkItem item, IReadOnlyList<Decision> decisions, IReadOnlyList<ExaminedFinding> findings, WhyItem? why)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]{Show.OneLine(item.Ref.ToString())}[/]  {Show.Short(item.Title, Width)}");
        AnsiConsole.MarkupLineInterpolated($"[grey]{item.TrackerState ?? item.State.ToString()}, created {Show.Day(item.CreatedAt)}[/]");
        if (decisions.Count == 0)
            AnsiConsole.WriteLine(item.IsOpen ? "No decision yet: run 'backlog triage' first." : "Closed items are not triaged, so nothing was decided on it.");
        foreach (var decision in decisions)
        {
            AnsiConsole.WriteLine();
            AnsiConsole.MarkupLineInterpolated($"[bold]{Show.Day(decision.DecidedAt)}[/] {Show.OneLine(decision.Reason)}");
            foreach (var change in decision.Changes)
                AnsiConsole.MarkupLineInterpolated($"  {change.Step,-12} {change.Confidence}  {Show.Short(change.Change.Describe(), 90)} [grey]({change.Why})[/]");
            AnsiConsole.MarkupLineInterpolated($"[grey]  decision {decision.Id}, policy {decision.PolicyVersion}, content {decision.ItemHash}[/]");
        }

        foreach (var examined in findings.OrderBy(f => f.Finding.Status).ThenBy(f => f.Finding.Step, StringComparer.Ordinal))
            Print(examined);
        foreach (var act in why?.Acts ?? [])
            Print(act);
        foreach (var held in why?.Held ?? [])
            AnsiConsole.MarkupLineInterpolated($"[bold]{(held.IsPin ? "pinned" : "held back")}[/] {Show.OneLine(held.Slot)}: {Show.Short(held.Explain(), Width)}");
    }

    /// <summary>What each change rests on, for those of earlier decisions too.</summary>
    private static void Print(WhyAct act)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLineInterpolated($"[bold]{Show.Short(act.Change.Describe(), Width)}[/]: {Show.Short(act.State, Width)}{(act.By is { } by ? $", {Show.OneLine(by)}" : "")}");
        Line("why", $"{act.Reason ?? "nothing is kept of what was found"}{(act.IsLater ? " (what is known of it is newer than the decision)" : "")}");
        Line("sure", $"{act.Confidence}; {act.Rule}{(act.Thresholds is { } at ? $" (asked from {at.AskAt:0.00}, applied from {at.ApplyAt:0.00})" : "")}");
        Line("from", $"{act.Step} version {act.StepVersion?.ToString() ?? "unknown"}, decision {act.Decision}, policy {act.Policy}, settings {act.Settings ?? "unknown"}, content {act.Content}");
        if (act.Before is not null || act.After is not null)
            Line("changed", $"{act.Before ?? "nothing"} → {act.After ?? "nothing"}");
        foreach (var asked in act.Models)
            Line("model", $"{asked.Model}, prompt {asked.Prompt} {asked.Version} ({asked.Hash}): {asked.Result.Replace('_', ' ')}, {asked.InputTokens + asked.OutputTokens:N0} tokens");
        foreach (var other in act.Alternatives)
            Line("instead", other);
        foreach (var way in act.Contest)
            Line("if wrong", way);

        static void Line(string name, string text) => AnsiConsole.MarkupLineInterpolated($"  [grey]{name,-10}[/] {Show.Short(text, Width)}");
    }

    private static void Print(ExaminedFinding examined)
    {
        var finding = examined.Finding;
        AnsiConsole.WriteLine();
        var sure = finding.Status == FindingStatus.Decided ? $" {finding.Confidence} ({finding.Confidence.Band})" : "";
        AnsiConsole.MarkupLineInterpolated($"[bold]{finding.Step}[/]{sure} [grey]version {examined.From.StepVersion}[/]  {Show.OneLine(finding.Reason)}");
        foreach (var asked in finding.Consulted)
        {
            var result = asked.IsAnswered ? asked.Reused ? "kept answer" : $"{asked.InputTokens + asked.OutputTokens:N0} tokens" : $"no answer: {asked.Result.Replace('_', ' ')}";
            AnsiConsole.MarkupLineInterpolated($"  [grey]{"model",-10} {Show.OneLine(asked.Model)}, prompt {asked.Prompt} {asked.Version} ({asked.Hash}): {result}[/]");
        }

        foreach (var evidence in finding.Evidence)
        {
            var value = evidence.Value is { } number ? $"{number:0.###}" : "";
            var item = evidence.Item is { } other ? $"{other.Number} " : "";
            var quote = evidence.Quote is { } words ? $" “{Show.Short(words, 80)}”" : "";
            AnsiConsole.MarkupLineInterpolated($"  [grey]{evidence.Kind,-10}[/] {value,8}  {item}{Show.Short(evidence.Text, Width)}{quote}");
        }
    }
}
