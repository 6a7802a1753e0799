namespace ServerlessBacklog.Triage.Ports;

/// <summary>A queue into which a tracker puts its webhooks.</summary>
public interface IQueuedHooks
{
    /// <summary>Takes messages for a while: one that is neither done nor put aside comes back.</summary>
    Task<IReadOnlyList<QueuedHook>> TakeAsync(int max, CancellationToken cancellation);

    Task DoneAsync(QueuedHook hook, CancellationToken cancellation);

    /// <summary>Moves a message to where a person can look at it.</summary>
    Task PutAsideAsync(QueuedHook hook, string why, CancellationToken cancellation);
}

/// <param name="Tracker">The tracker whose webhook it is.</param>
/// <param name="Id">Names the message, as its queue needs it.</param>
/// <param name="Tries">How often it has been taken, this time included.</param>
public sealed record QueuedHook(string Tracker, string Id, ReadOnlyMemory<byte> Body, int Tries);
