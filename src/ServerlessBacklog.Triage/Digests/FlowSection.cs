using ServerlessBacklog.Analysis.Flow;

namespace ServerlessBacklog.Triage.Digests;

/// <summary>How many items came and went lately, as a chart and in a sentence.</summary>
internal static class FlowSection
{
    private const int MostPeriods = 12;
    private const int FewestPeriods = 3;

    /// <summary>Null where the history is too short to show anything.</summary>
    public static DigestChart? Chart(FlowFigures flow, FigureBook book)
    {
        var periods = flow.Periods.TakeLast(MostPeriods).ToList();
        if (periods.Count < FewestPeriods || periods.All(p => p.Arrived == 0 && p.Closed is null or 0))
            return null;
        var came = book.Count("flow.arrived", periods.Sum(p => p.Arrived), "item", "items");
        var gone = periods.TrueForAll(p => p.Closed is not null) ? $", {book.Count("flow.closed", "Closed", periods.Sum(p => p.Closed!.Value))} were closed" : "";
        var alt = $"From {book.Quote("flow.periods", periods[0].Label)} to {book.Quote("flow.periods", periods[^1].Label)}, by {flow.PeriodName}: {came} came{gone}.";
        return new DigestChart($"What came and what was closed, by {flow.PeriodName}", alt, ChartForm.Bars, [.. periods.Select(p => p.Label)], [.. Series(periods)]);
    }

    public static string? WhyNone(FlowFigures flow, FigureBook book) =>
        flow.WhyNoPeriods is { } why ? book.Quote("flow.whyNoPeriods", why)
        : flow.Periods.Count < FewestPeriods ? $"The history is too short for a trend: it reaches back {book.Count("flow.periods", flow.Periods.Count, flow.PeriodName, $"{flow.PeriodName}s")}."
        : null;

    private static IEnumerable<ChartSeries> Series(List<FlowPeriod> periods)
    {
        yield return new ChartSeries("Came", [.. periods.Select(p => (double)p.Arrived)]);
        if (periods.Exists(p => p.Closed is not null))
            yield return new ChartSeries("Closed", [.. periods.Select(p => p.Closed ?? double.NaN)]);
    }
}
