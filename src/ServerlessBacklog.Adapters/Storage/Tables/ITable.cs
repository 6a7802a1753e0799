namespace ServerlessBacklog.Adapters.Storage.Tables;

/// <summary>
/// One table with the semantics of Azure Table Storage: rows by partition key and row key, an ETag that changes with every write, row
/// keys in ordinal order, atomic batches inside one partition. <see cref="TableRules"/> holds the limits; a call that breaks one throws
/// <see cref="ArgumentException"/> and writes nothing. Lost races are answers, not exceptions.
/// </summary>
public interface ITable
{
    /// <param name="columns">Properties to read; null reads all, an empty list reads keys and ETag only.</param>
    Task<TableRow?> FindAsync(string partitionKey, string rowKey, IReadOnlyCollection<string>? columns, CancellationToken cancellation);

    /// <summary>Rows of one partition in row key order. Read page by page: rows written meanwhile may or may not appear.</summary>
    /// <param name="columns">Properties to read; null reads all, an empty list reads keys and ETag only.</param>
    IAsyncEnumerable<TableRow> RangeAsync(
        string partitionKey, RowKeyRange range, IReadOnlyCollection<string>? columns, CancellationToken cancellation);

    /// <summary>
    /// Does all of <paramref name="batch"/> or nothing: at most <see cref="TableRules.MaxBatch"/> operations in one partition, each on
    /// another row.
    /// </summary>
    Task<BatchAnswer> ApplyAsync(IReadOnlyList<TableOperation> batch, CancellationToken cancellation);
}

/// <summary>Opens tables by name. Opening a table that is not there creates it.</summary>
public interface ITableStore
{
    /// <param name="name">3 … 63 letters and digits, a letter first.</param>
    ITable Open(string name);
}
