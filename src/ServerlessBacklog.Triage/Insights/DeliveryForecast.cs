using System.Text.Json.Serialization;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>When items will be done and how many by a date: Monte Carlo over the closings of the past half year, corrected by how earlier forecasts held.</summary>
public sealed record DeliveryForecast
{
    /// <summary>Why nothing can be said yet; null where all below is filled.</summary>
    public string? WhyNot { get; init; }

    /// <summary>What it is drawn from: <c>64 items closed in the 182 days up to 2026-11-28.</c></summary>
    public string? Basis { get; init; }

    /// <summary>The day that futures begin after.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Items closed in the window that futures are drawn from.</summary>
    public int Closings { get; init; }

    /// <summary>How many will be done in two, four, eight and twelve weeks.</summary>
    public IReadOnlyList<DoneByDate> ByDate { get; init; } = [];

    /// <summary>When the next 10, 25, 50 … items are done, as far as so many are open.</summary>
    public IReadOnlyList<ItemsDone> Next { get; init; } = [];

    /// <summary>When all that is open now is done, if nothing came in between.</summary>
    public ItemsDone? AllOpen { get; init; }

    public IReadOnlyList<MilestoneForecast> Milestones { get; init; } = [];

    /// <summary>What any other date or count is answered from.</summary>
    public ForecastCurves? Curves { get; init; }

    /// <summary>How many are done by a date; null where nothing can be said, the date is not ahead, or it is over two years ahead.</summary>
    public DoneByDate? By(DateOnly date) =>
        Curves is { } curves && From is { } from && date.DayNumber - from.DayNumber is var days && days > 0 && days <= curves.Farthest
            ? DoneByDate.Ordered(date, curves.DoneWithin(days, 0), curves.DoneWithin(days, 1), curves.DoneWithin(days, 2))
            : null;

    /// <summary>When so many further items are done; null where nothing can be said.</summary>
    public ItemsDone? When(int items) => Curves is { } curves && From is { } from && items > 0
        ? new ItemsDone(items, DoneDates.Ordered(curves.DateOf(from, items, 0), curves.DateOf(from, items, 1), curves.DateOf(from, items, 2)))
        : null;
}

/// <summary>So many items, or more, are done by a date in 50, 85 and 95 % of cases: the surer, the fewer.</summary>
public sealed record DoneByDate(DateOnly Date, int P50, int P85, int P95)
{
    /// <summary>Each level is corrected by itself; where they cross, that of 85 % holds.</summary>
    internal static DoneByDate Ordered(DateOnly date, int p50, int p85, int p95) => new(date, Math.Max(p50, p85), p85, Math.Min(p95, p85));
}

public sealed record ItemsDone(int Items, DoneDates Dates);

/// <summary>Dates that hold in 50, 85 and 95 % of cases; null for one that lies over two years ahead.</summary>
public sealed record DoneDates(DateOnly? P50, DateOnly? P85, DateOnly? P95)
{
    /// <summary>Each level is corrected by itself; where they cross, that of 85 % holds.</summary>
    internal static DoneDates Ordered(DateOnly? p50, DateOnly? p85, DateOnly? p95) =>
        new(p50 is null || p85 < p50 ? p85 : p50, p85, p85 is null || p95 is null ? null : p95 < p85 ? p85 : p95);
}

/// <summary>When the open items of a milestone, sprint or iteration are done.</summary>
/// <param name="Dates">Null where <paramref name="WhyNot"/> says why.</param>
/// <param name="Due">Its due date, where one is known from its items.</param>
/// <param name="Assumes">What the dates suppose: its own pace, or that it is done before anything else.</param>
public sealed record MilestoneForecast(string Name, int Open, int Closed, DoneDates? Dates, DateOnly? Due, string? Assumes, string? WhyNot = null)
{
    /// <summary>True when the date that holds in 85 % of cases lies after the due date (or over two years ahead).</summary>
    [JsonIgnore]
    public bool IsLate => Dates is { } dates && Due is { } due && (dates.P85 is not { } date || date > due);
}

/// <summary>Items done day by day in 50, 85 and 95 % of futures, and the corrections that past forecasts taught.</summary>
/// <param name="Done">By level, then by day from the first ahead.</param>
/// <param name="DateFactors">By level: days until are multiplied by it.</param>
/// <param name="CountFactors">By level: counts are divided by it.</param>
public sealed record ForecastCurves(IReadOnlyList<IReadOnlyList<int>> Done, IReadOnlyList<double> DateFactors, IReadOnlyList<double> CountFactors)
{
    [JsonIgnore]
    public int Farthest => Done.Count == 0 ? 0 : Done[0].Count;

    /// <summary>Items done after <paramref name="days"/>, 1 … <see cref="Farthest"/>, at a level: 0 for 50 %, 1 for 85 %, 2 for 95 %.</summary>
    public int DoneWithin(int days, int level) => Math.Max(0, (int)((Done[level][days - 1] + 1) / CountFactors[level]) - 1);

    /// <summary>Null beyond <see cref="Farthest"/>.</summary>
    public DateOnly? DateOf(DateOnly from, int items, int level)
    {
        for (var day = 0; day < Done[level].Count; day++)
        {
            if (Done[level][day] >= items)
                return (int)Math.Ceiling((day + 1) * DateFactors[level]) is var days && days <= Farthest ? from.AddDays(Math.Max(1, days)) : null;
        }

        return null;
    }
}
