using System.Collections.Concurrent;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Learning;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Examination;

/// <summary>
/// Keeps each backlog's snapshot in step with its stored items: loads the last one, brings in what changed since and, for a sweep, tells
/// the neighbours of what changed and stores the result. The neighbours are told before the snapshot is stored, so that a run that dies
/// between the two repeats the telling. A sweep compares all items; in between the tail of what was saved is read, and nothing else.
/// </summary>
public sealed class SnapshotKeeper(IBacklogStore store, ISnapshotStore bodies, IPeopleDirectory people, TimeProvider time, IEncoders? encoders = null)
{
    /// <summary>Cursor that names the snapshot stored last, so that a process notices when another one has swept.</summary>
    private const string StoredCursor = "snapshot";

    /// <summary>Other items may be so much newer than a snapshot in which an item is examined.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, KeptSnapshot> kept = new(StringComparer.Ordinal);
    private readonly ModelShelf shelf = new(bodies);
    private readonly SnapshotBodies stored = new(store, bodies, encoders);
    private readonly Meanings meanings = new(store, encoders);
    private readonly NeighbourStamps neighbours = new(store);

    /// <summary>
    /// Deletes what is stored of a backlog beside its rows, learned models too, because it holds what was erased there. Every process builds
    /// its own again when it looks next.
    /// </summary>
    /// <param name="mark">Names this forgetting; another one has another name.</param>
    public static async Task ForgetAsync(string backlog, string mark, IBacklogStore store, ISnapshotStore bodies, CancellationToken cancellation)
    {
        foreach (var name in SnapshotBodies.NamesOf(backlog).Append(ModelShelf.NameOf(backlog)))
            await bodies.DeleteAsync(name, cancellation);
        await store.SetCursorAsync(backlog, StoredCursor, $"forgotten {mark}", cancellation);
    }

    /// <summary>The snapshot of what is stored now: neighbours of what changed are told, and it is stored. For sweeps.</summary>
    public async Task<BacklogSnapshot> RefreshAsync(string backlog, CancellationToken cancellation)
    {
        var memory = Memory(backlog);
        await memory.Gate.WaitAsync(cancellation);
        try
        {
            var (looking, since) = (memory.Begin(), time.GetTimestamp());
            var mark = (await store.TailAsync(backlog, null, cancellation)).Mark;
            var last = await stored.LoadAsync(backlog, cancellation);
            var (snapshot, change) = await meanings.CompleteAsync(backlog, await CompareAsync(backlog, last?.Snapshot, cancellation), cancellation);
            if (last is null || !change.IsEmpty)
            {
                await neighbours.TellAsync(backlog, last?.Snapshot, snapshot, change, cancellation);
                await stored.SaveAsync(backlog, snapshot, mark, cancellation);
                await store.SetCursorAsync(backlog, StoredCursor, $"{snapshot.Version} {mark}", cancellation);
                // Up to the mark of the snapshot before: a process that still holds that one asks for what came after it.
                if (last?.Mark is { } before)
                    await store.ForgetTailAsync(backlog, before, cancellation);
            }

            snapshot = snapshot.With(await shelf.LearnAsync(backlog, snapshot, cancellation));
            memory.Keep(snapshot, await store.CursorAsync(backlog, StoredCursor, cancellation), mark);
            memory.Keep(await people.LoadAsync(cancellation));
            return memory.End(looking, since, mark);
        }
        finally
        {
            memory.Gate.Release();
        }
    }

    /// <summary>
    /// The snapshot of what is stored now, kept in memory: the last one that a sweep stored and the items that came since. Tells nobody
    /// and stores nothing.
    /// </summary>
    public async Task<BacklogSnapshot> CurrentAsync(string backlog, CancellationToken cancellation)
    {
        var memory = Memory(backlog);
        var begun = memory.Begun;
        await memory.Gate.WaitAsync(cancellation);
        try
        {
            // Whoever waited while another began to look finds there all that was stored before: in a burst one looking does for many.
            return memory.Done > begun ? memory.Current! : await CatchUpAsync(backlog, memory, cancellation);
        }
        finally
        {
            memory.Gate.Release();
        }
    }

    /// <summary>
    /// A snapshot for the examination of one item: it holds that item as it is stored, the change that it was told of, and of others what is a few seconds old
    /// at most.
    /// </summary>
    public async Task<BacklogSnapshot> CurrentAsync(string backlog, WorkItemRef item, CancellationToken cancellation)
    {
        var stamp = await StampAsync(backlog, item, cancellation);
        var (hash, told) = (stamp?.ContentHash, stamp is null ? null : RippleStamp.TryParse(stamp.Neighbours));
        if (Memory(backlog).NotOlderThan(FreshFor) is { } fresh && fresh.Find(item)?.ContentHash == hash && (told is null || fresh.Find(told.Item)?.ContentHash == told.Content))
            return fresh;
        var current = await CurrentAsync(backlog, cancellation);
        return current.Find(item)?.ContentHash == hash ? current : await BringAsync(backlog, item, cancellation);
    }

    /// <summary>The snapshot of that version where this process has it, else the current one.</summary>
    public async Task<BacklogSnapshot> OpenAsync(string backlog, string version, CancellationToken cancellation) =>
        Find(backlog, version) ?? await CurrentAsync(backlog, cancellation);

    /// <summary>The same, for the examination of one item.</summary>
    public async Task<BacklogSnapshot> OpenAsync(string backlog, string version, WorkItemRef item, CancellationToken cancellation) =>
        Find(backlog, version) ?? await CurrentAsync(backlog, item, cancellation);

    private KeptSnapshot Memory(string backlog) => kept.GetOrAdd(backlog, _ => new KeptSnapshot(time));

    private BacklogSnapshot? Find(string backlog, string version) =>
        kept.GetValueOrDefault(backlog)?.Current is { } current && current.Version == version ? current : null;

    private async Task<BacklogSnapshot> CatchUpAsync(string backlog, KeptSnapshot memory, CancellationToken cancellation)
    {
        var (looking, since) = (memory.Begin(), time.GetTimestamp());
        // The tail first: while the cursor still names the snapshot that the mark belongs to, nothing after the mark has been forgotten.
        var tail = await store.TailAsync(backlog, memory.Mark, cancellation);
        var cursor = await store.CursorAsync(backlog, StoredCursor, cancellation);
        var mark = tail.Mark;
        if (memory.Current is null || memory.Cursor != cursor)
            mark = await LoadAsync(backlog, memory, cursor, cancellation);
        else
            await BringAsync(backlog, memory, tail, cancellation);
        if (SnapshotChange.IsLarge(memory.ChangedSinceTraining, memory.Current!.Items.Count))
            memory.Keep(BacklogSnapshot.Build(await AllAsync(backlog, cancellation), encoders?.For(backlog)).With(await shelf.LoadAsync(backlog, cancellation)), cursor, mark);
        memory.Keep(await people.LoadAsync(cancellation));
        return memory.End(looking, since, mark);
    }

    /// <summary>Loads the stored snapshot and brings in what came since; without one all items are read.</summary>
    /// <returns>The mark to go on from.</returns>
    private async Task<string> LoadAsync(string backlog, KeptSnapshot memory, string? cursor, CancellationToken cancellation)
    {
        var last = await stored.LoadAsync(backlog, cancellation);
        var tail = await store.TailAsync(backlog, last?.Mark, cancellation);
        if (last?.Mark is null || SnapshotChange.IsLarge(tail.Changed.Count, last.Snapshot.Items.Count))
        {
            memory.Keep((await CompareAsync(backlog, last?.Snapshot, cancellation)).Now.With(await shelf.LoadAsync(backlog, cancellation)), cursor, tail.Mark);
            return tail.Mark;
        }

        memory.Keep(last.Snapshot.With(await shelf.LoadAsync(backlog, cancellation)), cursor, last.Mark);
        await BringAsync(backlog, memory, tail, cancellation);
        return tail.Mark;
    }

    /// <summary>Brings in those items of a tail that are not in the snapshot as they are stored.</summary>
    private async Task BringAsync(string backlog, KeptSnapshot memory, ItemTail tail, CancellationToken cancellation)
    {
        var known = memory.Current!;
        var news = tail.Changed.Where(t => known.Find(t.Key)?.ContentHash != t.Value).Select(t => t.Key).ToList();
        if (news.Count == 0)
            return;
        var found = await meanings.PreparedAsync(backlog, await store.FindItemsAsync(backlog, news, cancellation), cancellation);
        var gone = news.Except(found.Select(i => i.Ref)).Where(known.Items.ContainsKey).ToList();
        var changed = found.Where(i => known.Find(i.Ref)?.ContentHash != ContentHash.Of(i)).ToList();
        if (changed.Count + gone.Count > 0)
            memory.Bring(changed, gone);
    }

    /// <summary>For an item that the tail did not name: it was saved this very moment, or by a process whose clock is wrong.</summary>
    private async Task<BacklogSnapshot> BringAsync(string backlog, WorkItemRef item, CancellationToken cancellation)
    {
        var memory = Memory(backlog);
        await memory.Gate.WaitAsync(cancellation);
        try
        {
            var hash = await HashAsync(backlog, item, cancellation);
            await BringAsync(backlog, memory, new ItemTail(new Dictionary<WorkItemRef, string?> { [item] = hash }, memory.Mark!), cancellation);
            return memory.Current!;
        }
        finally
        {
            memory.Gate.Release();
        }
    }

    private async Task<string?> HashAsync(string backlog, WorkItemRef item, CancellationToken cancellation) => (await StampAsync(backlog, item, cancellation))?.ContentHash;

    private async Task<ItemStamp?> StampAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        await store.FindStampsAsync(backlog, [item], cancellation) is [var stamp] ? stamp : null;

    /// <summary>Compares with all that is stored.</summary>
    private async Task<(BacklogSnapshot Now, SnapshotChange Change)> CompareAsync(string backlog, BacklogSnapshot? last, CancellationToken cancellation)
    {
        var hashes = new Dictionary<WorkItemRef, string>();
        await foreach (var stamp in store.StampsAsync(backlog, cancellation))
            hashes[stamp.Item] = stamp.ContentHash;
        var change = SnapshotChange.Between(last, hashes);
        if (last is null || change.IsLarge(hashes.Count))
            return (BacklogSnapshot.Build(await AllAsync(backlog, cancellation), encoders?.For(backlog)), change);
        if (change.IsEmpty)
            return (last, change);
        var changed = await meanings.PreparedAsync(backlog, await store.FindItemsAsync(backlog, change.Changed, cancellation), cancellation);
        return (last.With(changed, change.Removed), change);
    }

    private async Task<IReadOnlyList<WorkItem>> AllAsync(string backlog, CancellationToken cancellation) =>
        await meanings.PreparedAsync(backlog, await store.ItemsAsync(backlog, cancellation).ToListAsync(cancellation), cancellation);
}
