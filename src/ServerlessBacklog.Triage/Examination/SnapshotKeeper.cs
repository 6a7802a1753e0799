using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Examination;

/// <summary>
/// Keeps each backlog's snapshot in step with its stored items: loads the last one, brings in what changed since and, for a sweep, tells
/// the neighbours of what changed and stores the result. The neighbours are told before the snapshot is stored, so that a run that dies
/// between the two repeats the telling.
/// </summary>
public sealed class SnapshotKeeper(IBacklogStore store, ISnapshotStore bodies)
{
    /// <summary>Nearest items on each side that are looked at again when an item changes.</summary>
    private const int Touched = 20;

    /// <summary>Above this share of changed items all are looked at again: searching for each would cost more.</summary>
    private const double TouchAllAbove = 0.3;

    private const int FormatVersion = 1;

    /// <summary>Cursor that names the snapshot stored last, so that a process notices when another one has swept.</summary>
    private const string StoredCursor = "snapshot";

    private readonly ConcurrentDictionary<string, Kept> kept = new(StringComparer.Ordinal);

    /// <summary>The snapshot of what is stored now: neighbours of what changed are told, and it is stored. For sweeps.</summary>
    public Task<BacklogSnapshot> RefreshAsync(string backlog, CancellationToken cancellation) => OneAtATimeAsync(backlog, async memory =>
    {
        var last = await LoadAsync(backlog, cancellation);
        var hashes = await HashesAsync(backlog, cancellation);
        var (changed, removed) = Difference(hashes, last);
        if (last is not null && changed.Count == 0 && removed.Count == 0)
            return memory.Keep(last, await store.CursorAsync(backlog, StoredCursor, cancellation));
        var snapshot = last is null || changed.Count > TouchAllAbove * hashes.Count
            ? BacklogSnapshot.Build(await AllAsync(backlog, cancellation))
            : last.With(await store.FindItemsAsync(backlog, changed, cancellation), removed);
        await TellNeighboursAsync(backlog, last, snapshot, changed, removed, cancellation);
        await SaveAsync(backlog, snapshot, cancellation);
        return memory.Keep(snapshot, snapshot.Version);
    }, cancellation);

    /// <summary>
    /// The snapshot of what is stored now, kept in memory: the last one that a sweep stored and the items that came since. Tells nobody
    /// and stores nothing. For single items.
    /// </summary>
    public Task<BacklogSnapshot> CurrentAsync(string backlog, CancellationToken cancellation) => OneAtATimeAsync(backlog, async memory =>
    {
        var cursor = await store.CursorAsync(backlog, StoredCursor, cancellation);
        if (memory.Base is null || memory.Cursor != cursor)
            memory.Keep(await LoadAsync(backlog, cancellation), cursor);
        var hashes = await HashesAsync(backlog, cancellation);
        if (memory.Current is { } current && Difference(hashes, current) is { Changed.Count: 0, Removed.Count: 0 })
            return current;
        var (changed, removed) = Difference(hashes, memory.Base);
        if (memory.Base is not { } known || changed.Count > TouchAllAbove * hashes.Count)
            return memory.Keep(BacklogSnapshot.Build(await AllAsync(backlog, cancellation)), cursor);
        // Always one step from the base: a tail of a tail of a tail would keep them all in memory.
        return memory.Current = known.WithTail(await store.FindItemsAsync(backlog, changed, cancellation), removed);
    }, cancellation);

    /// <summary>The snapshot of that version where this process has it, else the current one.</summary>
    public async Task<BacklogSnapshot> OpenAsync(string backlog, string version, CancellationToken cancellation) =>
        kept.TryGetValue(backlog, out var memory) && memory.Current is { } current && current.Version == version
            ? current
            : await CurrentAsync(backlog, cancellation);

    private async Task<Dictionary<WorkItemRef, string>> HashesAsync(string backlog, CancellationToken cancellation)
    {
        var hashes = new Dictionary<WorkItemRef, string>();
        await foreach (var stamp in store.StampsAsync(backlog, cancellation))
            hashes[stamp.Item] = stamp.ContentHash;
        return hashes;
    }

    private static (HashSet<WorkItemRef> Changed, List<WorkItemRef> Removed) Difference(Dictionary<WorkItemRef, string> hashes, BacklogSnapshot? last) => (
        hashes.Where(h => last?.Find(h.Key)?.ContentHash != h.Value).Select(h => h.Key).ToHashSet(),
        last?.Items.Keys.Where(k => !hashes.ContainsKey(k)).ToList() ?? []);

    /// <summary>Two activities that need the same snapshot build it once; other backlogs do not wait for them.</summary>
    private async Task<BacklogSnapshot> OneAtATimeAsync(string backlog, Func<Kept, Task<BacklogSnapshot>> act, CancellationToken cancellation)
    {
        var memory = kept.GetOrAdd(backlog, _ => new Kept());
        await memory.Gate.WaitAsync(cancellation);
        try
        {
            return await act(memory);
        }
        finally
        {
            memory.Gate.Release();
        }
    }

    private async Task<List<WorkItem>> AllAsync(string backlog, CancellationToken cancellation)
    {
        var items = new List<WorkItem>();
        await foreach (var item in store.ItemsAsync(backlog, cancellation))
            items.Add(item);
        return items;
    }

    private async Task TellNeighboursAsync(
        string backlog, BacklogSnapshot? last, BacklogSnapshot now, HashSet<WorkItemRef> changed, List<WorkItemRef> removed, CancellationToken cancellation)
    {
        if (last is null && !await store.FindingsAsync(backlog, cancellation).AnyAsync(cancellation))
            return;
        var touched = last is null || changed.Count > TouchAllAbove * now.Items.Count
            ? [.. now.Items.Keys]
            : changed.Concat(removed).AsParallel().SelectMany(item => Near(item, last, now)).ToHashSet();
        touched.UnionWith(await SpeakingOfAsync(backlog, [.. changed, .. removed], cancellation));
        await store.StampNeighboursAsync(backlog, [.. touched.Where(now.Items.ContainsKey)], now.Version, cancellation);
    }

    /// <summary>
    /// Open items whose findings may rest on <paramref name="item"/>: alike before or after the change, and linked, however far.
    /// </summary>
    private static IEnumerable<WorkItemRef> Near(WorkItemRef item, BacklogSnapshot last, BacklogSnapshot now) =>
        new[] { last, now }.SelectMany(snapshot =>
            snapshot.Index.Search(item, Touched, hit => now.Find(hit) is { Item: { IsOpen: true, Kind: WorkItemKind.Item } })
                .Select(hit => hit.Item)
                .Concat(snapshot.Model(LinkedItems.Of).Reachable(item)));

    /// <summary>
    /// Items whose stored findings name one that changed: the canonical item of a verdict need not be like the item (a duplicate of
    /// it may be), nor have it among its own nearest.
    /// </summary>
    private async Task<List<WorkItemRef>> SpeakingOfAsync(string backlog, HashSet<WorkItemRef> changed, CancellationToken cancellation)
    {
        var speaking = new List<WorkItemRef>();
        await foreach (var stored in store.FindingsAsync(backlog, cancellation))
        {
            if (stored.Finding.Evidence.Any(e => e.Item is { } other && changed.Contains(other)))
                speaking.Add(stored.Finding.Item);
        }

        return speaking;
    }

    private async Task SaveAsync(string backlog, BacklogSnapshot snapshot, CancellationToken cancellation)
    {
        var version = snapshot.Version;
        await bodies.SaveAsync(IndexName(backlog), stream => SealedBody.WriteAsync(stream, packed =>
        {
            using (var header = new BinaryWriter(packed, Encoding.UTF8, leaveOpen: true))
                header.Write(version);
            snapshot.Index.Save(packed);
            return Task.CompletedTask;
        }, cancellation), cancellation);
        await bodies.SaveAsync(OutlinesName(backlog), stream => SealedBody.WriteAsync(stream, packed =>
            JsonSerializer.SerializeAsync(packed, new Stored(FormatVersion, version, [.. snapshot.Items.Values]), cancellationToken: cancellation),
            cancellation), cancellation);
        await store.SetCursorAsync(backlog, StoredCursor, version, cancellation);
    }

    /// <summary>The stored snapshot, its index read on first use; null when there is none that this version can read.</summary>
    private async Task<BacklogSnapshot?> LoadAsync(string backlog, CancellationToken cancellation)
    {
        try
        {
            await using var stream = await bodies.OpenAsync(OutlinesName(backlog), cancellation);
            if (stream is null)
                return null;
            await using var unpacked = await SealedBody.OpenAsync(stream, cancellation);
            var stored = await JsonSerializer.DeserializeAsync<Stored>(unpacked, cancellationToken: cancellation);
            if (stored is not { Format: FormatVersion })
                return null;
            return new BacklogSnapshot(stored.Items.ToDictionary(i => i.Item.Ref), new Once<SearchIndex>(() => LoadIndex(backlog, stored.Version)));
        }
        catch (Exception broken) when (broken is InvalidDataException or JsonException or EndOfStreamException)
        {
            return null;
        }
    }

    private SearchIndex LoadIndex(string backlog, string version)
    {
        try
        {
            // The index is read inside pure steps, which are synchronous; the store is a file or a small blob, read once per process.
            using var stream = bodies.OpenAsync(IndexName(backlog), CancellationToken.None).GetAwaiter().GetResult();
            if (stream is not null)
            {
                using var unpacked = SealedBody.OpenAsync(stream, CancellationToken.None).GetAwaiter().GetResult();
                using var header = new BinaryReader(unpacked, Encoding.UTF8, leaveOpen: true);
                if (header.ReadString() == version)
                    return SearchIndex.Load(unpacked);
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException or FormatException)
        {
            // Fall through: an index that cannot be read is built again.
        }

        var items = AllAsync(backlog, CancellationToken.None).GetAwaiter().GetResult();
        return SearchIndex.Build(items.Select(BacklogSnapshot.IndexedTextOf));
    }

    private static string OutlinesName(string backlog) => $"{backlog}/outlines";

    private static string IndexName(string backlog) => $"{backlog}/index";

    /// <summary>What one process has in memory of one backlog.</summary>
    private sealed class Kept
    {
        public SemaphoreSlim Gate { get; } = new(1);

        /// <summary>The snapshot as it is stored, or was built because none was, or too much had changed.</summary>
        public BacklogSnapshot? Base { get; private set; }

        /// <summary>The cursor when <see cref="Base"/> was taken: another one says that somebody has swept since.</summary>
        public string? Cursor { get; private set; }

        /// <summary>The base with what came since.</summary>
        public BacklogSnapshot? Current { get; set; }

        [return: NotNullIfNotNull(nameof(snapshot))]
        public BacklogSnapshot? Keep(BacklogSnapshot? snapshot, string? cursor)
        {
            (Base, Current, Cursor) = (snapshot, snapshot, cursor);
            return snapshot;
        }
    }

    private sealed record Stored(int Format, string Version, IReadOnlyList<OutlinedItem> Items);
}
