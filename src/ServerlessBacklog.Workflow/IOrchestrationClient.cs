namespace ServerlessBacklog.Workflow;

/// <summary>Starts instances and speaks to them from outside. Safe to call from several threads and processes at once.</summary>
public interface IOrchestrationClient
{
    /// <summary>
    /// Starts an instance under an id. While one of this id runs, nothing is started; an id that has ended runs again. The answer is
    /// advisory on Durable: of simultaneous starts one runs, and the others may be answered either way.
    /// </summary>
    /// <param name="id">At most 256 characters (StorageKey makes such), without <c>/ \ # ? |</c> and control characters.</param>
    Task<StartAnswer> StartAsync<TIn, TOut>(OrchestrationRef<TIn, TOut> orchestration, string id, TIn input, CancellationToken cancellation);

    /// <summary>Hands an event to an instance, which keeps it until it waits for it. At least once: a payload tells by itself whether it is news.</summary>
    Task<RaiseAnswer> RaiseAsync<T>(string id, string name, T payload, CancellationToken cancellation);

    /// <summary>Where an instance stands; null when there is none of this id.</summary>
    Task<InstanceState?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>Ends a running instance without letting it finish. False when none of this id runs.</summary>
    Task<bool> TerminateAsync(string id, string reason, CancellationToken cancellation);
}

public enum StartAnswer
{
    Started,
    AlreadyRunning,
}

public enum RaiseAnswer
{
    Delivered,

    /// <summary>There is no such instance (HTTP 404).</summary>
    NotFound,

    /// <summary>The instance has ended (HTTP 409).</summary>
    Finished,
}

/// <param name="Status">Where it stands.</param>
/// <param name="CustomStatus">What the orchestration shows of itself, as JSON; null when it shows nothing.</param>
/// <param name="Output">As JSON; null until completed.</param>
/// <param name="Error">Why it failed, was terminated or is held, and what to do.</param>
public sealed record InstanceState(
    string Id,
    string Orchestration,
    InstanceStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string? CustomStatus = null,
    string? Output = null,
    string? Error = null)
{
    public bool HasEnded => Status is InstanceStatus.Completed or InstanceStatus.Failed or InstanceStatus.Terminated;

    /// <summary>The output of a completed instance.</summary>
    public T OutputAs<T>() => WorkflowJson.Read<T>(Output ?? throw new InvalidOperationException($"{Id} is {Status} and has no output. {Error}"), $"output of {Id}");
}

public enum InstanceStatus
{
    Pending,
    Running,
    Completed,
    Failed,
    Terminated,

    /// <summary>
    /// Local runner only: this program cannot go on with the instance (unknown orchestration, another sequence of calls) and touches
    /// nothing until one that can, or a person, does.
    /// </summary>
    Held,
}
