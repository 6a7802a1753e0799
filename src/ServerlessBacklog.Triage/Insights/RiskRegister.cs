using System.Text.Json.Serialization;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>What may go wrong. A row opens when its cause is seen and closes itself when the cause is gone.</summary>
public sealed record RiskRegister
{
    /// <summary>Open rows, the most pressing first.</summary>
    public IReadOnlyList<RiskRow> Open { get; init; } = [];

    /// <summary>Rows that closed themselves, the latest first; at most 50.</summary>
    public IReadOnlyList<RiskRow> Closed { get; init; } = [];

    /// <summary>Kinds of causes that could not be looked for, and why.</summary>
    public IReadOnlyList<string> NotLooked { get; init; } = [];
}

public sealed record RiskRow
{
    /// <summary>The same for the same cause, from one look to the next: <c>blocked-file-p-12</c>.</summary>
    public required string Id { get; init; }

    public required RiskCause Cause { get; init; }

    /// <summary>The cause with its numbers.</summary>
    public required string Sentence { get; init; }

    /// <summary>At most ten.</summary>
    public IReadOnlyList<ItemLine> Items { get; init; } = [];

    /// <summary>Items concerned, named or not.</summary>
    public int ItemCount { get; init; }

    public required RiskBand Probability { get; init; }

    public required RiskBand Impact { get; init; }

    /// <summary>What happens if nobody acts.</summary>
    public required string Effect { get; init; }

    public required string Act { get; init; }

    /// <summary>Who is nearest to it; null when nobody is.</summary>
    public string? Owner { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Null while the cause is there.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<RiskCause>))]
public enum RiskCause
{
    /// <summary>Items wait for each other in a ring: none can ever start.</summary>
    Ring,

    /// <summary>Several items wait one after the other.</summary>
    BlockedChain,
    LateMilestone,
    Overload,
    AgingWork,
    RisingReopens,
    GrowingBacklog,

    /// <summary>An area in which one person does nearly everything.</summary>
    OnePerson,

    /// <summary>Urgent items that nobody has.</summary>
    UrgentUnowned,
}

/// <summary>Probability: under 25 %, to 60 %, over 60 %. Impact: a few items, a milestone or a person's work, the plan as a whole.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RiskBand>))]
public enum RiskBand
{
    Low,
    Medium,
    High,
}
