using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Ports;

/// <summary>
/// Deliveries: what trackers told us, and whether its triage was started. One that is pending is started again until it is marked, so that
/// nothing is lost between the two. Kept long enough to know a redelivery.
/// </summary>
public interface IDeliveryStore
{
    /// <summary>Stores a delivery, durably before it answers.</summary>
    Task<DeliveryAnswer> AddAsync(Delivery delivery, CancellationToken cancellation);

    /// <summary>Deliveries that wait to be started, those received first first.</summary>
    Task<IReadOnlyList<Delivery>> PendingAsync(int top, CancellationToken cancellation);

    /// <summary>Takes a delivery off the pending ones. Marking one twice changes nothing.</summary>
    /// <param name="state"><see cref="DeliveryState.Started"/>, or <see cref="DeliveryState.Failed"/>.</param>
    /// <param name="why">What went wrong, for one that failed.</param>
    Task MarkAsync(Delivery delivery, DeliveryState state, string? why, CancellationToken cancellation);

    /// <summary>Counts a try that went wrong; the delivery stays pending.</summary>
    /// <returns>Tries so far.</returns>
    Task<int> CountTryAsync(Delivery delivery, string why, CancellationToken cancellation);

    Task<DeliveryCounts> CountAsync(CancellationToken cancellation);

    /// <summary>The last deliveries, newest first, without bodies.</summary>
    Task<IReadOnlyList<Delivery>> RecentAsync(int top, CancellationToken cancellation);

    /// <summary>Forgets deliveries that were received before a moment and are not pending.</summary>
    /// <returns>How many.</returns>
    Task<int> PurgeAsync(DateTimeOffset receivedBefore, CancellationToken cancellation);
}

public sealed record Delivery
{
    /// <summary>The tracker's name.</summary>
    public required string Tracker { get; init; }

    /// <summary>The tracker's id of it, or one of our own making for what a reconcile found.</summary>
    public required string Id { get; init; }

    /// <summary>Event and action in the tracker's words.</summary>
    public required string Event { get; init; }

    /// <summary>Two deliveries with the same key tell the same (<see cref="TrackerEvent.ContentKey"/>); null for none.</summary>
    public string? ContentKey { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DeliveryState State { get; init; }

    /// <summary>Why it was ignored or has failed.</summary>
    public string? Why { get; init; }

    public string? Backlog { get; init; }

    public WorkItemRef? Item { get; init; }

    /// <summary>The headers that are needed to read the body again: event and delivery id. Never a signature.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The raw body; empty for one that has none, or where bodies were not asked for.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    public int Tries { get; init; }

    /// <summary>W3C traceparent of the span in which it was received; null for none.</summary>
    public string? Trace { get; init; }
}

public enum DeliveryState
{
    /// <summary>Stored, its triage not known to be started.</summary>
    Pending,
    Started,

    /// <summary>Needs no triage; kept so that a redelivery is known.</summary>
    Ignored,

    /// <summary>An event that this program does not know.</summary>
    Unknown,

    /// <summary>Could not be started, time and again.</summary>
    Failed,
}

public enum DeliveryAnswer
{
    New,

    /// <summary>This delivery was stored before.</summary>
    Repeated,

    /// <summary>Another delivery told the same.</summary>
    SameContent,
}

/// <param name="OldestPending">When the oldest pending one was received; null when none is.</param>
/// <param name="Unknown">Unknown events by name, over the time for which deliveries are kept.</param>
public sealed record DeliveryCounts(int Pending, DateTimeOffset? OldestPending, int Failed, IReadOnlyDictionary<string, int> Unknown);
