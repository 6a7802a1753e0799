using System.Text.Json.Serialization;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Approvals;

/// <summary>A decision that a person is asked about: one row of the review queue.</summary>
public sealed record Ask
{
    public required WorkItemRef Item { get; init; }

    /// <summary>Id of the decision that asks.</summary>
    public required string Decision { get; init; }

    public required AskState State { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it ends by itself, and what it asked for is not done; null for one that waits in the list only.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When it is asked again, for one that was put off.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>When it was settled; null while it is open or put off.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Who settled it or put it off.</summary>
    public string? By { get; init; }

    /// <summary>What they said.</summary>
    public string? Note { get; init; }

    /// <summary>The changes asked about, in words.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>How sure the surest of them is.</summary>
    public Confidence Surest { get; init; }

    [JsonIgnore]
    public bool IsSettled => State is not (AskState.Open or AskState.Snoozed);
}

[JsonConverter(typeof(JsonStringEnumConverter<AskState>))]
public enum AskState
{
    Open,

    /// <summary>Put off until <see cref="Ask.SnoozedUntil"/>.</summary>
    Snoozed,

    Approved,

    Rejected,

    /// <summary>Nobody answered: nothing was done.</summary>
    Expired,

    /// <summary>The item changed meanwhile.</summary>
    Withdrawn,
}
