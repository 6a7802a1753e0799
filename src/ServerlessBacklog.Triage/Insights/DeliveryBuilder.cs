using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Analysis.Forecasting;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>When the open items, so many of them, or those of a milestone will be done.</summary>
internal static class DeliveryBuilder
{
    private const int MostMilestones = 20;

    private static readonly int[] Weeks = [2, 4, 8, 12];
    private static readonly int[] Counts = [10, 25, 50, 100, 250];

    public static DeliveryForecast Build(Past past)
    {
        var days = past.DoneByDay();
        if (DoneForecast.Of(days) is not { } forecast)
            return new DeliveryForecast { WhyNot = WhyNot(past, days), Closings = days.TakeLast(MonteCarloForecast.Window).Sum() };
        var yesterday = DateOnly.FromDateTime(past.AsOf.UtcDateTime).AddDays(-1);
        var said = new DeliveryForecast
        {
            From = yesterday,
            Closings = forecast.Known,
            Basis = Basis(forecast, Math.Min(days.Count, MonteCarloForecast.Window), yesterday),
            Curves = CurvesOf(forecast),
        };
        return said with
        {
            ByDate = [.. Weeks.Select(w => said.By(yesterday.AddDays(7 * w))!)],
            Next = [.. Counts.Where(c => c < past.Open.Count).Select(c => said.When(c)!)],
            AllOpen = said.When(past.Open.Count),
            Milestones = Milestones(past, said, forecast),
        };
    }

    private static string WhyNot(Past past, IReadOnlyList<int> days)
    {
        if (past.Closed.Count == 0)
            return past.Items.All(i => i.IsOpen) ? "No item is closed yet, so nobody knows how fast items are done." : "No closed item holds a closing date, so nobody knows how fast items are done.";
        return days.Count < DoneForecast.FewestDays
            ? $"{days.Count} whole days of this backlog's past are known; a forecast needs {DoneForecast.FewestDays}."
            : $"{days.TakeLast(MonteCarloForecast.Window).Sum()} items were closed in the last {Math.Min(days.Count, MonteCarloForecast.Window)} days; a forecast needs {MonteCarloForecast.Fewest}.";
    }

    private static string Basis(DoneForecast forecast, int window, DateOnly last)
    {
        var (date, count) = (forecast.DateFactors[1], forecast.CountFactors[1]);
        return $"{forecast.Known:N0} items closed in the {window} days up to {last:yyyy-MM-dd}; 500 futures drawn from those days; by how earlier forecasts held, days at 85 % are multiplied by {date:0.00} and counts divided by {count:0.00}.";
    }

    private static ForecastCurves CurvesOf(DoneForecast forecast) => new(
        forecast.Curves(), [.. forecast.DateFactors.Select(f => Math.Round(f, 4))], [.. forecast.CountFactors.Select(f => Math.Round(f, 4))]);

    private static List<MilestoneForecast> Milestones(Past past, DeliveryForecast whole, DoneForecast forecast)
    {
        var closed = past.Items.Where(i => !i.IsOpen && i.Milestone is not null).CountBy(i => i.Milestone!, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. past.Open.Where(i => !string.IsNullOrWhiteSpace(i.Milestone)).GroupBy(i => i.Milestone!, StringComparer.OrdinalIgnoreCase)
                .OrderBy(g => DueOf(g) ?? DateOnly.MaxValue).ThenByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(MostMilestones)
                .Select(g => Milestone(past, whole, forecast, g.Key, [.. g], closed.GetValueOrDefault(g.Key))),
        ];
    }

    private static MilestoneForecast Milestone(Past past, DeliveryForecast whole, DoneForecast forecast, string name, List<WorkItem> open, int closed)
    {
        var own = forecast.OfPart(past.DoneByDay(i => string.Equals(i.Milestone, name, StringComparison.OrdinalIgnoreCase)));
        var dates = (own ?? forecast).DaysUntil(open.Count)
            .Select(days => days < MonteCarloForecast.Farthest ? whole.From!.Value.AddDays(Math.Max(1, (int)Math.Ceiling(days))) : (DateOnly?)null).ToList();
        return new MilestoneForecast(
            name, open.Count, closed, DoneDates.Ordered(dates[0], dates[1], dates[2]), DueOf(open),
            own is null
                ? "It is done before anything else: too few of its own items were closed lately to know its pace."
                : $"It goes on at its own pace: {own.Known:N0} of its items were closed in the last {MonteCarloForecast.Window} days.");
    }

    /// <summary>The latest due date of its open items: trackers that give the milestone one give it to all of them.</summary>
    private static DateOnly? DueOf(IEnumerable<WorkItem> items) =>
        items.Max(i => i.DueAt) is { } due ? DateOnly.FromDateTime(due.UtcDateTime) : null;
}
