using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>Answers of language models: a row each, and continuations of long ones.</summary>
public sealed class ModelCacheRows(ITableStore tables) : IModelCache
{
    private const string At = "SavedAt";

    private readonly ITable table = tables.Open(Keys.ModelCacheTable);

    public async Task<string?> FindAsync(string backlog, string key, CancellationToken cancellation) =>
        await table.FindAsync(Keys.Backlog(backlog), StorageKey.Of(key), null, cancellation) is { } row
            ? (await new DocumentTable(table).ReadAllAsync<string>([row], cancellation))[0]
            : null;

    public async Task SaveAsync(string backlog, string key, string answer, DateTimeOffset at, CancellationToken cancellation)
    {
        var columns = new Dictionary<string, object> { [At] = at };
        await table.UpsertAsync(await new DocumentTable(table).RowAsync(Keys.Backlog(backlog), StorageKey.Of(key), DocumentTable.Write(answer), columns, cancellation), cancellation);
    }

    public async Task<int> PurgeAsync(string backlog, DateTimeOffset? before, CancellationToken cancellation)
    {
        var partition = Keys.Backlog(backlog);
        var old = await table.RangeAsync(partition, RowKeyRange.All, [At], cancellation).Where(r => before is null || r.Time(At) < before).ToListAsync(cancellation);
        foreach (var row in old)
            await ForgetRestAsync(partition, RowKeyRange.Prefix($"{row.RowKey}|"), cancellation);
        // Also what belongs to no row any more, because its answer was replaced.
        if (before is null)
            await ForgetRestAsync(partition, RowKeyRange.All, cancellation);
        return await DeleteAsync(old, cancellation);
    }

    private async Task ForgetRestAsync(string partition, RowKeyRange range, CancellationToken cancellation) =>
        await DeleteAsync(await table.RangeAsync(Keys.Continuations(partition), range, [], cancellation).ToListAsync(cancellation), cancellation);

    /// <returns>How many this process deleted: another may purge as well.</returns>
    private async Task<int> DeleteAsync(IReadOnlyList<TableRow> rows, CancellationToken cancellation)
    {
        var deleted = 0;
        foreach (var batch in rows.Select(r => r with { ETag = null }).Chunk(TableRules.MaxBatch))
        {
            if ((await table.ApplyAsync([.. batch.Select(TableOperation.Delete)], cancellation)).Conflict is null)
                deleted += batch.Length;
            else
                foreach (var row in batch)
                    deleted += await table.DeleteAsync(row, cancellation) ? 1 : 0;
        }

        return deleted;
    }
}
