namespace ServerlessBacklog.Triage.Insights;

/// <summary>How many new items the next weeks bring, beside what a simple rule would say.</summary>
public sealed record ArrivalsForecast
{
    public string? WhyNot { get; init; }

    /// <summary>What it rests on, in words.</summary>
    public string? Basis { get; init; }

    /// <summary>Share of weeks whose arrivals shall lie within the interval, 0 … 1.</summary>
    public double Level { get; init; } = 0.8;

    /// <summary>The next four whole weeks.</summary>
    public IReadOnlyList<ArrivalsWeek> Weeks { get; init; } = [];

    /// <summary>What the simple rule is: the same week of the last year, or the last week where the past is shorter.</summary>
    public string? NaiveRule { get; init; }

    /// <summary>Items that are closed in a usual week (median of the last 13); null when no closing dates are known.</summary>
    public double? Capacity { get; init; }

    /// <summary>What to do about a wave of arrivals. Null unless the whole interval of some week lies above <see cref="Capacity"/>.</summary>
    public string? Spike { get; init; }
}

/// <param name="Naive">What the simple rule says.</param>
public sealed record ArrivalsWeek(DateOnly Monday, double Expected, double Low, double High, double Naive);
