using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Audit;

/// <summary>Why the system did, asked or would do what it did on one item.</summary>
/// <param name="Acts">Newest decision first.</param>
/// <param name="Held">What people took away or pinned, in force now.</param>
public sealed record WhyItem(WorkItemRef Item, IReadOnlyList<WhyAct> Acts, IReadOnlyList<HumanOverride> Held);

/// <summary>One change and all that it rests on.</summary>
public sealed record WhyAct
{
    public required string Decision { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }

    public required Change Change { get; init; }

    /// <summary>What became of it, in a few words: <c>applied</c>, <c>asked</c>, <c>refused</c>, <c>in shadow mode: not written</c> …</summary>
    public required string State { get; init; }

    public required string Step { get; init; }

    /// <summary>Version of the step's rules or model; null where nothing is kept of it.</summary>
    public int? StepVersion { get; init; }

    public required Confidence Confidence { get; init; }

    /// <summary>Which rule of the policy led here.</summary>
    public required string Rule { get; init; }

    /// <summary>The step's thresholds then; null where those settings are not stored any more.</summary>
    public StepPolicy? Thresholds { get; init; }

    /// <summary>When it came to <see cref="State"/>; null while nothing became of it.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The person who agreed or refused; null where none had a part in it.</summary>
    public string? By { get; init; }

    public string? Note { get; init; }

    /// <summary>The value before; null where there was none, or nothing was changed.</summary>
    public string? Before { get; init; }

    public string? After { get; init; }

    /// <summary>The step's own sentence; null where nothing is kept of it.</summary>
    public string? Reason { get; init; }

    /// <summary>The facts behind it, the weightiest first.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>What else was looked at and not taken, each with the reason.</summary>
    public IReadOnlyList<string> Alternatives { get; init; } = [];

    public IReadOnlyList<Consultation> Models { get; init; } = [];

    /// <summary>What the finding was computed from; null where nothing is kept of it.</summary>
    public ComputedFrom? Inputs { get; init; }

    public required string Content { get; init; }

    public required string Policy { get; init; }

    public string? Settings { get; init; }

    /// <summary>True when the findings shown may be newer than the decision.</summary>
    public bool IsLater { get; init; }

    /// <summary>How to contest it, each a sentence.</summary>
    public IReadOnlyList<string> Contest { get; init; } = [];
}
