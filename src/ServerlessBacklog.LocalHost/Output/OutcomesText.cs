using System.Globalization;
using ServerlessBacklog.Triage.Outcomes;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Output;

/// <summary>Outcomes and fairness for reading in a terminal.</summary>
internal static class OutcomesText
{
    public static void Print(IReadOnlyList<CapabilityReport> reports)
    {
        if (reports.Count == 0)
        {
            AnsiConsole.WriteLine("Nobody was asked anything and nothing was changed yet: there is nothing to learn from.");
            return;
        }

        var table = new Table().Border(TableBorder.None).AddColumn("step");
        foreach (var name in (IEnumerable<string>)["accepted", "edited", "rejected", "reverted", "ignored", "pending", "n", "precision", "95 %", "calibration error"])
            table.AddColumn(new TableColumn(name).RightAligned());
        foreach (var report in reports)
        {
            table.AddRow(
            [
                report.Step,
                .. Enum.GetValues<OutcomeLabel>().Select(l => $"{report.Counts[l]:N0}"),
                $"{report.Record.N:N0}",
                report.Record.N == 0 ? "–" : Number(report.Record.Precision),
                report.Record.N == 0 ? "–" : $"{Number(report.Record.Low)} … {Number(report.Record.High)}",
                Number(report.CalibrationError),
            ]);
        }

        AnsiConsole.Write(table);
        foreach (var report in reports.Where(r => r.Drift is not null))
            AnsiConsole.MarkupLineInterpolated($"{report.Step}: {report.Drift}.");
        if (reports.Any(r => r.Proposal is not null))
            AnsiConsole.MarkupLine("[grey]'backlog outcomes propose' shows other thresholds that these cases speak for.[/]");
    }

    public static void Print(IReadOnlyList<FairnessRow> rows)
    {
        if (rows.Count == 0)
        {
            AnsiConsole.WriteLine("Nothing is decided yet: run 'backlog triage' first.");
            return;
        }

        var table = new Table().Border(TableBorder.None).AddColumn("by").AddColumn("group").AddColumn("measure");
        foreach (var name in (IEnumerable<string>)["n", "group", "others", "ratio", "95 %"])
            table.AddColumn(new TableColumn(name).RightAligned());
        table.AddColumn("");
        foreach (var row in rows)
        {
            table.AddRow(
                row.Dimension, Markup.Escape(Show.Short(row.Group, 40)), row.Word.Replace("the ", "", StringComparison.Ordinal), $"{row.N:N0}", Number(row.Value), Number(row.Others), Number(row.Ratio),
                double.IsNaN(row.Interval.Low) ? "too few" : $"{Number(row.Interval.Low)} … {Number(row.Interval.High)}", row.IsAlert ? "look at this" : "");
        }

        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine("[grey]A difference is no proof of unfairness, and none no proof of fairness: docs/oversight.md.[/]");
    }

    /// <summary>JSON has no word for what is not a number.</summary>
    public static object Finite(FairnessRow row) => new
    {
        row.Dimension,
        row.Group,
        row.Measure,
        row.N,
        Value = Finite(row.Value),
        Others = Finite(row.Others),
        Ratio = Finite(row.Ratio),
        Low = Finite(row.Interval.Low),
        High = Finite(row.Interval.High),
        row.IsAlert,
    };

    public static object Finite(CapabilityReport report) => new
    {
        report.Step,
        report.Counts,
        report.Record,
        Table = report.Table.Select(r => new { r.Threshold, r.Match, r.Mismatch, r.Abstain, Precision = Finite(r.Precision) }),
        CalibrationError = Finite(report.CalibrationError),
        report.Drift,
        report.Proposal,
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("0.00", CultureInfo.InvariantCulture) : "–";
}
