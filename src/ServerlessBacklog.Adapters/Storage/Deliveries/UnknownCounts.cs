using ServerlessBacklog.Adapters.Storage.Tables;

namespace ServerlessBacklog.Adapters.Storage.Deliveries;

/// <summary>
/// How many deliveries of each unknown event are kept, counted exactly: a count changes in the batch that brings or forgets deliveries. It is
/// spread over parts, so that deliveries which come together seldom meet on one row; those of one process never do.
/// </summary>
internal sealed class UnknownCounts(ITable table)
{
    private const int Parts = 8;

    /// <summary>Another process can only get in between so often: each time it has written the same part.</summary>
    private const int MaxAttempts = 20;

    private const string Name = "Name";
    private const string Count = "Count";

    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, Parts).Select(_ => new SemaphoreSlim(1))];
    private int last;

    /// <summary>Applies <paramref name="batch"/> and the change of a count as one.</summary>
    /// <returns>Why <paramref name="batch"/> could not be applied; null when it was.</returns>
    public async Task<TableConflict?> ApplyAsync(
        string partition, string name, int change, IReadOnlyList<TableOperation> batch, CancellationToken cancellation)
    {
        var part = (int)((uint)Interlocked.Increment(ref last) % Parts);
        await turns[part].WaitAsync(cancellation);
        try
        {
            for (var attempt = 0; attempt < MaxAttempts; attempt++)
            {
                var answer = await table.ApplyAsync([.. batch, await CountedAsync(partition, name, part, change, cancellation)], cancellation);
                if (answer.Conflict is null || answer.Conflict.Operation < batch.Count)
                    return answer.Conflict;
            }
        }
        finally
        {
            turns[part].Release();
        }

        throw new IOException("Unknown deliveries could not be counted: other writers were always faster.");
    }

    public async Task AddToAsync(string partition, Dictionary<string, int> counts, CancellationToken cancellation)
    {
        await foreach (var row in table.RangeAsync(partition, RowKeyRange.Prefix(DeliveryKeys.UnknownPrefix), null, cancellation))
        {
            var name = row.Text(Name)!;
            counts[name] = counts.GetValueOrDefault(name) + (int)row.Number(Count)!.Value;
            if (counts[name] == 0)
                counts.Remove(name);
        }
    }

    private async Task<TableOperation> CountedAsync(string partition, string name, int part, int change, CancellationToken cancellation)
    {
        var key = DeliveryKeys.Unknown(name, part);
        var stored = await table.FindAsync(partition, key, null, cancellation);
        var properties = new Dictionary<string, object> { [Name] = name, [Count] = (stored?.Number(Count) ?? 0) + change };
        var row = new TableRow(partition, key, properties, stored?.ETag);
        return stored is null ? TableOperation.Insert(row) : TableOperation.Replace(row);
    }
}
