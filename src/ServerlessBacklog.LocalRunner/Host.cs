using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessBacklog.LocalRunner.Store;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner;

/// <summary>Everything that works while the runner runs: wakes, activities, timers, signs of life, and the look-out for other processes.</summary>
internal sealed partial class Host : IDisposable
{
    private static readonly TimeSpan LookOut = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LoopPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private readonly LocalRunnerOptions options;
    private readonly Database database;
    private readonly Action foreignChange;
    private readonly CancellationTokenSource stop = new();
    private readonly WorkHint wakes;
    private readonly WorkHint calls;
    private readonly ITimer alarm;
    private readonly ProcessMark mark = ProcessMark.Register();
    private readonly string program;
    private readonly Worker upkeep;
    private readonly Lock arming = new();
    private readonly int wakers = Math.Max(2, Environment.ProcessorCount);
    private long owner;
    private long renewAt;
    private long? nextDue;
    private int firing;
    private Task work = Task.CompletedTask;

    public Host(LocalRunnerOptions options, Database database, Action foreignChange)
    {
        this.options = options;
        this.database = database;
        this.foreignChange = foreignChange;
        wakes = new WorkHint(wakers);
        calls = new WorkHint(options.Concurrency);
        program = Fingerprint(options.Registry);
        upkeep = new Worker(database, () => owner, wakes, options.Logger, stop.Token);
        alarm = options.Time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public async Task StartAsync(IServiceScopeFactory scopes)
    {
        await database.WriteAsync(transaction =>
        {
            owner = Runners.Register(transaction, mark, options.Lease);
            foreach (var lost in Runners.Lost(transaction.Session, owner, options.Time.GetUtcNow()))
                Runners.Release(transaction, lost);
            Instances.TryHeld(transaction, program);
            return true;
        });
        renewAt = RenewalFromNow();
        database.Committed += OnCommitted;
        var wakeLoop = new WakeLoop(options, program);
        var activityLoop = new ActivityLoop(options, scopes);
        work = Task.WhenAll(
        [
            Guard(LookOutAsync),
            .. Enumerable.Range(0, wakers).Select(_ => Guard(() => wakeLoop.RunAsync(WorkerFor(wakes)))),
            .. Enumerable.Range(0, options.Concurrency).Select(_ => Guard(() => activityLoop.RunAsync(WorkerFor(calls)))),
        ]);
        await FireAsync();
    }

    /// <summary>Interrupts activities and waits until they have returned; work that did not is taken over as from a dead process.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await stop.CancelAsync();
        database.Committed -= OnCommitted;
        await alarm.DisposeAsync();
        try
        {
            await work.WaitAsync(cancellation);
            await database.WriteAsync(transaction => Runners.Release(transaction, owner));
        }
        catch (Exception left) when (left is OperationCanceledException or LocalRunnerException)
        {
            Log.StoppedUncleanly(options.Logger, left.Message);
        }
        finally
        {
            mark.Unregister();
        }
    }

    /// <summary>Looks for what other processes, or connections, have put into the file.</summary>
    public async Task LookAsync()
    {
        if (!await database.HasForeignChangeAsync())
            return;
        await upkeep.WriteAsync(transaction =>
        {
            transaction.DueChanged = true;
            return Instances.TryHeld(transaction, program);
        });
        wakes.GiveAll();
        calls.GiveAll();
        foreignChange();
    }

    /// <summary>As <see cref="StopAsync"/>, without a word to the file.</summary>
    public void Dispose()
    {
        mark.Unregister();
        stop.Dispose();
        alarm.Dispose();
        wakes.Dispose();
        calls.Dispose();
    }

    /// <summary>Tells this program from one with other code: what one cannot go on with, the other may.</summary>
    private static string Fingerprint(WorkflowRegistry registry)
    {
        var text = new StringBuilder().Append(Schema.HistoryFormat);
        foreach (var entry in registry.Orchestrations.OrderBy(o => o.Name, StringComparer.Ordinal))
            text.Append('\n').Append(entry.Name).Append(' ').Append(entry.Type.FullName).Append(' ').Append(entry.Type.Module.ModuleVersionId);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    private Worker WorkerFor(WorkHint hint) => new(database, () => owner, hint, options.Logger, stop.Token);

    /// <summary>A loop that fails for a reason that nobody thought of begins again; what it had in hand waits for the next start.</summary>
    private async Task Guard(Func<Task> loop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested && !database.IsDead)
        {
            try
            {
                await loop();
                return;
            }
            catch (Exception fault) when (stop.IsCancellationRequested || database.IsDead)
            {
                Log.StoppedUncleanly(options.Logger, fault.Message);
            }
            catch (Exception fault)
            {
                Log.LoopFailed(options.Logger, fault);
                await Worker.Quietly(Task.Delay(LoopPause, stop.Token));
            }
        }
    }

    private void OnCommitted(Transaction transaction)
    {
        wakes.Give(transaction.Ready);
        calls.Give(transaction.Queued);
        if (transaction.DueChanged)
            Arm(transaction.NextDue);
    }

    private void Arm(long? due)
    {
        lock (arming)
        {
            nextDue = due;
            if (due is null)
                return;
            // Rounded up: a timer that rings early only costs a look.
            var wait = TimeSpan.FromMilliseconds(Math.Ceiling(TimeSpan.FromTicks(due.Value - options.Time.GetUtcNow().UtcTicks).TotalMilliseconds));
            alarm.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestSleep ? LongestSleep : wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void Fire()
    {
        if (!stop.IsCancellationRequested && Interlocked.Exchange(ref firing, 1) == 0)
            _ = Guard(FireAsync);
    }

    private Task<bool> FireAsync()
    {
        // Cleared first: what becomes due from here on rings again.
        Volatile.Write(ref firing, 0);
        return upkeep.WriteAsync(Waits.Fire);
    }

    private async Task LookOutAsync()
    {
        using var timer = new PeriodicTimer(LookOut);
        for (var round = 0; !stop.IsCancellationRequested; round++)
        {
            try
            {
                await LookAsync();
                if (round % 4 == 0)
                    await KeepLeasesAsync();
            }
            catch (LocalRunnerException fault) when (!database.IsDead)
            {
                Log.LookFailed(options.Logger, fault.Message);
            }

            // A clock that was set, or a machine that slept, moves the due times but not the alarm.
            if (nextDue <= options.Time.GetUtcNow().UtcTicks)
                Fire();
            await Worker.Quietly(timer.WaitForNextTickAsync(stop.Token).AsTask());
        }
    }

    private async Task KeepLeasesAsync()
    {
        var now = options.Time.GetUtcNow();
        if (now.UtcTicks >= renewAt)
        {
            if (!await upkeep.WriteAsync(transaction => Runners.Renew(transaction, owner, options.Lease)))
            {
                Log.LeaseLost(options.Logger);
                owner = await upkeep.WriteAsync(transaction => Runners.Register(transaction, mark, options.Lease));
            }

            renewAt = RenewalFromNow();
        }

        var lost = await database.LookAsync(session => Runners.Lost(session, owner, now));
        foreach (var other in lost)
        {
            var taken = await upkeep.WriteAsync(transaction => Runners.Release(transaction, other));
            Log.WorkTakenOver(options.Logger, taken);
        }
    }

    private long RenewalFromNow() => (options.Time.GetUtcNow() + (options.Lease / 3)).UtcTicks;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The runner stopped before all its work was put away: {Reason}")]
        public static partial void StoppedUncleanly(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Critical, "A part of the runner has failed.")]
        public static partial void LoopFailed(ILogger logger, Exception fault);

        [LoggerMessage(3, LogLevel.Warning, "This process was taken for dead: it gave no sign of life for too long. Its work was given to another.")]
        public static partial void LeaseLost(ILogger logger);

        [LoggerMessage(4, LogLevel.Information, "Took over {Count} wakes and calls from a process that is gone.")]
        public static partial void WorkTakenOver(ILogger logger, int count);

        [LoggerMessage(5, LogLevel.Warning, "{Problem} The runner looks again soon.")]
        public static partial void LookFailed(ILogger logger, string problem);
    }
}
