using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Reports;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Output;

/// <summary>The result of a run on one screen: the numbers, what to do first, and where to read on.</summary>
internal static class Summary
{
    private const int Firsts = 5;

    public static void Print(TriageOutcome outcome, string? report, string? json, bool quiet)
    {
        var console = AnsiConsole.Console;
        var counts = outcome.Report.Counts;
        console.MarkupLineInterpolated($"[bold]{Show.OneLine(outcome.Report.Name)}[/] as of {Show.Day(outcome.Report.AsOf)}");
        PrintCounts(console, counts);
        PrintProblems(outcome.Import);
        PrintFirsts(console, outcome.Report);
        PrintModels(console, outcome.Report.Models);
        if (outcome.WhyNoModel is { } why)
            Console.Error.WriteLine($"By rules alone, no language model was asked: {Show.OneLine(why)}");
        foreach (var failure in outcome.Swept.Failures.Take(5))
            console.MarkupLineInterpolated($"[red]Step {failure.Step} failed on {failure.Item}: {Show.Short(failure.Message, 100)}[/]");
        if (quiet)
            return;
        console.WriteLine();
        var examined = outcome.Swept.Items == 0
            ? "nothing had changed since the last run"
            : $"{Show.Count(outcome.Swept.Findings, "finding")} made on {Show.Count(outcome.Swept.Items, "item")}";
        console.MarkupLineInterpolated($"[grey]{outcome.Elapsed.TotalSeconds:0.0} s; {examined}. Shadow mode: nothing was written to any tracker.[/]");
        if (report is not null)
            console.MarkupLineInterpolated($"The report: [bold]{Path.GetFullPath(report)}[/]");
        if (json is not null)
            console.MarkupLineInterpolated($"All findings: [bold]{Path.GetFullPath(json)}[/]");
        if (report is null && json is null)
            console.MarkupLine("[grey]Add --report report.html for everything on one page, or run 'backlog items' and 'backlog decisions why ITEM'.[/]");
    }

    private static void PrintModels(IAnsiConsole console, IReadOnlyList<ModelRow> rows)
    {
        if (rows.Count == 0)
            return;
        var failed = ReportTallies(rows);
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]Language model[/] {string.Join(", ", rows.Select(r => r.Model).Distinct())}: a part in {Show.Count(rows.Sum(r => r.Answered), "finding")}, {rows.Sum(r => r.InputTokens + r.OutputTokens):N0} tokens{(failed.Length > 0 ? $"; by rules alone: {failed}" : "")}.");
    }

    private static string ReportTallies(IReadOnlyList<ModelRow> rows) => string.Join(", ", rows.SelectMany(r => r.Failed).GroupBy(f => f.Name).Select(g => $"{g.Sum(f => f.Count):N0} {g.Key}"));

    public static void Print(ImportResult result)
    {
        AnsiConsole.MarkupLineInterpolated(
            $"[bold]{Show.OneLine(result.Backlog)}[/]: {Show.Count(result.Read, "item")} read, {result.New:N0} new, {result.Changed:N0} changed, {result.Same:N0} as before.");
        PrintProblems(result);
    }

    private static void PrintCounts(IAnsiConsole console, ReportCounts counts)
    {
        if (counts.Found() is not { Count: > 0 } found)
        {
            foreach (var sentence in counts.Sentences())
                console.WriteLine(sentence);
            return;
        }

        console.WriteLine($"{Show.Count(counts.Open, "open item")}, {counts.Read:N0} read. Of the open ones");
        foreach (var phrase in found)
            console.WriteLine($"  {phrase}");
    }

    private static void PrintProblems(ImportResult import)
    {
        const int Shown = 3;
        foreach (var note in import.Problems.Where(p => p.IsNote).Take(Shown))
            Console.Error.WriteLine($"Note: {Show.Short(note.ToString(), 300)}");
        if (import.ProblemCount == 0)
            return;
        Console.Error.WriteLine($"{Show.Count(import.ProblemCount, "record")} had a problem; everything else was read:");
        foreach (var problem in import.Problems.Where(p => !p.IsNote).Take(Shown))
            Console.Error.WriteLine($"  {Show.Short(problem.ToString(), 200)}");
        if (import.ProblemCount > Shown)
            Console.Error.WriteLine($"  … and {import.ProblemCount - Shown:N0} more (see --json and the report).");
    }

    private static void PrintFirsts(IAnsiConsole console, BacklogReport report)
    {
        if (report.DoFirst.Rows.Count == 0)
            return;
        console.WriteLine();
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn(new TableColumn("").RightAligned().NoWrap()).AddColumn(new TableColumn("").NoWrap()).AddColumn("");
        foreach (var first in report.DoFirst.Rows.Take(Firsts))
        {
            table.AddRow(
                new Text($"{first.Rank}.", Color.Grey),
                new Text(Show.OneLine(first.Item.Ref.Number), new Style(decoration: Decoration.Bold)),
                new Markup($"{Markup.Escape(Show.Short(first.Item.Title, 90))}\n[grey]{Markup.Escape(Show.Short(first.Reason, 160))}[/]"));
        }

        console.MarkupLine("[bold]Do first[/]");
        console.Write(table);
    }
}
