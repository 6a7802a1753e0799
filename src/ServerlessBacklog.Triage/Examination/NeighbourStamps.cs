using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Examination;

/// <summary>Tells items that something near them changed, so that what was found by their neighbours is looked at again.</summary>
internal sealed class NeighbourStamps(IBacklogStore store)
{
    /// <summary>Nearest items on each side that are looked at again when an item changes.</summary>
    private const int Touched = 20;

    /// <param name="last">The snapshot before the change; null when it is lost, so that all are told.</param>
    public async Task TellAsync(string backlog, BacklogSnapshot? last, BacklogSnapshot now, SnapshotChange change, CancellationToken cancellation)
    {
        var (changed, removed) = change;
        if (last is null && !await store.FindingsAsync(backlog, cancellation).AnyAsync(cancellation))
            return;
        var touched = last is null || change.IsLarge(now.Items.Count)
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
}
