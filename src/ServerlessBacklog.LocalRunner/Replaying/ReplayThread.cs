namespace ServerlessBacklog.LocalRunner.Replaying;

/// <summary>
/// Where an orchestration runs: on one thread at a time, and only while <see cref="Run"/> does. A continuation that arrives from elsewhere
/// shows that the code awaited something foreign; it is dropped, because on a replay it could come sooner or later.
/// </summary>
internal sealed class ReplayThread : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> queue = new();
    private volatile int current;
    private volatile bool sawForeign;

    /// <summary>The code awaited something that is not of its context.</summary>
    public bool SawForeign => sawForeign;

    /// <exception cref="InvalidOperationException">Called from another thread than that of the orchestration.</exception>
    public void Check()
    {
        if (Environment.CurrentManagedThreadId == current)
            return;
        sawForeign = true;
        throw new InvalidOperationException("The context of an orchestration was used outside its own flow. Await only tasks of the context, plainly.");
    }

    /// <summary>Runs <paramref name="action"/> and all that follows from it.</summary>
    public void Run(Action action)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        current = Environment.CurrentManagedThreadId;
        try
        {
            action();
            while (queue.TryDequeue(out var next))
                next.Callback(next.State);
        }
        finally
        {
            current = 0;
            SetSynchronizationContext(outer);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId == current)
            queue.Enqueue((d, state));
        else
            sawForeign = true;
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        Check();
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;
}
