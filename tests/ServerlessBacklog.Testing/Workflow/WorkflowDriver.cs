using System.Diagnostics;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Testing.Workflow;

/// <summary>
/// Drives one runtime on a storage of its own, by which the contract tests see it. The storage outlives a restart and ends with the driver.
/// A driver that lacks a capability says so, and the tests that need it are skipped; what it claims it does to the letter.
/// </summary>
/// <param name="code">The orchestrations and activities that the runtime knows until <see cref="RestartAsync"/> replaces them.</param>
/// <param name="services">Has the activities; each attempt takes a scope from its <c>IServiceScopeFactory</c>. Owned by the test.</param>
public abstract class WorkflowDriver(WorkflowRegistry code, IServiceProvider services) : IAsyncDisposable
{
    /// <summary>Real time that a test waits for the runtime, also where time is virtual.</summary>
    protected virtual TimeSpan Patience => TimeSpan.FromSeconds(20);

    protected WorkflowRegistry Code { get; private set; } = code;

    protected IServiceProvider Services => services;

    /// <summary>Speaks to the runtime; stays usable across restarts.</summary>
    public abstract IOrchestrationClient Client { get; }

    /// <summary>The clock by which the runtime's timers run.</summary>
    public abstract TimeProvider Time { get; }

    /// <summary>Time stands still unless <see cref="AdvanceAsync"/> moves it.</summary>
    public abstract bool HasVirtualTime { get; }

    /// <summary><see cref="RestartAsync"/> works.</summary>
    public virtual bool CanRestart => true;

    /// <summary><see cref="RestartAsync"/> can replace the code, by a part of it at least.</summary>
    public virtual bool CanReplaceCode => CanRestart;

    /// <summary><see cref="CrashAfter"/> works.</summary>
    public virtual bool CanCrash => CanRestart;

    /// <summary>An instance that this code cannot go on with becomes <see cref="InstanceStatus.Held"/>.</summary>
    public abstract bool CanHoldInstances { get; }

    /// <summary>The runtime died by <see cref="CrashAfter"/> and has not been restarted.</summary>
    public virtual bool HasCrashed => false;

    /// <summary>Starts the runtime on its empty storage. Called once, before all else.</summary>
    public abstract Task StartAsync();

    /// <summary>
    /// Lets the runtime work until no instance can go on without an event or a later time; at once when it has crashed. Fails with the
    /// open instances when it does not come to rest within <see cref="Patience"/>.
    /// </summary>
    public abstract Task SettleAsync();

    /// <summary>Moves the virtual clock by this much, or lets that much real time pass, and settles. Moves the clock also when the runtime has crashed.</summary>
    public abstract Task AdvanceAsync(TimeSpan time);

    /// <summary>
    /// Arms a crash: the runtime dies, as if killed, right after its n-th durable write (commit) from now on. A dead runtime writes
    /// nothing, runs no further orchestration or activity, and what an activity in flight still returns is lost, until <see cref="RestartAsync"/>.
    /// Writes of <see cref="Client"/> do not count and are still made when the runtime is dead. A restart disarms.
    /// </summary>
    /// <param name="writes">1 or more.</param>
    public virtual void CrashAfter(int writes) => throw new NotSupportedException($"{GetType().Name} cannot crash.");

    /// <summary>Stops the runtime, in an orderly way unless it has crashed, and starts it on the same storage.</summary>
    /// <param name="code">What it knows from now on; null keeps the code.</param>
    public Task RestartAsync(WorkflowRegistry? code = null)
    {
        Code = code ?? Code;
        return StopAndStartAsync();
    }

    /// <summary>Rows of history stored for the instance's present run; null when this cannot be told.</summary>
    public virtual Task<int?> HistoryRowsAsync(string id) => Task.FromResult<int?>(null);

    /// <summary>
    /// Lets the runtime work until the instance has ended. Does not move a virtual clock. Fails, with the instance's state, when it can
    /// only go on with an event, later, or in another program.
    /// </summary>
    public async Task<InstanceState> EndAsync(string id)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            await SettleAsync();
            var state = await Client.FindAsync(id, CancellationToken.None);
            if (state is { HasEnded: true })
                return state;
            if (HasVirtualTime || HasCrashed || state is null or { Status: InstanceStatus.Held } || waited.Elapsed > Patience)
                throw new TimeoutException($"'{id}' has not ended{(HasCrashed ? "; the runtime has crashed" : "")}: {state?.ToString() ?? "there is no such instance"}");
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    /// <summary>As <see cref="EndAsync(string)"/>, but lets time pass, second by second, as long as the instance has not ended.</summary>
    public async Task<InstanceState> EndAsync(string id, TimeSpan within)
    {
        for (var passed = TimeSpan.Zero; passed < within; passed += TimeSpan.FromSeconds(1))
        {
            await SettleAsync();
            if (await Client.FindAsync(id, CancellationToken.None) is { HasEnded: true } state)
                return state;
            await AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        return await EndAsync(id);
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>Stops the runtime and starts it on the same storage with <see cref="Code"/>.</summary>
    protected abstract Task StopAndStartAsync();
}
