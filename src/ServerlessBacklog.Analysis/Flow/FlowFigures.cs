namespace ServerlessBacklog.Analysis.Flow;

/// <summary>How items come, age and go. A part that the data cannot fill is empty and says why.</summary>
public sealed record FlowFigures
{
    /// <summary>What one of <see cref="Periods"/> is: <c>week</c>, <c>month</c>, <c>quarter</c>.</summary>
    public string PeriodName { get; init; } = "month";

    /// <summary>Arrivals and closures, oldest first, without gaps.</summary>
    public IReadOnlyList<FlowPeriod> Periods { get; init; } = [];

    public string? WhyNoPeriods { get; init; }

    /// <summary>Why closures are not counted although arrivals are; null when they are.</summary>
    public string? WhyNoClosures { get; init; }

    /// <summary>Closed items that are left out for want of a closing date.</summary>
    public int ClosedWithoutDate { get; init; }

    public LeadTimes? LeadTimes { get; init; }

    public string? WhyNoLeadTimes { get; init; }

    /// <summary>Open items by age, youngest first.</summary>
    public IReadOnlyList<AgeBand> Ages { get; init; } = [];

    public string? WhyNoAges { get; init; }

    /// <summary>Open items without a creation date.</summary>
    public int AgeUnknown { get; init; }
}

/// <param name="Label">How people name it: <c>Mar 2024</c>.</param>
/// <param name="Closed">Null when no closing dates are known.</param>
public sealed record FlowPeriod(DateOnly Start, string Label, int Arrived, int? Closed);

/// <summary>Days from created to closed: nearest-rank percentiles over all items with both dates.</summary>
public sealed record LeadTimes(int Count, double P50, double P85, double P95);

/// <param name="ToDays">Exclusive; null for no end.</param>
public sealed record AgeBand(string Label, int FromDays, int? ToDays, int Count);
