using System.Text.Json.Serialization;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Domain.Triage;

/// <summary>What became of a decision: whether a person was asked and what they said, and what happened to each change.</summary>
public sealed record DecisionOutcome
{
    public required string Decision { get; init; }

    public required WorkItemRef Item { get; init; }

    public required OutcomeState State { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The person who answered; null when nobody was asked or nobody answered.</summary>
    public string? By { get; init; }

    /// <summary>What the person added to their answer.</summary>
    public string? Note { get; init; }

    public IReadOnlyList<ChangeOutcome> Changes { get; init; } = [];
}

/// <param name="Key">Names the effect: decision and change. The same key is never carried out twice.</param>
/// <param name="Why">Why it was not carried out, in one clause; null when it was.</param>
public sealed record ChangeOutcome(string Key, Change Change, ChangeState State, string? Why = null)
{
    /// <summary>What takes the change back, written down before it is made; null when there is nothing to take back.</summary>
    public Change? Inverse { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<OutcomeState>))]
public enum OutcomeState
{
    /// <summary>A person is asked and has not answered.</summary>
    Asked,

    /// <summary>Changes are being carried out: after a crash here the tracker is asked which of them it has.</summary>
    Applying,

    /// <summary>Carried out as far as it could be; see the changes.</summary>
    Applied,

    /// <summary>A person said no.</summary>
    Rejected,

    /// <summary>Nobody answered in time; what was asked for is not done.</summary>
    Expired,

    /// <summary>A person wants to be asked later.</summary>
    Snoozed,

    /// <summary>The item was changed meanwhile: the ask is withdrawn and the item examined anew.</summary>
    Superseded,
}

[JsonConverter(typeof(JsonStringEnumConverter<ChangeState>))]
public enum ChangeState
{
    /// <summary>Written down, not yet known to be carried out.</summary>
    Intended,

    Applied,

    /// <summary>Not carried out, for a reason that trying again does not mend.</summary>
    NotApplied,

    /// <summary>Approved and announced on the item; made after a wait, unless somebody objects.</summary>
    Waiting,

    /// <summary>Carried out, and taken back by a person.</summary>
    Undone,
}
