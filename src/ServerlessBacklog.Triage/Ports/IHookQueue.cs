namespace ServerlessBacklog.Triage.Ports;

/// <summary>
/// Webhook bodies that a tracker lays into a queue instead of calling us. Who may write to the queue is trusted: there is no signature to
/// verify. A message that is taken comes again after some minutes unless it is done or put aside.
/// </summary>
public interface IHookQueue
{
    /// <param name="max">1 … 32.</param>
    /// <returns>None when the queue is empty or not there.</returns>
    Task<IReadOnlyList<QueuedHook>> TakeAsync(int max, CancellationToken cancellation);

    /// <summary>Takes a message off the queue. One that is gone already is no fault.</summary>
    Task DoneAsync(QueuedHook hook, CancellationToken cancellation);

    /// <summary>Moves a message that cannot be handled to the queue <c>{name}-poison</c>, unchanged, so that a person can put it back.</summary>
    /// <param name="why">What is wrong with it, for the log.</param>
    Task PutAsideAsync(QueuedHook hook, string why, CancellationToken cancellation);
}

/// <param name="Tracker">The tracker whose hooks the queue holds.</param>
/// <param name="Id">The message's id in the queue.</param>
/// <param name="Tries">How often it was taken, this time included.</param>
public sealed record QueuedHook(string Tracker, string Id, ReadOnlyMemory<byte> Body, int Tries)
{
    /// <summary>What the queue wants back to prove that this taker has the message.</summary>
    public string Receipt { get; init; } = "";
}
