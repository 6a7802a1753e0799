using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>Changes one item by what is stored of it: reads, lets the caller decide, and writes exactly over what was read, or begins anew.</summary>
internal sealed class ItemUpdates(ITable table, TailRows tail)
{
    /// <summary>Another writer can only get in between so often: each time it has changed the same item.</summary>
    private const int MaxAttempts = 20;

    private const string GoneAt = "GoneAt";

    private readonly DocumentTable documents = new(table);

    public async Task<ItemChange> UpdateAsync(string backlog, WorkItemRef item, Func<KnownItem, ItemUpdate> update, CancellationToken cancellation)
    {
        var partition = Keys.Backlog(backlog);
        Attempt? last = null;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var known = await ReadAsync(partition, item, cancellation);
            // A conflict may be the echo of our own write, whose first answer was lost.
            if (last is { } lost && lost.IsStored(known))
                return lost.Change;
            var change = update(known.Item);
            last = Attempt.Of(known, change, item);
            if (last is null)
                return new ItemChange(known.Hash, known.Hash);
            var write = await WriteAsync(partition, item, known, last, cancellation);
            if (await tail.ApplyAsync(partition, [write], cancellation) is not null)
                continue;
            if (await HoldsAsync(partition, item, known, last, cancellation))
                return last.Change;
            last = null;
        }

        throw new IOException($"{item} could not be saved: other writers were always faster.");
    }

    private async Task<Known> ReadAsync(string partition, WorkItemRef item, CancellationToken cancellation)
    {
        var rows = await Task.WhenAll(
            table.FindAsync(partition, item.ToKey(), null, cancellation),
            table.FindAsync(partition, Keys.Gone(item), null, cancellation));
        var stored = rows[0] is { } row ? (await documents.ReadAllAsync<WorkItem>([row], cancellation))[0] : null;
        return new Known(rows[0], rows[1], new KnownItem(stored, rows[1]?.Time(GoneAt)));
    }

    private async Task<ItemWrite> WriteAsync(string partition, WorkItemRef item, Known known, Attempt attempt, CancellationToken cancellation)
    {
        if (attempt.Row is { } row)
        {
            var written = await documents.RowAsync(partition, row.Key, row.Json, row.Columns(), cancellation);
            return new ItemWrite([PutOver(known.Row, written)], item, attempt.Change.IsChange, row.ContentHash);
        }

        var gone = new TableRow(partition, Keys.Gone(item), new Dictionary<string, object> { [GoneAt] = attempt.GoneAt!.Value });
        IReadOnlyList<TableOperation> writes = known.Row is null
            ? [PutOver(known.Gone, gone)]
            : [TableOperation.Delete(known.Row), PutOver(known.Gone, gone)];
        return new ItemWrite(writes, item, attempt.Change.IsChange, null);
    }

    /// <summary>
    /// Nothing in a batch can say that a row must not be there. Of two writers, one that removes an item which it does not find and one
    /// that brings the item, the later one sees here what the other wrote, and decides again by that.
    /// </summary>
    private async Task<bool> HoldsAsync(string partition, WorkItemRef item, Known before, Attempt attempt, CancellationToken cancellation)
    {
        if (before.Row is not null)
            return true;
        if (attempt.Row is null)
            return await table.FindAsync(partition, item.ToKey(), [], cancellation) is null;
        if ((await table.FindAsync(partition, Keys.Gone(item), [], cancellation))?.ETag == before.Gone?.ETag)
            return true;
        // It was removed meanwhile: what we brought goes again, so that the next decision starts from what was there.
        if (await table.FindAsync(partition, item.ToKey(), [ItemRow.Digest], cancellation) is { } brought && brought.Text(ItemRow.Digest) == attempt.Row.JsonDigest)
            await tail.ApplyAsync(partition, [new ItemWrite([TableOperation.Delete(brought)], item, true, null)], cancellation);
        return false;
    }

    private static TableOperation PutOver(TableRow? old, TableRow row) =>
        old is null ? TableOperation.Insert(row) : TableOperation.Replace(row with { ETag = old.ETag });

    private sealed record Known(TableRow? Row, TableRow? Gone, KnownItem Item)
    {
        public string? Hash => Row?.Text(ItemRow.Hash);
    }

    /// <summary>What is to be written: an item, or that it went.</summary>
    private sealed record Attempt(ItemRow? Row, DateTimeOffset? GoneAt, ItemChange Change)
    {
        /// <summary>Null when everything is stored as it should be.</summary>
        public static Attempt? Of(Known known, ItemUpdate update, WorkItemRef item)
        {
            if (update.GoneAt is { } goneAt)
            {
                var at = known.Item.GoneAt > goneAt ? known.Item.GoneAt.Value : goneAt.ToUniversalTime();
                return known.Row is null && known.Item.GoneAt == at ? null : new Attempt(null, at, new ItemChange(known.Hash, null));
            }

            if (update.Item is not { } now)
                return null;
            if (now.Ref != item)
                throw new ArgumentException($"{now.Ref} was given in place of {item}.", nameof(update));
            var row = ItemRow.Of(now);
            return known.Row?.Text(ItemRow.Digest) == row.JsonDigest ? null : new Attempt(row, null, new ItemChange(known.Hash, row.ContentHash));
        }

        public bool IsStored(Known known) => Row is null
            ? known.Row is null && known.Item.GoneAt == GoneAt
            : known.Row?.Text(ItemRow.Digest) == Row.JsonDigest;
    }
}
