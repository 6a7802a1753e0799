namespace ServerlessBacklog.Adapters.Storage.Tables;

/// <summary>The everyday calls, said with the three of <see cref="ITable"/>.</summary>
public static class TableExtensions
{
    /// <summary>From so many keys on a range read is tried before single reads.</summary>
    private const int ManyKeys = 50;

    /// <summary>A range read goes on while one in so many rows is wanted, after a first stretch of <see cref="Patience"/> rows.</summary>
    private const int Sparse = 10;

    private const int Patience = 500;
    private const int ReadsAtOnce = 32;
    private const int BatchesAtOnce = 8;

    /// <returns>The new ETag, or null when the row is there already.</returns>
    public static async Task<string?> InsertAsync(this ITable table, TableRow row, CancellationToken cancellation) =>
        (await table.ApplyAsync([TableOperation.Insert(row)], cancellation)) is { Conflict: null } answer ? answer.ETags[0] : null;

    public static async Task<string> UpsertAsync(this ITable table, TableRow row, CancellationToken cancellation) =>
        (await table.ApplyAsync([TableOperation.Upsert(row)], cancellation)).ETags[0]!;

    /// <returns>The new ETag, or null when the row is gone or no longer has <see cref="TableRow.ETag"/>.</returns>
    public static async Task<string?> ReplaceAsync(this ITable table, TableRow row, CancellationToken cancellation) =>
        (await table.ApplyAsync([TableOperation.Replace(row)], cancellation)) is { Conflict: null } answer ? answer.ETags[0] : null;

    /// <returns>False when the row is gone or no longer has <see cref="TableRow.ETag"/>.</returns>
    public static async Task<bool> DeleteAsync(this ITable table, TableRow row, CancellationToken cancellation) =>
        (await table.ApplyAsync([TableOperation.Delete(row)], cancellation)).Conflict is null;

    /// <summary>Upserts any number of rows of one partition: each batch is atomic, the whole is not.</summary>
    public static Task UpsertAllAsync(this ITable table, IEnumerable<TableRow> rows, CancellationToken cancellation) =>
        table.ApplyAllAsync([.. TableBatches.Pack(rows.Select(r => (TableOperation[])[TableOperation.Upsert(r)]))], cancellation);

    /// <summary>Applies batches, several at once, each for itself.</summary>
    /// <returns>The answers in the order of the batches.</returns>
    public static async Task<IReadOnlyList<BatchAnswer>> ApplyAllAsync(
        this ITable table, IReadOnlyList<IReadOnlyList<TableOperation>> batches, CancellationToken cancellation)
    {
        var answers = new BatchAnswer[batches.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = BatchesAtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, batches.Count, options, async (i, stop) => answers[i] = await table.ApplyAsync(batches[i], stop));
        return answers;
    }

    /// <summary>Those of <paramref name="rowKeys"/> that are there, by row key.</summary>
    public static async Task<Dictionary<string, TableRow>> FindManyAsync(
        this ITable table, string partitionKey, IReadOnlyCollection<string> rowKeys, IReadOnlyCollection<string>? columns, CancellationToken cancellation)
    {
        var found = new Dictionary<string, TableRow>(StringComparer.Ordinal);
        var left = rowKeys.Count < ManyKeys ? rowKeys : await FindInRangeAsync(table, partitionKey, rowKeys, columns, found, cancellation);
        foreach (var chunk in left.Chunk(ReadsAtOnce))
        {
            foreach (var row in await Task.WhenAll(chunk.Select(k => table.FindAsync(partitionKey, k, columns, cancellation))))
            {
                if (row is not null)
                    found[row.RowKey] = row;
            }
        }

        return found;
    }

    /// <summary>
    /// Reads from the first key to the last. Neighbouring keys, and keys of which none is there, then cost one request for a page instead
    /// of one each.
    /// </summary>
    /// <returns>The keys that are left because too few of the rows between them are wanted.</returns>
    private static async Task<IReadOnlyCollection<string>> FindInRangeAsync(
        ITable table,
        string partitionKey,
        IReadOnlyCollection<string> rowKeys,
        IReadOnlyCollection<string>? columns,
        Dictionary<string, TableRow> found,
        CancellationToken cancellation)
    {
        var wanted = rowKeys.ToHashSet(StringComparer.Ordinal);
        var range = RowKeyRange.Between(wanted.Min(StringComparer.Ordinal)!, wanted.Max(StringComparer.Ordinal)!);
        var read = 0;
        await foreach (var row in table.RangeAsync(partitionKey, range, columns, cancellation))
        {
            if (wanted.Contains(row.RowKey))
                found[row.RowKey] = row;
            if (++read >= Patience && found.Count * Sparse < read)
                return [.. wanted.Where(k => string.CompareOrdinal(k, row.RowKey) > 0)];
        }

        return [];
    }
}
