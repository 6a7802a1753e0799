using System.Globalization;
using ServerlessBacklog.Analysis.Evaluation;
using ServerlessBacklog.Triage.Evaluation;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Output;

/// <summary>An evaluation for people: tables on the terminal, or Markdown for a document.</summary>
internal static class EvaluationText
{
    public static void Write(EvaluationReport report, TextWriter output, bool markdown)
    {
        var tables = Tables(report).Where(t => t.Rows.Count > 0).ToList();
        output.WriteLine(Invariant($"{(markdown ? "**" : "")}{report.Task}{(markdown ? "**" : "")}: {report.Protocol}"));
        foreach (var table in tables)
        {
            output.WriteLine();
            if (markdown)
                WriteMarkdown(table, output);
            else
                AnsiConsole.Write(OnTerminal(table));
        }

        output.WriteLine();
        foreach (var (project, reason) in report.Result.LeftOut.Take(12))
            output.WriteLine($"Left out: {Show.OneLine(project)}: {Show.OneLine(reason)}");
        if (report.Result.LeftOut.Count > 12)
            output.WriteLine($"… and {report.Result.LeftOut.Count - 12} more left out (--json lists them).");
        foreach (var note in report.Result.Notes)
            output.WriteLine(note);
        output.WriteLine(Invariant($"{report.Elapsed.TotalSeconds:0.0} s, peak memory {report.PeakMemoryMb:0} MiB, {string.Join(", ", report.Files.Select(Path.GetFileName))}"));
    }

    private static IEnumerable<TextTable> Tables(EvaluationReport report)
    {
        var result = report.Result;
        var figures = result.Projects.Values.Append(result.Pooled).SelectMany(m => m.Figures.Keys).Distinct().ToList();
        yield return new TextTable(["project", "method", "n", .. figures.Select(f => f.Replace('_', ' '))],
        [
            .. result.Projects.SelectMany(p => Rows(p.Key, p.Value, figures)),
            .. Rows(result.Projects.Count == 1 ? "pooled" : $"pooled ({result.Projects.Count})", result.Pooled, figures),
        ]);
        yield return new TextTable(["pooled", "95 % interval", $"gain over {result.Pooled.GainsOver ?? "–"}, 95 % paired"],
        [
            .. figures.Where(f => result.Pooled.Intervals.ContainsKey(f) || result.Pooled.Gains.ContainsKey(f)).Select(f => (IReadOnlyList<string>)
            [
                f.Replace('_', ' '),
                result.Pooled.Intervals.TryGetValue(f, out var interval) ? Text(interval) : "",
                result.Pooled.Gains.TryGetValue(f, out var gain) ? Text(gain) : "",
            ]),
        ]);
        yield return new TextTable(["answers from", "match", "mismatch", "abstain", "precision"],
        [
            .. ThresholdTable.Of(result.Cases, result.Silent).Select(r => (IReadOnlyList<string>)
                [Invariant($"{r.Threshold:0.00}"), Number(r.Match), Number(r.Mismatch), Number(r.Abstain), Number(r.Precision)]),
        ]);
        yield return new TextTable(["cases", "said", "right"],
            [.. Reliability.Table(result.Cases).Select(b => (IReadOnlyList<string>)[Invariant($"{b.Count}"), Number(b.Said), Number(b.Right)])]);
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(string project, Measured measured, List<string> figures)
    {
        var name = measured.Note is { } note ? $"{Show.OneLine(project)} ({note})" : Show.OneLine(project);
        yield return [name, "ours", Invariant($"{measured.N}"), .. figures.Select(f => Value(measured.Figures, f))];
        foreach (var (method, values) in measured.Baselines)
            yield return ["", method, "", .. figures.Select(f => Value(values, f))];
    }

    private static string Value(IReadOnlyDictionary<string, double> figures, string name) => figures.TryGetValue(name, out var value) ? Number(value) : "";

    private static void WriteMarkdown(TextTable table, TextWriter output)
    {
        output.WriteLine($"| {string.Join(" | ", table.Head.Select(Escaped))} |");
        output.WriteLine($"|{string.Concat(table.Head.Select(_ => "---|"))}");
        foreach (var row in table.Rows)
            output.WriteLine($"| {string.Join(" | ", row.Select(Escaped))} |");
    }

    private static string Escaped(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal);

    private static Table OnTerminal(TextTable table)
    {
        var shown = new Table().Border(TableBorder.None);
        foreach (var head in table.Head)
            shown.AddColumn(new TableColumn(Markup.Escape(head)));
        foreach (var row in table.Rows)
            shown.AddRow([.. row.Select(Markup.Escape)]);
        return shown;
    }

    private static string Text(Interval interval) => $"{Number(interval.Low)} … {Number(interval.High)}";

    private static string Number(double value) => double.IsFinite(value) ? value.ToString(Math.Abs(value) >= 100 ? "0" : "0.000", CultureInfo.InvariantCulture) : "–";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private sealed record TextTable(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows);
}
