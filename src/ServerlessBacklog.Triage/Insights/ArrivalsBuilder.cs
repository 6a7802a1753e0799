using ServerlessBacklog.Analysis.Forecasting;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>Works out what the next weeks bring and whether that is more than can be closed.</summary>
internal static class ArrivalsBuilder
{
    private const int Shown = 4;
    private const int CapacityWeeks = 13;
    private const int FewestCapacityWeeks = 4;

    public static ArrivalsForecast Build(Past past)
    {
        if (past.First is not { } first)
            return new ArrivalsForecast { WhyNot = past.Basis.Sentence };
        var (start, arrived) = Weeks.Count(past.Arrivals, first, past.AsOf);
        var capacity = Capacity(past, first);
        var said = ArrivalsModel.Forecast(arrived);
        if (said.Count == 0)
            return new ArrivalsForecast { Capacity = capacity, WhyNot = $"{arrived.Count} whole weeks of arrivals are known; a forecast needs {ArrivalsModel.Fewest}." };
        var next = start.AddDays(7 * arrived.Count);
        if (Weeks.Start(next) < past.AsOf)
            (next, said) = (next.AddDays(7), [.. said.Skip(1)]);
        var weeks = said.Take(Shown).Select((w, at) => new ArrivalsWeek(next.AddDays(7 * at), Math.Round(w.Expected, 1), Math.Round(w.Low), Math.Round(w.High), w.Naive)).ToList();
        return new ArrivalsForecast
        {
            Basis = $"{arrived.Count:N0} whole weeks of arrivals, later ones weighing more; bounds by how far the same rule was off before.",
            Level = ArrivalsModel.Level,
            Weeks = weeks,
            NaiveRule = arrived.Count >= ArrivalsModel.Year ? "as many as in the same week of the last year" : "as many as in the last week",
            Capacity = capacity,
            Spike = weeks.FirstOrDefault(w => w.Low > capacity) is { } wave
                ? $"The week of {wave.Monday:yyyy-MM-dd} brings {wave.Low:0.#} to {wave.High:0.#} new items, and a usual week closes {capacity:0.#}: set time aside to triage them, or let the least urgent wait on purpose."
                : null,
        };
    }

    private static double? Capacity(Past past, DateTimeOffset first)
    {
        var closed = Weeks.Count(past.Closed.Select(i => i.ClosedAt!.Value), first, past.AsOf).Counts;
        return past.Closed.Count == 0 || closed.Count < FewestCapacityWeeks ? null : Quantiles.Median(closed.TakeLast(CapacityWeeks).Select(c => (double)c));
    }
}
