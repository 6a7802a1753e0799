using Microsoft.Extensions.Logging;
using ServerlessBacklog.LocalRunner.Replaying;
using ServerlessBacklog.LocalRunner.Store;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner;

/// <summary>
/// Wakes instances that something has reached: tells the orchestration all that came, and records in one commit all that it did. What is
/// kept of an instance between two wakes only saves replaying it.
/// </summary>
internal sealed partial class WakeLoop(LocalRunnerOptions options, string program)
{
    // Touched on the writer's thread only.
    private readonly OrderedDictionary<long, Replay> residents = [];

    private sealed record Wake(
        long Key, long Owner, string Id, string Orchestration, int Format, int Generation, long Root, Replay? Resident, IReadOnlyList<Event> News);

    public async Task RunAsync(Worker worker)
    {
        Wake? wake = null;
        while (!worker.Stopping.IsCancellationRequested)
        {
            wake ??= await worker.WriteAsync(transaction => Claim(transaction, worker.Owner));
            if (wake is null)
            {
                await worker.NextAsync();
                continue;
            }

            wake = await HandleAsync(worker, wake);
        }
    }

    private Wake? Claim(Transaction transaction, long owner)
    {
        // What memory keeps of an instance that is recorded with this very commit is older, so it is left for the next one.
        var ready = transaction.Session.All(
            "SELECT key FROM instances WHERE ready IS NOT NULL AND owner IS NULL ORDER BY ready LIMIT $0", r => r.GetInt64(0), transaction.Woken.Count + 1);
        transaction.Ready += ready.RemoveAll(transaction.Woken.Contains);
        if (ready.Count == 0)
            return null;
        var wake = transaction.Session.First(
            "UPDATE instances SET owner = $0, ready = NULL WHERE key = $1 RETURNING key, id, orchestration, format, generation, root",
            r => new Wake(r.GetInt64(0), owner, r.GetString(1), r.GetString(2), r.GetInt32(3), r.GetInt32(4), r.GetInt64(5), null, []),
            owner, ready[0])!;
        var resident = residents.TryGetValue(wake.Key, out var kept) && kept.Generation == wake.Generation ? kept : null;
        return wake with { Resident = resident, News = Instances.History(transaction.Session, wake.Key, resident?.Told ?? 0) };
    }

    /// <returns>The next wake, claimed with the same commit.</returns>
    private async Task<Wake?> HandleAsync(Worker worker, Wake wake)
    {
        var (replay, obstacle) = await TellAsync(wake);
        if (obstacle is not null)
            Log.InstanceHeld(options.Logger, wake.Id, wake.Orchestration, obstacle);
        else if (replay!.Failure is { } failure)
            Log.InstanceFailed(options.Logger, wake.Id, wake.Orchestration, failure);
        return await worker.WriteAsync(transaction =>
        {
            var told = Record(transaction, wake, replay, obstacle);
            transaction.Woken.Add(wake.Key);
            transaction.AfterCommit.Add(() => Keep(wake.Key, replay, told));
            return worker.Stopping.IsCancellationRequested ? null : Claim(transaction, worker.Owner);
        });
    }

    private async Task<(Replay? Replay, string? Obstacle)> TellAsync(Wake wake)
    {
        if (wake.Format > Schema.HistoryFormat)
            return (null, $"Its history was written by a newer version of this program (format {wake.Format}; this one knows {Schema.HistoryFormat}). Update the program.");
        if (options.Registry.FindOrchestration(wake.Orchestration) is not { } entry)
            return (null, $"This program has no orchestration '{wake.Orchestration}'. Start a program that has it, or terminate the instance.");
        var replay = wake.Resident ?? new Replay(entry, wake.Id, wake.Generation);
        try
        {
            if (!await TellAsync(replay, wake.News))
                return (null, $"The orchestration has kept its thread for {options.WakeLimit.TotalSeconds:0.#} s: it blocks (Wait, Result, Sleep) or computes too long. Move such work to an activity and start the corrected program.");
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return (null, $"Its history cannot be replayed: {fault.Message} Start a program that can, or terminate the instance.");
        }

        return (replay, replay.Obstacle);
    }

    /// <returns>False when it does not come back.</returns>
    private async Task<bool> TellAsync(Replay replay, IReadOnlyList<Event> news)
    {
        var begun = false;
        // Elsewhere, because code that blocks its thread must not block the others.
        var telling = Task.Run(() =>
        {
            Volatile.Write(ref begun, true);
            replay.Tell(news);
        });
        while (true)
        {
            try
            {
                await telling.WaitAsync(options.WakeLimit);
                return true;
            }
            catch (TimeoutException) when (!telling.IsCompleted)
            {
                // A busy thread pool is not the orchestration's fault.
                if (Volatile.Read(ref begun))
                    return false;
            }
        }
    }

    /// <returns>Number of the last event that the replay knows now; null when it is of no further use.</returns>
    private long? Record(Transaction transaction, Wake wake, Replay? replay, string? obstacle)
    {
        var last = transaction.Session.Number(
            "SELECT last FROM instances WHERE key = $0 AND owner = $1 AND generation = $2 AND status IN (0, 1)", wake.Key, wake.Owner, wake.Generation);
        if (last is null)
            return null;
        if (obstacle is not null)
        {
            Instances.Hold(transaction, wake.Key, obstacle, program);
            return null;
        }

        var isCurrent = last == replay!.Told;
        last = RecordCalls(transaction, wake, replay, last.Value);
        if (replay.Status is not null)
            transaction.Session.Run("UPDATE instances SET custom = $1 WHERE key = $0 AND custom IS NOT $1", wake.Key, replay.Status);
        transaction.NoteChanged(wake.Id);
        if (!replay.IsOver)
        {
            transaction.Session.Run(
                "UPDATE instances SET owner = NULL, status = 1, last = $1, updated = $2 WHERE key = $0", wake.Key, last, transaction.Now);
            return isCurrent ? last : replay.Told;
        }

        if (replay.Failure is { } failure)
            Instances.End(transaction, wake.Key, InstanceStatus.Failed, null, failure.Message);
        else if (replay.Next is { } next)
            Instances.BeginAnew(transaction, wake.Key, next, replay.Unclaimed.Concat(Unseen(transaction, wake, replay)));
        else
            Instances.End(transaction, wake.Key, InstanceStatus.Completed, replay.Output, null);
        return null;
    }

    /// <returns>Number of the last row.</returns>
    private static long RecordCalls(Transaction transaction, Wake wake, Replay replay, long last)
    {
        var now = transaction.Now;
        var activities = new List<Call>();
        foreach (var call in replay.NewCalls)
        {
            if (!replay.IsOver)
                Instances.Insert(transaction, wake.Key, ++last, call.Recorded(now));
            if (call.Kind == EventKind.CalledActivity)
                activities.Add(call);
            else if (call.ChildId is { } child)
                Instances.Start(transaction, child, call.Name!, call.Input!, new Instances.Parent(wake.Key, wake.Generation, call.Number, wake.Root));
            else if (!replay.IsOver && !replay.ClosedWaits.Contains(call.Number))
                Waits.Add(transaction, wake.Key, call.Number, call.Name, call.Due);
        }

        Activities.Add(transaction, wake.Key, wake.Generation, wake.Root, activities);
        foreach (var closed in replay.ClosedWaits)
            Waits.Remove(transaction, wake.Key, closed);
        return last;
    }

    /// <summary>Events that came while the orchestration was told the others.</summary>
    private static IEnumerable<Event> Unseen(Transaction transaction, Wake wake, Replay replay) =>
        Instances.History(transaction.Session, wake.Key, replay.Told).Where(e => e.Kind == EventKind.EventRaised);

    private void Keep(long key, Replay? replay, long? told)
    {
        if (told is null || !replay!.IsBusy || options.Residents == 0)
        {
            residents.Remove(key);
            return;
        }

        replay.Recorded(told.Value);
        residents[key] = replay;
        if (residents.Count > options.Residents)
            residents.RemoveAt(0);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Instance {Id} of {Orchestration} is held. {Reason}")]
        public static partial void InstanceHeld(ILogger logger, string id, string orchestration, string reason);

        [LoggerMessage(2, LogLevel.Error, "Instance {Id} of {Orchestration} failed.")]
        public static partial void InstanceFailed(ILogger logger, string id, string orchestration, Exception failure);
    }
}
