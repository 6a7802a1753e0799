using System.Collections.Concurrent;
using ServerlessBacklog.LocalRunner.Store;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner;

/// <summary>
/// Runs orchestrations durably on one SQLite file, without any server. Several processes may share the file: each can run work, or only
/// start instances, raise events and look.
/// </summary>
/// <remarks>
/// <para>Whatever a call here has answered survives the death of the process at any moment. An orchestration is replayed from its history,
/// and all that one wake of it does is recorded in one commit. An <b>activity runs at least once</b>: a recorded result is never computed
/// again, but a process that dies after an activity has acted and before its result is recorded makes it act once more. So does one that is
/// taken for dead because it gave no sign of life for the time of a lease. Effects therefore need a key by which they are known.</para>
/// <para>The death of the machine (power cut) may take back the last commits before it, all or nothing each.</para>
/// </remarks>
public sealed class LocalRunner : IOrchestrationClient, IAsyncDisposable
{
    private const int PurgePage = 200;
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    private readonly LocalRunnerOptions options;
    private readonly Database database;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> watched = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim startStop = new(1, 1);
    private Host? host;
    private int disposed;

    private LocalRunner(LocalRunnerOptions options)
    {
        this.options = options;
        database = Database.Open(options);
        database.Committed += OnCommitted;
    }

    /// <summary>The process has died, as far as the file can tell (tests).</summary>
    internal bool IsDead => database.IsDead;

    /// <summary>Opens the file, or creates it. Runs nothing until <see cref="StartAsync(CancellationToken)"/>.</summary>
    /// <exception cref="LocalRunnerException">The file cannot be used; the message says what to do.</exception>
    public static LocalRunner Open(LocalRunnerOptions options) => new(options);

    /// <summary>Begins to run work.</summary>
    /// <exception cref="InvalidOperationException">It runs already, or was opened without scopes.</exception>
    /// <exception cref="LocalRunnerException">The file cannot be written.</exception>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        var scopes = options.Scopes ?? throw new InvalidOperationException($"{nameof(LocalRunnerOptions)}.{nameof(options.Scopes)} is needed to run activities.");
        await startStop.WaitAsync(cancellation);
        try
        {
            if (host is not null)
                throw new InvalidOperationException("The runner runs already.");
            var starting = new Host(options, database, OnForeignChange);
            try
            {
                await starting.StartAsync(scopes);
                host = starting;
            }
            catch
            {
                starting.Dispose();
                throw;
            }
        }
        finally
        {
            startStop.Release();
        }
    }

    /// <summary>
    /// Ends running work: activities are told by their token, and an attempt that ends so does not count. Waits for them until
    /// <paramref name="cancellation"/>; those that do not listen may then run again elsewhere.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellation = default)
    {
        await startStop.WaitAsync(CancellationToken.None);
        try
        {
            if (host is not { } stopping)
                return;
            host = null;
            await stopping.StopAsync(cancellation);
            stopping.Dispose();
        }
        finally
        {
            startStop.Release();
        }
    }

    public Task<StartAnswer> StartAsync<TIn, TOut>(OrchestrationRef<TIn, TOut> orchestration, string id, TIn input, CancellationToken cancellation)
    {
        OrchestrationRules.CheckId(id);
        var json = WorkflowJson.Write(input, $"input of {id}");
        return WriteAsync(transaction => Instances.Start(transaction, id, orchestration.FullName, json), cancellation);
    }

    public Task<RaiseAnswer> RaiseAsync<T>(string id, string name, T payload, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var json = WorkflowJson.Write(payload, $"event {name}");
        return WriteAsync(transaction => Instances.Raise(transaction, id, name, json), cancellation);
    }

    public Task<InstanceState?> FindAsync(string id, CancellationToken cancellation) =>
        ReadAsync(session => Queries.Find(session, id), cancellation);

    /// <summary>Also ends its children. Activities that run are not interrupted; what they return is dropped.</summary>
    public Task<bool> TerminateAsync(string id, string reason, CancellationToken cancellation) =>
        WriteAsync(transaction => Instances.Terminate(transaction, id, reason), cancellation);

    /// <summary>Waits until the instance has ended, in whatever process it runs. A held one has not.</summary>
    /// <exception cref="InvalidOperationException">There is no such instance.</exception>
    public async Task<InstanceState> WaitAsync(string id, CancellationToken cancellation)
    {
        while (true)
        {
            var change = watched.GetOrAdd(id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            var state = await FindAsync(id, cancellation) ?? throw new InvalidOperationException($"There is no instance '{id}'.");
            if (state.HasEnded)
                return state;
            // Only a host is on the look-out for what other processes do.
            await Worker.Quietly(change.WaitAsync(host is null ? LookAgain : Timeout.InfiniteTimeSpan, cancellation));
        }
    }

    /// <summary>What there is, the most recently changed first.</summary>
    public Task<List<InstanceListing>> ListAsync(InstanceFilter filter, int top, CancellationToken cancellation = default) =>
        ReadAsync(session => Queries.List(session, filter, top), cancellation);

    public Task<List<InstanceCount>> CountsAsync(CancellationToken cancellation = default) => ReadAsync(Queries.Counts, cancellation);

    /// <summary>How much work waits for its turn now; what waits for a time or for people does not count.</summary>
    public Task<long> QueuedAsync(CancellationToken cancellation = default) => ReadAsync(session => Queries.Queued(session) ?? 0, cancellation);

    /// <summary>
    /// Lets a held instance go on, or starts a failed one again with its input; events that it was sent are kept for it. A child that failed
    /// runs on its own then: its parent has been told.
    /// </summary>
    /// <returns>False when there is no such instance, or it is neither held nor failed.</returns>
    public Task<bool> RetryAsync(string id, CancellationToken cancellation = default) =>
        WriteAsync(transaction => Instances.Retry(transaction, id), cancellation);

    /// <summary>Deletes instances that ended before a time, with their histories.</summary>
    /// <returns>How many.</returns>
    public async Task<int> PurgeAsync(DateTimeOffset endedBefore, CancellationToken cancellation = default)
    {
        // In pages, so that others get their turn.
        for (var total = 0; ;)
        {
            var purged = await WriteAsync(transaction => Instances.Purge(transaction, endedBefore.UtcTicks, PurgePage), cancellation);
            total += purged;
            if (purged < PurgePage)
                return total;
        }
    }

    /// <summary>
    /// Passes every text that is recorded (inputs, results, events, errors) through a function and frees the space of the old ones. What is
    /// replayed then sees the new ones: the function must be pure and keep them readable.
    /// </summary>
    /// <returns>How many were changed.</returns>
    public async Task<int> RewriteAsync(Func<string, string> rewrite, CancellationToken cancellation = default)
    {
        var changed = await WriteAsync(transaction => Rewriting.Run(transaction.Session, rewrite), cancellation);
        await database.LookAsync(Rewriting.Compact);
        return changed;
    }

    /// <summary>Stops, waiting up to half a minute for activities that do not listen to their token, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
            return;
        using (var patience = new CancellationTokenSource(LastPatience))
            await StopAsync(patience.Token);
        database.Dispose();
        startStop.Dispose();
    }

    /// <summary>Rows of history of the present generation.</summary>
    internal Task<long?> HistoryRowsAsync(string id) => ReadAsync(session => Queries.HistoryRows(session, id), CancellationToken.None);

    /// <summary>Nothing can be done before a later time or without a word from outside.</summary>
    internal async Task<bool> IsIdleAsync()
    {
        if (host is { } running)
            await running.LookAsync();
        return await ReadAsync(session => Queries.IsIdle(session, options.Time.GetUtcNow()), CancellationToken.None);
    }

    private Task<T> WriteAsync<T>(Func<Transaction, T> work, CancellationToken cancellation)
    {
        // Not cancelled once it is under way: the caller could not tell whether it was done.
        cancellation.ThrowIfCancellationRequested();
        return database.WriteAsync(work);
    }

    private Task<T> ReadAsync<T>(Func<Session, T> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(database.Read(work));
    }

    private void OnCommitted(Transaction transaction)
    {
        foreach (var id in transaction.Changed)
        {
            if (watched.TryRemove(id, out var watchers))
                watchers.SetResult();
        }
    }

    private void OnForeignChange()
    {
        foreach (var id in watched.Keys)
        {
            if (watched.TryRemove(id, out var watchers))
                watchers.SetResult();
        }
    }
}
