using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Flow;

/// <summary>Counts arrivals, closures, lead times and ages of a backlog.</summary>
public static class FlowCount
{
    private const int LeastClosed = 5;

    private static readonly (string Label, int From, int? To)[] Bands =
    [
        ("under 30 days", 0, 30), ("1–3 months", 30, 91), ("3–6 months", 91, 182), ("6–12 months", 182, 365),
        ("1–2 years", 365, 730), ("2–5 years", 730, 1826), ("over 5 years", 1826, null),
    ];

    public static FlowFigures Of(IReadOnlyList<WorkItem> items, DateTimeOffset asOf)
    {
        var figures = WithPeriods(new FlowFigures(), items, asOf);
        figures = WithLeadTimes(figures, items);
        return WithAges(figures, items, asOf);
    }

    private static FlowFigures WithPeriods(FlowFigures figures, IReadOnlyList<WorkItem> items, DateTimeOffset asOf)
    {
        var arrivals = items.Where(i => i.CreatedAt <= asOf).Select(i => i.CreatedAt!.Value).ToList();
        if (arrivals.Count == 0)
            return figures with { WhyNoPeriods = "No item holds a creation date, so arrivals cannot be counted." };
        var closures = items.Where(i => !i.IsOpen && i.ClosedAt <= asOf).Select(i => i.ClosedAt!.Value).ToList();
        var closed = items.Count(i => !i.IsOpen);
        var (name, period) = PeriodFor(arrivals.Min(), asOf);
        var arrived = arrivals.CountBy(period.StartOf).ToDictionary();
        var gone = closures.CountBy(period.StartOf).ToDictionary();
        var periods = new List<FlowPeriod>();
        for (var start = period.StartOf(arrivals.Min()); start <= period.StartOf(asOf); start = period.Next(start))
        {
            periods.Add(new FlowPeriod(
                start, period.Label(start), arrived.GetValueOrDefault(start), closures.Count == 0 ? null : gone.GetValueOrDefault(start)));
        }

        return figures with
        {
            PeriodName = name,
            Periods = periods,
            ClosedWithoutDate = items.Count(i => !i.IsOpen && i.ClosedAt is null),
            WhyNoClosures = closures.Count > 0 ? null : closed == 0 ? "No item is closed." : "No closed item holds a closing date.",
        };
    }

    private static FlowFigures WithLeadTimes(FlowFigures figures, IReadOnlyList<WorkItem> items)
    {
        var days = items.Where(i => !i.IsOpen && i.ClosedAt >= i.CreatedAt)
            .Select(i => (i.ClosedAt!.Value - i.CreatedAt!.Value).TotalDays).Order().ToList();
        return days.Count < LeastClosed
            ? figures with { WhyNoLeadTimes = $"Lead times need at least {LeastClosed} closed items with both dates; there are {days.Count}." }
            : figures with { LeadTimes = new LeadTimes(days.Count, Rank(days, 0.50), Rank(days, 0.85), Rank(days, 0.95)) };
    }

    private static FlowFigures WithAges(FlowFigures figures, IReadOnlyList<WorkItem> items, DateTimeOffset asOf)
    {
        var open = items.Where(i => i.IsOpen).ToList();
        var ages = open.Where(i => i.CreatedAt is not null).Select(i => Math.Max(0, (asOf - i.CreatedAt!.Value).TotalDays)).ToList();
        if (ages.Count == 0)
            return figures with { WhyNoAges = open.Count == 0 ? "No item is open." : "No open item holds a creation date." };
        return figures with
        {
            Ages = [.. Bands.Select(b => new AgeBand(b.Label, b.From, b.To, ages.Count(a => a >= b.From && (b.To is null || a < b.To))))],
            AgeUnknown = open.Count - ages.Count,
        };
    }

    private static double Rank(List<double> sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];

    private static (string Name, Period Period) PeriodFor(DateTimeOffset first, DateTimeOffset last) => (last - first).TotalDays switch
    {
        <= 190 => ("week", new Period(
            at => DateOnly.FromDateTime(at.UtcDateTime).AddDays(-(((int)at.UtcDateTime.DayOfWeek + 6) % 7)), d => d.AddDays(7), d => $"{d:d MMM yyyy}")),
        <= 2300 => ("month", new Period(at => new DateOnly(at.UtcDateTime.Year, at.UtcDateTime.Month, 1), d => d.AddMonths(1), d => $"{d:MMM yyyy}")),
        <= 7300 => ("quarter", new Period(
            at => new DateOnly(at.UtcDateTime.Year, ((at.UtcDateTime.Month - 1) / 3 * 3) + 1, 1), d => d.AddMonths(3), d => $"Q{((d.Month - 1) / 3) + 1} {d.Year}")),
        _ => ("year", new Period(at => new DateOnly(at.UtcDateTime.Year, 1, 1), d => d.AddYears(1), d => $"{d.Year}")),
    };

    private sealed record Period(Func<DateTimeOffset, DateOnly> StartOf, Func<DateOnly, DateOnly> Next, Func<DateOnly, string> Label);
}
