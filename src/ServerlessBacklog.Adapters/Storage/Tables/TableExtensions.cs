namespace ServerlessBacklog.Adapters.Storage.Tables;

/// <summary>The everyday calls, said with the three of <see cref="ITable"/>.</summary>
public static class TableExtensions
{
    /// <summary>Above this many keys one range read costs less than single reads.</summary>
    private const int ManyKeys = 1000;

    private const int AtOnce = 16;

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

    /// <summary>Upserts any number of rows of one partition, batch by batch: each batch is atomic, the whole is not.</summary>
    public static async Task UpsertAllAsync(this ITable table, IEnumerable<TableRow> rows, CancellationToken cancellation)
    {
        foreach (var batch in TableBatches.Pack(rows.Select(r => (TableOperation[])[TableOperation.Upsert(r)])))
            await table.ApplyAsync(batch, cancellation);
    }

    /// <summary>Those of <paramref name="rowKeys"/> that are there, by row key.</summary>
    public static async Task<Dictionary<string, TableRow>> FindManyAsync(
        this ITable table, string partitionKey, IReadOnlyCollection<string> rowKeys, IReadOnlyCollection<string>? columns, CancellationToken cancellation)
    {
        var found = new Dictionary<string, TableRow>(StringComparer.Ordinal);
        if (rowKeys.Count > ManyKeys)
        {
            var wanted = rowKeys.ToHashSet(StringComparer.Ordinal);
            var range = RowKeyRange.Between(wanted.Min(StringComparer.Ordinal)!, wanted.Max(StringComparer.Ordinal)!);
            await foreach (var row in table.RangeAsync(partitionKey, range, columns, cancellation))
            {
                if (wanted.Contains(row.RowKey))
                    found[row.RowKey] = row;
            }

            return found;
        }

        foreach (var chunk in rowKeys.Chunk(AtOnce))
        {
            foreach (var row in await Task.WhenAll(chunk.Select(k => table.FindAsync(partitionKey, k, columns, cancellation))))
            {
                if (row is not null)
                    found[row.RowKey] = row;
            }
        }

        return found;
    }
}
