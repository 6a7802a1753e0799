using System.Text.Json.Serialization;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Alerts;

/// <summary>A delay or bottleneck: one for each cause, from when it is seen until it has cleared.</summary>
public sealed record Alert
{
    /// <summary>Names the cause: the same from one look to the next.</summary>
    public required string Key { get; init; }

    public required AlertCause Cause { get; init; }

    public required AlertSeverity Severity { get; init; }

    public required AlertState State { get; init; }

    /// <summary>What is wrong, with its numbers.</summary>
    public required string Sentence { get; init; }

    /// <summary>What would help.</summary>
    public required string Act { get; init; }

    /// <summary>At most ten.</summary>
    public IReadOnlyList<ItemLine> Items { get; init; } = [];

    /// <summary>When the cause was seen first.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>When it became an alert; null while it is only watched.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Since when the cause is gone; null while it is there.</summary>
    public DateTimeOffset? GoneAt { get; init; }

    public DateTimeOffset? ClearedAt { get; init; }

    /// <summary>When people were told by a message; null for one that is in the digest only.</summary>
    public DateTimeOffset? ToldAt { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<AlertCause>))]
public enum AlertCause
{
    /// <summary>An item is in progress for longer than 85 % of its type needed.</summary>
    Aging,

    /// <summary>More items are in progress than the limit allows.</summary>
    WipOverLimit,

    /// <summary>An item that somebody has waits for another one for too long.</summary>
    Blocked,

    /// <summary>A milestone is forecast to be done after its due date.</summary>
    LateMilestone,

    /// <summary>An open item's own due date has passed.</summary>
    Overdue,

    /// <summary>A row of the risk register that is none of the above.</summary>
    Risk,
}

[JsonConverter(typeof(JsonStringEnumConverter<AlertSeverity>))]
public enum AlertSeverity
{
    /// <summary>For the digest.</summary>
    Low,

    /// <summary>Told by a message of its own.</summary>
    High,
}

[JsonConverter(typeof(JsonStringEnumConverter<AlertState>))]
public enum AlertState
{
    /// <summary>Seen, and not for long enough to be one.</summary>
    Watched,
    Open,
    Cleared,
}
