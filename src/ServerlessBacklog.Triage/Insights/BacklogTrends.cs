namespace ServerlessBacklog.Triage.Insights;

/// <summary>How items came, went and aged week by week, and what follows from it.</summary>
public sealed record BacklogTrends
{
    /// <summary>Whole weeks, oldest first, without gaps, at most half a year; the running week is not in it.</summary>
    public IReadOnlyList<TrendWeek> Weeks { get; init; } = [];

    public string? WhyNot { get; init; }

    public string? WhyNoClosures { get; init; }

    public string? WhyNoReopens { get; init; }

    /// <summary>At most three, the strongest first.</summary>
    public IReadOnlyList<Adjustment> Adjustments { get; init; } = [];

    /// <summary>Why nothing is suggested: a flat history, or one that is too short; null where something is.</summary>
    public string? NoChange { get; init; }
}

/// <param name="Monday">The first day of the week (UTC).</param>
/// <param name="Closed">Null when no closing dates are known.</param>
/// <param name="Reopened">Null when the source does not tell.</param>
/// <param name="Open">Open items at the end of the week, as far as dates tell.</param>
/// <param name="Ages">Ages of those in days; null when none was open.</param>
public sealed record TrendWeek(DateOnly Monday, int Arrived, int? Closed, int? Reopened, int Open, AgeQuantiles? Ages);

/// <summary>Ages in days that 50, 85 and 95 % of the open items do not exceed.</summary>
public sealed record AgeQuantiles(double P50, double P85, double P95);

/// <summary>Something to do differently, because the numbers changed.</summary>
/// <param name="Kind">For programs: <c>reopens</c>, <c>growth</c>, <c>slowdown</c>, <c>aging</c>.</param>
/// <param name="Sentence">What changed, with its figures.</param>
/// <param name="Act">What to do.</param>
/// <param name="Numbers">Every number behind it.</param>
/// <param name="WouldChangeMyMind">The number at which the suggestion falls, in a sentence.</param>
/// <param name="MindAt">That number.</param>
public sealed record Adjustment(
    string Kind, string Sentence, string Act, IReadOnlyList<NamedFigure> Numbers, string WouldChangeMyMind, double MindAt);
