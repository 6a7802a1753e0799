using System.Runtime.CompilerServices;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>Items and the stamps of their neighbourhood.</summary>
internal sealed class ItemRows(ITable table, TailRows tail)
{
    private const string Ref = ItemRow.Ref;
    private const string Hash = ItemRow.Hash;
    private const string Digest = ItemRow.Digest;
    private const string Stamp = "Stamp";

    private readonly DocumentTable documents = new(table);

    /// <remarks>
    /// An item counts as changed when its content hash differs. A row is also written when only what the hash leaves out (revision, URL)
    /// differs, so that later writes to the tracker start from its newest revision.
    /// </remarks>
    public async Task<SavedItems> SaveAsync(string backlog, IReadOnlyCollection<WorkItem> items, CancellationToken cancellation)
    {
        var partition = Keys.Backlog(backlog);
        var given = items.GroupBy(i => i.Ref).Select(same => same.Last())
            .AsParallel().AsOrdered().Select(ItemRow.Of).ToList();
        var stored = await table.FindManyAsync(partition, [.. given.Select(g => g.Key)], [Hash, Digest], cancellation);
        var (added, changed, rows) = (new List<WorkItemRef>(), new List<WorkItemRef>(), new List<ItemRow>());
        foreach (var row in given)
        {
            var old = stored.GetValueOrDefault(row.Key);
            if (old is null)
                added.Add(row.Item);
            else if (old.Text(Hash) != row.ContentHash)
                changed.Add(row.Item);
            if (old?.Text(Digest) != row.JsonDigest)
                rows.Add(row);
        }

        var news = added.Concat(changed).ToHashSet();
        var writes = new List<ItemWrite>(rows.Count);
        foreach (var row in rows)
        {
            var upsert = TableOperation.Upsert(await documents.RowAsync(partition, row.Key, row.Json, row.Columns(), cancellation));
            writes.Add(new ItemWrite([upsert], row.Item, news.Contains(row.Item), row.ContentHash));
        }

        await tail.ApplyAllAsync(partition, writes, cancellation);
        return new SavedItems(added, changed, given.Count - added.Count - changed.Count);
    }

    public async IAsyncEnumerable<WorkItem> AllAsync(string backlog, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var range in Keys.Items)
        {
            await foreach (var item in documents.RangeAsync<WorkItem>(Keys.Backlog(backlog), range, cancellation))
                yield return item;
        }
    }

    public async Task<IReadOnlyList<WorkItem>> FindAsync(string backlog, IReadOnlyCollection<WorkItemRef> items, CancellationToken cancellation)
    {
        var keys = items.Select(i => i.ToKey()).ToList();
        var rows = await table.FindManyAsync(Keys.Backlog(backlog), [.. keys.Distinct()], null, cancellation);
        return await documents.ReadAllAsync<WorkItem>([.. keys.Select(k => rows.GetValueOrDefault(k)).OfType<TableRow>()], cancellation);
    }

    public async IAsyncEnumerable<ItemStamp> StampsAsync(string backlog, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var stamps = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var row in table.RangeAsync(Keys.Neighbours(backlog), RowKeyRange.All, [Stamp], cancellation))
            stamps.Add(row.RowKey, row.Text(Stamp) ?? "");
        foreach (var range in Keys.Items)
        {
            await foreach (var row in table.RangeAsync(Keys.Backlog(backlog), range, [Ref, Hash], cancellation))
                yield return new ItemStamp(WorkItemRef.Parse(row.Text(Ref)!), row.Text(Hash)!, stamps.GetValueOrDefault(row.RowKey, ""));
        }
    }

    public async Task<IReadOnlyList<ItemStamp>> FindStampsAsync(string backlog, IReadOnlyCollection<WorkItemRef> items, CancellationToken cancellation)
    {
        var keys = items.Select(i => i.ToKey()).Distinct().ToList();
        var stamps = await table.FindManyAsync(Keys.Neighbours(backlog), keys, [Stamp], cancellation);
        var rows = await table.FindManyAsync(Keys.Backlog(backlog), keys, [Ref, Hash], cancellation);
        return [.. rows.Values.Select(row => new ItemStamp(
            WorkItemRef.Parse(row.Text(Ref)!), row.Text(Hash)!, stamps.GetValueOrDefault(row.RowKey)?.Text(Stamp) ?? ""))];
    }

    public Task StampNeighboursAsync(string backlog, IReadOnlyCollection<WorkItemRef> items, string stamp, CancellationToken cancellation)
    {
        var partition = Keys.Neighbours(backlog);
        var properties = new Dictionary<string, object> { [Stamp] = stamp };
        return table.UpsertAllAsync(items.Distinct().Select(i => new TableRow(partition, i.ToKey(), properties)), cancellation);
    }
}
