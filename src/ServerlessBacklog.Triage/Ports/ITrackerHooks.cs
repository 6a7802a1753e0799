using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Ports;

/// <summary>The webhooks of one tracker. Pure: no clock, no call, no store.</summary>
public interface ITrackerHooks
{
    /// <summary>Whether the call comes from the tracker. Constant time; several secrets are good at once, so that they can be rotated.</summary>
    HookVerdict Verify(HookRequest request);

    /// <summary>What the call tells. To be called after <see cref="Verify"/> only.</summary>
    /// <exception cref="BadHookException">It cannot be understood; the message says what was expected.</exception>
    TrackerEvent Read(HookRequest request);
}

/// <summary>A webhook call as it came.</summary>
/// <param name="Header">A header by name, whatever its case; null when it is not there.</param>
/// <param name="Body">The raw bytes, on which signatures are computed.</param>
public sealed record HookRequest(Func<string, string?> Header, ReadOnlyMemory<byte> Body);

public enum HookVerdict
{
    Genuine,

    /// <summary>It carries no signature or secret.</summary>
    Unproven,

    /// <summary>Its signature or secret is not one of ours.</summary>
    Forged,

    /// <summary>No secret is configured, so that nothing can be verified.</summary>
    NotConfigured,
}

/// <summary>A call that cannot be understood; the message goes to the caller with <see cref="Status"/>.</summary>
public sealed class BadHookException : Exception
{
    public BadHookException()
    {
    }

    public BadHookException(string message)
        : base(message)
    {
    }

    public BadHookException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>HTTP status: 400, or 415 for a content type that is not JSON.</summary>
    public int Status { get; init; } = 400;
}

/// <summary>What a tracker tells by a webhook, in no tracker's words.</summary>
public sealed record TrackerEvent
{
    /// <summary>The tracker's own id of the delivery; the same when it is sent again.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>Event and action in the tracker's words: <c>issues.labeled</c>, <c>workitem.updated</c>.</summary>
    public required string Name { get; init; }

    public required EventKind Kind { get; init; }

    /// <summary>
    /// Event, entity and its version: two deliveries with the same key tell the same, under whatever id. Null where nothing tells that
    /// they do.
    /// </summary>
    public string? ContentKey { get; init; }

    /// <summary>The backlog that the event belongs to: the project as the tracker spells it. Null when it belongs to none.</summary>
    public string? Backlog { get; init; }

    /// <summary>The item that it is about; null when it is about none.</summary>
    public WorkItemRef? Item { get; init; }

    /// <summary>The item as the event tells it, without what events do not tell; null when it only says that something changed.</summary>
    public WorkItem? State { get; init; }

    /// <summary>The comment that was made or edited; null for other events.</summary>
    public WorkItemComment? Comment { get; init; }

    /// <summary>True when <see cref="Comment"/> was just made: one that was edited later gives no commands.</summary>
    public bool IsNewComment { get; init; }

    /// <summary>A comment that was deleted: author and time name it.</summary>
    public WorkItemComment? CommentRemoved { get; init; }

    /// <summary>Other items that it concerns: the far end of a link.</summary>
    public IReadOnlyList<WorkItemRef> Others { get; init; } = [];

    /// <summary>What it tells of the work on items: by a pull request, a branch.</summary>
    public IReadOnlyList<ToldSign> Signs { get; init; } = [];

    public Person? Actor { get; init; }

    /// <summary>True when our own app or account did it.</summary>
    public bool IsOwn { get; init; }

    /// <summary>When it happened, as far as the event tells.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What a person took away or changed back.</summary>
    public IReadOnlyList<HumanOverride> Overrides { get; init; } = [];

    /// <summary>Why nothing is done, in one clause, for <see cref="EventKind.Ignored"/>.</summary>
    public string? Why { get; init; }
}

/// <summary>A sign of work on an item, which may be stored here or not.</summary>
/// <param name="Tracker">The item's tracker: not always the one that tells.</param>
/// <param name="Project">Null for an item that is named by its number alone, in whichever project it lies.</param>
/// <param name="Number">Null where the event does not name the item: it is work on whatever its source is linked to.</param>
public sealed record ToldSign(string Tracker, string? Project, string? Number, WorkSign Sign)
{
    /// <summary>True when it says no more than that the item is linked to the source, whose state other events tell.</summary>
    public bool IsLink { get; init; }
}

public enum EventKind
{
    /// <summary>An item is new or changed.</summary>
    Changed,

    /// <summary>An item was deleted, or moved to another project.</summary>
    Removed,

    /// <summary>Understood, and nothing to do: see <see cref="TrackerEvent.Why"/>.</summary>
    Ignored,

    /// <summary>An event that this program does not know; counted.</summary>
    Unknown,

    /// <summary>A trial call.</summary>
    Ping,

    /// <summary>What may be reached has changed: an app was installed, suspended or taken away.</summary>
    Access,

    /// <summary>The configuration that a project keeps was changed.</summary>
    Configured,
}
