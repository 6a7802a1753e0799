namespace ServerlessBacklog.Workflow;

/// <summary>
/// All that an orchestration may do. The words are those of Durable Functions, and every promise holds there and on the local runner
/// alike; the contract tests say it in full. Tasks from here are awaited plainly, alone or with <see cref="Task.WhenAll(Task[])"/> and
/// <see cref="Task.WhenAny(Task[])"/>.
/// </summary>
public interface IOrchestrationContext
{
    string InstanceId { get; }

    /// <summary>The time at which the last event reached this instance: the same on every replay.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>
    /// Runs an activity, with its retry policy. At least once: a crash between the work and its record repeats it, a recorded result is
    /// never computed again.
    /// </summary>
    /// <exception cref="ActivityFailedException">Awaited: the last attempt failed, or its result could not be read.</exception>
    Task<TOut> CallAsync<TIn, TOut>(ActivityRef<TIn, TOut> activity, TIn input);

    /// <summary>
    /// Runs another orchestration as a child. Its id is this instance's id, <see cref="ChildSeparator"/> and <paramref name="key"/>.
    /// Await a child before the instance continues as new: the local runner replaces one that still runs then, Durable waits for it.
    /// </summary>
    /// <param name="key">Names the child among those of this instance: letters, digits, <c>- _ ~ . :</c>. Taken once until it ends.</param>
    /// <exception cref="ChildFailedException">Awaited: the child failed or was terminated.</exception>
    /// <exception cref="InvalidOperationException">A child with this key is running in this instance.</exception>
    Task<TOut> ChildAsync<TIn, TOut>(OrchestrationRef<TIn, TOut> orchestration, string key, TIn input);

    /// <summary>
    /// Waits for an event raised to this instance; null when it has not come in time. An event that came before the wait is kept for it.
    /// One waiter per name: name events per ask (<c>approval:{decision}</c>). Case does not matter in a name.
    /// </summary>
    /// <param name="timeout">Null waits for ever. Time-outs may be days long.</param>
    /// <exception cref="InvalidOperationException">
    /// Another wait for this name is open, or one has timed out: Durable would give an event to the wrong one, or to none.
    /// </exception>
    Task<T?> WaitForEventAsync<T>(string name, TimeSpan? timeout = null)
        where T : class;

    /// <summary>Sleeps across restarts. Wakes at <paramref name="until"/> or up to a few seconds later, never earlier.</summary>
    Task SleepUntilAsync(DateTimeOffset until);

    /// <summary>
    /// Ends this run and starts the same instance anew with a short history. Events that nobody has waited for yet are carried over.
    /// The orchestration returns right after; what it returns is ignored.
    /// </summary>
    void ContinueAsNew<TIn>(TIn input);

    /// <summary>Shows where the instance stands, in at most <see cref="WorkflowJson.MaxStatus"/> characters of JSON.</summary>
    void SetStatus<T>(T status);

    /// <summary>Stands between a parent's id and a child's key. Ids given to <see cref="IOrchestrationClient.StartAsync"/> must not hold it.</summary>
    const char ChildSeparator = '|';
}
