using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Waits;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>Asks and waits: a row each, in a table of their own, since they are few and read as a whole.</summary>
public sealed class PendingRows(ITableStore tables) : IPendingStore
{
    private const string SettledAt = "SettledAt";
    private const string AskPrefix = "ask|";
    private const string WaitPrefix = "wait|";

    private readonly ITable table = tables.Open(Keys.PendingTable);

    private DocumentTable Documents => new(table);

    public Task SaveAskAsync(string backlog, Ask ask, CancellationToken cancellation) =>
        SaveAsync(backlog, Key(AskPrefix, ask.Item, ask.Decision), ask, ask.SettledAt, cancellation);

    public Task<Ask?> FindAskAsync(string backlog, WorkItemRef item, string decision, CancellationToken cancellation) =>
        FindAsync<Ask>(backlog, Key(AskPrefix, item, decision), cancellation);

    public Task<IReadOnlyList<Ask>> AsksAsync(string backlog, CancellationToken cancellation) => RangeAsync<Ask>(backlog, AskPrefix, cancellation);

    public Task<IReadOnlyList<Ask>> AsksAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        RangeAsync<Ask>(backlog, $"{AskPrefix}{item.ToKey()}|", cancellation);

    public Task SaveWaitAsync(string backlog, Wait wait, CancellationToken cancellation) =>
        SaveAsync(backlog, Key(WaitPrefix, wait.Item, wait.Decision), wait, wait.SettledAt, cancellation);

    public Task<Wait?> FindWaitAsync(string backlog, WorkItemRef item, string decision, CancellationToken cancellation) =>
        FindAsync<Wait>(backlog, Key(WaitPrefix, item, decision), cancellation);

    public Task<IReadOnlyList<Wait>> WaitsAsync(string backlog, CancellationToken cancellation) => RangeAsync<Wait>(backlog, WaitPrefix, cancellation);

    public Task<IReadOnlyList<Wait>> WaitsAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        RangeAsync<Wait>(backlog, $"{WaitPrefix}{item.ToKey()}|", cancellation);

    public async Task PurgeAsync(string backlog, DateTimeOffset settledBefore, CancellationToken cancellation)
    {
        var old = await table.RangeAsync(Keys.Backlog(backlog), RowKeyRange.All, [SettledAt], cancellation).Where(r => r.Time(SettledAt) < settledBefore).ToListAsync(cancellation);
        foreach (var row in old)
            await table.DeleteAsync(row, cancellation);
    }

    private static string Key(string prefix, WorkItemRef item, string decision) => $"{prefix}{item.ToKey()}|{StorageKey.Of(decision)}";

    private async Task SaveAsync<T>(string backlog, string key, T document, DateTimeOffset? settledAt, CancellationToken cancellation)
    {
        var columns = settledAt is { } at ? new Dictionary<string, object> { [SettledAt] = at } : [];
        await table.UpsertAsync(await Documents.RowAsync(Keys.Backlog(backlog), key, DocumentTable.Write(document), columns, cancellation), cancellation);
    }

    private async Task<T?> FindAsync<T>(string backlog, string key, CancellationToken cancellation)
        where T : class =>
        await table.FindAsync(Keys.Backlog(backlog), key, null, cancellation) is { } row ? (await Documents.ReadAllAsync<T>([row], cancellation))[0] : null;

    private async Task<IReadOnlyList<T>> RangeAsync<T>(string backlog, string prefix, CancellationToken cancellation) =>
        await Documents.RangeAsync<T>(Keys.Backlog(backlog), RowKeyRange.Prefix(prefix), cancellation).ToListAsync(cancellation);
}
