using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using ServerlessBacklog.Adapters.Storage.Tables;

namespace ServerlessBacklog.Adapters.Storage.Sqlite;

/// <summary>
/// One table in the file. Keys compare as UTF-8 bytes, which is Azure's ordinal order for all keys that <see cref="TableRules"/> allows.
/// ETags are numbers from one counter of the file, so that none ever comes back.
/// </summary>
internal sealed class SqliteTable(SqliteTables tables, string name) : ITable
{
    private const int PageRows = 1000;
    private const int PageBytes = 8 * 1024 * 1024;

    private readonly string find = $"SELECT row, version, properties FROM t{name} WHERE partition = $0 AND row = $1";
    private readonly string range = $"SELECT row, version, properties FROM t{name} WHERE partition = $0 AND row >= $1 ORDER BY row";
    private readonly string rangeBefore =
        $"SELECT row, version, properties FROM t{name} WHERE partition = $0 AND row >= $1 AND row < $2 ORDER BY row";

    private readonly string insert =
        $"INSERT INTO t{name} (partition, row, version, properties) VALUES ($0, $1, $2, $3) ON CONFLICT DO NOTHING";

    private readonly string upsert =
        $"INSERT INTO t{name} (partition, row, version, properties) VALUES ($0, $1, $2, $3) ON CONFLICT (partition, row) DO UPDATE SET version = $2, properties = $3";

    private readonly string versionOf = $"SELECT version FROM t{name} WHERE partition = $0 AND row = $1";
    private readonly string delete = $"DELETE FROM t{name} WHERE partition = $0 AND row = $1";

    public Task<TableRow?> FindAsync(string partitionKey, string rowKey, IReadOnlyCollection<string>? columns, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        TableRules.CheckKey(partitionKey);
        TableRules.CheckKey(rowKey);
        return Task.FromResult(tables.Run(session =>
        {
            using var reader = session.Command(find, partitionKey, rowKey).ExecuteReader();
            return reader.Read() ? Row(reader, partitionKey, columns) : null;
        }));
    }

    /// <remarks>Holds no connection between pages, so that the caller may write while it reads.</remarks>
    public async IAsyncEnumerable<TableRow> RangeAsync(
        string partitionKey, RowKeyRange range, IReadOnlyCollection<string>? columns, [EnumeratorCancellation] CancellationToken cancellation)
    {
        TableRules.CheckKey(partitionKey);
        await Task.CompletedTask;
        for (var from = range.From; from is not null;)
        {
            cancellation.ThrowIfCancellationRequested();
            var (rows, next) = ReadPage(partitionKey, from, range.Before, columns);
            foreach (var row in rows)
                yield return row;
            from = next;
        }
    }

    public async Task<BatchAnswer> ApplyAsync(IReadOnlyList<TableOperation> batch, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(tables.IsDisposed, tables);
        TableRules.CheckBatch(batch);
        // On the caller's thread: the one that writes has enough to do.
        var encoded = batch.Select(o => o.Verb == TableVerb.Delete ? [] : PropertyCodec.Encode(o.Row.Properties)).ToList();
        return await tables.WriteAsync((session, version) => Write(session, batch, encoded, version), batch.Count, cancellation);
    }

    private (List<TableRow> Rows, string? Next) ReadPage(string partitionKey, string from, string? before, IReadOnlyCollection<string>? columns) =>
        tables.Run<(List<TableRow>, string?)>(session =>
        {
            var rows = new List<TableRow>();
            using var reader = (before is null
                ? session.Command(range, partitionKey, from)
                : session.Command(rangeBefore, partitionKey, from, before)).ExecuteReader();
            for (var bytes = 0; reader.Read();)
            {
                var row = Row(reader, partitionKey, columns);
                rows.Add(row);
                bytes += TableRules.SizeOf(row);
                if (rows.Count == PageRows || bytes > PageBytes)
                    return (rows, row.RowKey + ' ');
            }

            return (rows, null);
        });

    private static TableRow Row(SqliteDataReader reader, string partitionKey, IReadOnlyCollection<string>? columns) => new(
        partitionKey,
        reader.GetString(0),
        columns is { Count: 0 } ? PropertyCodec.None : PropertyCodec.Decode(reader.GetFieldValue<byte[]>(2), columns),
        reader.GetInt64(1).ToString(CultureInfo.InvariantCulture));

    private BatchAnswer Write(SqliteSession session, IReadOnlyList<TableOperation> batch, List<byte[]> encoded, long version)
    {
        var etags = new List<string?>(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            if (Write(session, batch[i], encoded[i], ++version) is { } kind)
                return new BatchAnswer([], new TableConflict(kind, i));
            etags.Add(batch[i].Verb == TableVerb.Delete ? null : version.ToString(CultureInfo.InvariantCulture));
        }

        return new BatchAnswer(etags);
    }

    private ConflictKind? Write(SqliteSession session, TableOperation operation, byte[] properties, long version)
    {
        var row = operation.Row;
        switch (operation.Verb)
        {
            case TableVerb.Insert:
                return Put(insert) == 1 ? null : ConflictKind.Exists;
            case TableVerb.Upsert:
                Put(upsert);
                return null;
        }

        if (session.Command(versionOf, row.PartitionKey, row.RowKey).ExecuteScalar() is not long stored)
            return ConflictKind.Absent;
        if (row.ETag is not null && row.ETag != stored.ToString(CultureInfo.InvariantCulture))
            return ConflictKind.Changed;
        if (operation.Verb == TableVerb.Replace)
            Put(upsert);
        else
            session.Command(delete, row.PartitionKey, row.RowKey).ExecuteNonQuery();
        return null;

        int Put(string sql) => session.Command(sql, row.PartitionKey, row.RowKey, version, properties).ExecuteNonQuery();
    }
}
