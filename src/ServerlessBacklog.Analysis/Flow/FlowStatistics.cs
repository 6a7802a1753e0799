using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Flow;

/// <summary>How work flows through a backlog, for reports. Pull requests are left out. All times in days.</summary>
public sealed record FlowStatistics
{
    /// <summary>Items that percentiles need; fewer say little about a P85 (own choice).</summary>
    public const int FewestForPercentiles = 10;

    public required int Open { get; init; }

    public required int Closed { get; init; }

    /// <summary>Arrivals and throughput by ISO week, oldest first, without gaps.</summary>
    public required Figure<IReadOnlyList<FlowPeriod>> Weeks { get; init; }

    /// <summary>The same by calendar month.</summary>
    public required Figure<IReadOnlyList<FlowPeriod>> Months { get; init; }

    /// <summary>Created → closed.</summary>
    public required Figure<Percentiles> LeadTime { get; init; }

    /// <summary>Started → closed.</summary>
    public required Figure<Percentiles> CycleTime { get; init; }

    /// <summary>Open items by age since creation.</summary>
    public required Figure<IReadOnlyList<AgeBand>> Ages { get; init; }

    /// <summary>Items started and not finished; null when the source does not tell when work starts.</summary>
    public required int? Wip { get; init; }

    public static FlowStatistics Of(IEnumerable<WorkItem> backlog, DateTimeOffset now)
    {
        var items = backlog.Where(i => i.Kind == WorkItemKind.Item).ToList();
        var open = items.Where(i => i.IsOpen).ToList();
        var closed = items.Where(i => !i.IsOpen).ToList();
        var openAges = open.Where(i => i.CreatedAt is not null).Select(i => Math.Max(0, (int)(now - i.CreatedAt!.Value).TotalDays)).ToList();
        return new FlowStatistics
        {
            Open = open.Count,
            Closed = closed.Count,
            Weeks = ByPeriod(items, now, PeriodLength.Week),
            Months = ByPeriod(items, now, PeriodLength.Month),
            LeadTime = Durations(closed, i => i.CreatedAt, "a creation and a closing date"),
            CycleTime = Durations(closed, i => i.StartedAt, "a start and a closing date"),
            Ages = openAges.Count > 0
                ? Figure.Of(AgeBand.Of(openAges))
                : Figure.Without<IReadOnlyList<AgeBand>>(open.Count == 0 ? "No item is open." : "No open item has a creation date."),
            Wip = items.Any(i => i.State == WorkItemState.Started || i.StartedAt is not null)
                ? open.Count(i => i.State == WorkItemState.Started || i.StartedAt is not null)
                : null,
        };
    }

    private static Figure<IReadOnlyList<FlowPeriod>> ByPeriod(List<WorkItem> items, DateTimeOffset now, PeriodLength length)
    {
        var arrivals = Starts(items.Select(i => i.CreatedAt), now, length);
        var closures = Starts(items.Where(i => !i.IsOpen).Select(i => i.ClosedAt), now, length);
        if (arrivals.Count == 0)
            return Figure.Without<IReadOnlyList<FlowPeriod>>("No item has a creation date.");
        var periods = new List<FlowPeriod>();
        var last = arrivals.Keys.Concat(closures.Keys).Max();
        for (var start = arrivals.Keys.Concat(closures.Keys).Min(); start <= last; start = Periods.Next(start, length))
        {
            periods.Add(new FlowPeriod(
                Periods.Name(start, length),
                start,
                arrivals.GetValueOrDefault(start),
                closures.Count == 0 ? null : closures.GetValueOrDefault(start),
                Periods.Next(start, length) <= now));
        }

        return Figure.Of<IReadOnlyList<FlowPeriod>>(periods);
    }

    private static Dictionary<DateTimeOffset, int> Starts(IEnumerable<DateTimeOffset?> dates, DateTimeOffset now, PeriodLength length) =>
        dates.OfType<DateTimeOffset>().Where(at => at <= now).CountBy(at => Periods.StartOf(at, length)).ToDictionary();

    private static Figure<Percentiles> Durations(List<WorkItem> closed, Func<WorkItem, DateTimeOffset?> from, string needed)
    {
        var days = closed.Where(i => from(i) <= i.ClosedAt).Select(i => (i.ClosedAt!.Value - from(i)!.Value).TotalDays).ToList();
        return days.Count >= FewestForPercentiles
            ? Figure.Of(Percentiles.Of(days))
            : Figure.Without<Percentiles>($"{days.Count} of {closed.Count} closed items have {needed}; {FewestForPercentiles} are needed.");
    }
}
