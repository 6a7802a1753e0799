using System.Text.Json.Serialization;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Domain.Triage;

/// <summary>What one triage step says of one item. It changes nothing: only a <see cref="Decision"/> leads to changes.</summary>
public sealed record Finding
{
    /// <summary>The step that speaks: <c>duplicates</c>, <c>priority</c> …</summary>
    public required string Step { get; init; }

    public required WorkItemRef Item { get; init; }

    public required FindingStatus Status { get; init; }

    /// <summary>How sure the step is of what <see cref="Reason"/> says.</summary>
    public Confidence Confidence { get; init; }

    /// <summary>One sentence for people, also when there is nothing to say or not enough to go by.</summary>
    public required string Reason { get; init; }

    /// <summary>The step's own number, in its own unit: priority score, clarity 0…1, story points. Null where it has none.</summary>
    public double? Score { get; init; }

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    public IReadOnlyList<Proposal> Proposals { get; init; } = [];

    /// <summary>When the passing of time alone may change this finding; null when it cannot.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>What language models were asked for it; empty when it rests on rules and classical models alone.</summary>
    public IReadOnlyList<Consultation> Consulted { get; init; } = [];

    /// <summary>True when a language model had a part in it.</summary>
    [JsonIgnore]
    public bool IsAdvised => Consulted.Any(c => c.IsAnswered);

    public IEnumerable<Evidence> EvidenceOf(string kind) => Evidence.Where(e => e.Kind == kind);

    public static Finding Nothing(string step, WorkItemRef item, string reason) =>
        new() { Step = step, Item = item, Status = FindingStatus.NothingToSay, Reason = reason };

    public static Finding NotYet(string step, WorkItemRef item, string reason) =>
        new() { Step = step, Item = item, Status = FindingStatus.NotYet, Reason = reason };
}

/// <summary>"No", "not yet" and "nothing to say" are different answers.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingStatus>))]
public enum FindingStatus
{
    /// <summary>The step has something to say.</summary>
    Decided,

    /// <summary>The step looked and all is well, or nothing applies.</summary>
    NothingToSay,

    /// <summary>The step lacks what it needs (history, dates, a person list) and says which.</summary>
    NotYet,
}

/// <summary>
/// One fact behind a finding. <paramref name="Kind"/> is the step's word for what it is (<c>factor</c>, <c>missing</c>, <c>shared</c>,
/// <c>neighbour</c> …), so that reports can lay facts out without knowing every step.
/// </summary>
/// <param name="Text">The fact in words that a person can check.</param>
public sealed record Evidence(string Kind, string Text)
{
    /// <summary>The number behind the fact: a factor's contribution, a similarity, a bound.</summary>
    public double? Value { get; init; }

    /// <summary>The other item that the fact is about.</summary>
    public WorkItemRef? Item { get; init; }

    /// <summary>Words quoted from the item, at most 300 characters.</summary>
    public string? Quote { get; init; }
}

/// <summary>One suggested change with its own confidence: a finding may be surer of one than of another.</summary>
public sealed record Proposal(Change Change, Confidence Confidence)
{
    /// <summary>Why a person has to agree, however sure it is, to follow "because"; null when that is left to the policy.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AskBecause { get; init; }
}
