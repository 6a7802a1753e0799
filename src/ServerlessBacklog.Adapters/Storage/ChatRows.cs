using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Chat;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>What was said in chats: a row for each request, which keeps what was said only while it is not done.</summary>
public sealed class ChatRows(ITableStore tables) : IChatStore
{
    private const string At = "At";
    private const string Done = "Done";
    private const string ClaimedAt = "ClaimedAt";

    /// <summary>Tries after which nothing more is done: what fails so often fails always.</summary>
    private const int MostAttempts = 5;

    private readonly ITable table = tables.Open(Keys.ChatTable);

    private DocumentTable Documents => new(table);

    public async Task<ChatRequest?> AddAsync(ChatRequest request, CancellationToken cancellation) =>
        await table.InsertAsync(await RowAsync(request, request.At - TimeSpan.FromDays(1), cancellation), cancellation) is { } version ? request with { Version = version } : null;

    public async Task<ChatRequest?> ClaimAsync(ChatRequest request, DateTimeOffset now, CancellationToken cancellation)
    {
        var claimed = request with { Attempts = request.Attempts + 1 };
        return await table.ReplaceAsync(await RowAsync(claimed, now, cancellation) with { ETag = request.Version }, cancellation) is { } version ? claimed with { Version = version } : null;
    }

    public Task EndAsync(ChatRequest request, CancellationToken cancellation) =>
        table.UpsertAsync(new TableRow(Keys.Chats, StorageKey.Of(request.Key), new Dictionary<string, object> { [At] = request.At, [Done] = true }), cancellation);

    public async Task<IReadOnlyList<ChatRequest>> WaitingAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        var rows = await table.RangeAsync(Keys.Chats, RowKeyRange.All, null, cancellation).Where(r => !r.Properties.ContainsKey(Done) && r.Time(ClaimedAt) < since && r.Time(At) < since).ToListAsync(cancellation);
        return [.. (await Documents.ReadAllAsync<ChatRequest>(rows, cancellation)).Zip(rows, (c, r) => c with { Version = r.ETag }).Where(c => c.Attempts < MostAttempts).OrderBy(c => c.At)];
    }

    public async Task PurgeAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        foreach (var row in await table.RangeAsync(Keys.Chats, RowKeyRange.All, [At], cancellation).Where(r => r.Time(At) < before).ToListAsync(cancellation))
            await table.DeleteAsync(row, cancellation);
    }

    private Task<TableRow> RowAsync(ChatRequest request, DateTimeOffset claimedAt, CancellationToken cancellation) => Documents.RowAsync(
        Keys.Chats, StorageKey.Of(request.Key), DocumentTable.Write(request), new Dictionary<string, object> { [At] = request.At, [ClaimedAt] = claimedAt }, cancellation).AsTask();
}
