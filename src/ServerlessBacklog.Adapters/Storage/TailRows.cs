using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>
/// What changed lately, by the time of its writing. Each batch that changes items writes one row of its own here: an item cannot change
/// without it. A mark lies <see cref="Margin"/> before the moment of reading, so that a reader meets every row twice rather than never:
/// clocks of two processes may be half of it apart, and a commit may be the other half late. One that is later is told a second time.
/// </summary>
internal sealed class TailRows(ITable table, TimeProvider time)
{
    /// <summary>By how much two readings overlap.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Late = Margin / 2;

    private readonly DocumentTable documents = new(table);

    /// <summary>Applies writes that change items, several batches at once, each with what it changed. No write of them may conflict.</summary>
    public async Task ApplyAllAsync(string partition, IReadOnlyList<ItemWrite> writes, CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellation };
        await Parallel.ForEachAsync(
            writes.Chunk(TableRules.MaxBatch - 1),
            options,
            async (chunk, stop) => await ApplyAsync(partition, chunk, stop));
    }

    /// <summary>Applies some writes and what they change in one batch, or in several when they are too large for one.</summary>
    public async Task<TableConflict?> ApplyAsync(string partition, IReadOnlyList<ItemWrite> writes, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var batch = writes.SelectMany(w => w.Operations).ToList();
        var changes = writes.Where(w => w.IsChange).ToDictionary(w => w.Item, w => w.Hash);
        if (changes.Count > 0)
            batch.Add(TableOperation.Insert(await RowAsync(partition, changes, cancellation)));
        if (writes.Count > 1 && (batch.Count > TableRules.MaxBatch || batch.Sum(o => (long)TableRules.RequestSizeOf(o.Row)) > TableRules.MaxBatchBytes))
        {
            return await ApplyAsync(partition, [.. writes.Take(writes.Count / 2)], cancellation)
                ?? await ApplyAsync(partition, [.. writes.Skip(writes.Count / 2)], cancellation);
        }

        var answer = await table.ApplyAsync(batch, cancellation);
        if (answer.Conflict is null && changes.Count > 0 && time.GetElapsedTime(started) > Late)
            await table.InsertAsync(await RowAsync(partition, changes, cancellation), cancellation);
        return answer.Conflict;
    }

    public async Task<ItemTail> ReadAsync(string partition, string? after, CancellationToken cancellation)
    {
        var mark = Keys.Tail((time.GetUtcNow() - Margin).UtcTicks);
        var changed = new Dictionary<WorkItemRef, string?>();
        if (after is null)
            return new ItemTail(changed, mark);
        var unsure = new HashSet<WorkItemRef>();
        var range = RowKeyRange.Prefix(Keys.TailPrefix) with { From = after };
        await foreach (var batch in documents.RangeAsync<Dictionary<WorkItemRef, string?>>(partition, range, cancellation))
        {
            foreach (var (item, hash) in batch)
            {
                if (!changed.TryAdd(item, hash) && changed[item] != hash)
                    unsure.Add(item);
            }
        }

        // Which of two changes came last the clocks of two processes cannot tell; the item's row can.
        var rows = await table.FindManyAsync(partition, [.. unsure.Select(i => i.ToKey())], [ItemRow.Hash], cancellation);
        foreach (var item in unsure)
            changed[item] = rows.GetValueOrDefault(item.ToKey())?.Text(ItemRow.Hash);
        // A clock that was set back must not bring back what was told before.
        return new ItemTail(changed, string.CompareOrdinal(mark, after) < 0 ? after : mark);
    }

    public async Task ForgetAsync(string partition, string before, CancellationToken cancellation)
    {
        var old = new List<TableRow>();
        await foreach (var row in table.RangeAsync(partition, RowKeyRange.Prefix(Keys.TailPrefix) with { Before = before }, [], cancellation))
            old.Add(row);
        // Another process may have begun to do the same: what is gone is gone.
        foreach (var batch in old.Chunk(TableRules.MaxBatch))
        {
            if ((await table.ApplyAsync([.. batch.Select(TableOperation.Delete)], cancellation)).Conflict is not null)
                await Task.WhenAll(batch.Select(row => table.DeleteAsync(row, cancellation)));
        }
    }

    private ValueTask<TableRow> RowAsync(string partition, IReadOnlyDictionary<WorkItemRef, string?> changes, CancellationToken cancellation) => documents.RowAsync(
        partition, $"{Keys.Tail(time.GetUtcNow().UtcTicks)}|{Guid.NewGuid():n}", DocumentTable.Write(changes), [], cancellation);
}

/// <summary>Writes to the rows of one item.</summary>
/// <param name="IsChange">False where nothing changes that a step reads.</param>
/// <param name="Hash">Content hash from then on; null for an item that is removed.</param>
internal sealed record ItemWrite(IReadOnlyList<TableOperation> Operations, WorkItemRef Item, bool IsChange, string? Hash);
