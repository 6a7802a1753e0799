namespace ServerlessBacklog.Triage.Insights;

/// <summary>How healthy the open backlog is, by a formula that anyone can redo by hand (docs/forecasts.md).</summary>
public sealed record HealthScore
{
    public static HealthScore None { get; } = new() { WhyNot = "Nothing was worked out yet." };

    /// <summary>The formula in words.</summary>
    public const string Formula = "Score = 100 × sum of (weight × share of open items in order) ÷ sum of weights, over the parts that could be judged.";

    /// <summary>0 … 100, to one decimal; null where <see cref="WhyNot"/> says why.</summary>
    public double? Value { get; init; }

    public string? WhyNot { get; init; }

    /// <summary>All parts, the judged and the unjudged, in a fixed order.</summary>
    public IReadOnlyList<HealthPart> Parts { get; init; } = [];

    /// <summary>What costs most points, at most three, dearest first; empty at 100.</summary>
    public IReadOnlyList<HealthCause> Causes { get; init; } = [];

    /// <summary>Values at the ends of past months, oldest first, at most two years; the running month is not in it.</summary>
    public IReadOnlyList<HealthMonth> Months { get; init; } = [];

    /// <summary>The value at the end of the next month; null where <see cref="WhyNoNext"/> says why.</summary>
    public HealthPrediction? Next { get; init; }

    public string? WhyNoNext { get; init; }
}

/// <param name="Name">For people: <c>Young enough</c>, <c>Clear</c>, <c>Not duplicated</c>, <c>Owned</c>, <c>Estimated</c>, <c>Not blocked</c>.</param>
/// <param name="Key">For programs: <c>age</c>, <c>clarity</c>, <c>duplicates</c>, <c>unowned</c>, <c>unestimated</c>, <c>blocked</c>.</param>
/// <param name="InOrder">Open items that are in order.</param>
/// <param name="Of">Open items that could be judged; 0 where <paramref name="WhyNot"/> says why.</param>
public sealed record HealthPart(string Name, string Key, double Weight, int InOrder, int Of, string? WhyNot = null)
{
    /// <summary>0 … 1; null when nothing could be judged.</summary>
    public double? Share => Of == 0 ? null : (double)InOrder / Of;
}

/// <param name="Part">Key of the part.</param>
/// <param name="Items">Open items that are not in order.</param>
/// <param name="Points">What the part costs: the score would be so much higher if all its items were in order.</param>
/// <param name="Sentence">The cause with its numbers: <c>312 of 571 open items have no owner (−10.9 points).</c></param>
/// <param name="Mend">What to do first.</param>
public sealed record HealthCause(string Part, int Items, double Points, string Sentence, string Mend);

/// <param name="Month">Its first day.</param>
/// <param name="IsRebuilt">
/// True where no value was kept at that time: the age of what was open then is known from dates, all other parts are taken as they stand now.
/// </param>
/// <param name="Open">Open items at its end.</param>
public sealed record HealthMonth(DateOnly Month, double Value, bool IsRebuilt, int Open);

/// <param name="Month">The first day of the month whose end it speaks of.</param>
/// <param name="Level">Share of cases in which the value shall lie within <paramref name="Low"/> and <paramref name="High"/>, 0 … 1.</param>
/// <param name="Basis">What it rests on, in words.</param>
public sealed record HealthPrediction(DateOnly Month, double Value, double Low, double High, double Level, string Basis);
