using System.Security.Cryptography;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Notifications;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>
/// What was sent, and what people chose: a row for each message and each address of a backlog. Addresses that are left alone, and the key of links, belong to no
/// backlog and lie in a table of their own.
/// </summary>
public sealed class NotificationRows(ITableStore tables) : INotificationStore
{
    private const string State = "State";
    private const string ChangedAt = "ChangedAt";
    private const string SendPrefix = "send|";
    private const string ChoicePrefix = "choice|";
    private const string Key = "Key";

    private readonly ITable table = tables.Open(Keys.NotificationTable);
    private readonly ITable beside = tables.Open(Keys.AddressTable);
    private byte[]? linkKey;

    private DocumentTable Documents => new(table);

    public async Task<Sending?> BeginAsync(string backlog, Sending sending, CancellationToken cancellation) =>
        await table.InsertAsync(await RowAsync(backlog, sending, cancellation), cancellation) is { } version ? sending with { Version = version } : null;

    public async Task<Sending?> ReplaceAsync(string backlog, Sending sending, CancellationToken cancellation)
    {
        if (sending.Version is null)
            throw new ArgumentException("A row that was not read has no version that could be replaced.", nameof(sending));
        return await table.ReplaceAsync(await RowAsync(backlog, sending, cancellation) with { ETag = sending.Version }, cancellation) is { } version ? sending with { Version = version } : null;
    }

    public async Task<Sending?> FindAsync(string backlog, string key, CancellationToken cancellation) =>
        await table.FindAsync(Keys.Backlog(backlog), RowKey(key), null, cancellation) is { } row ? (await ReadAsync([row], cancellation))[0] : null;

    public async Task<IReadOnlyList<Sending>> OpenAsync(string backlog, CancellationToken cancellation)
    {
        var open = await table.RangeAsync(Keys.Backlog(backlog), RowKeyRange.Prefix(SendPrefix), [State], cancellation)
            .Where(r => r.Text(State) is nameof(SendState.Held) or nameof(SendState.Pending) or nameof(SendState.Later)).Select(r => r.RowKey).ToListAsync(cancellation);
        return [.. (await ReadAsync([.. (await table.FindManyAsync(Keys.Backlog(backlog), open, null, cancellation)).Values], cancellation)).Where(s => s.IsOpen).OrderBy(s => s.At)];
    }

    public async Task<IReadOnlyList<Sending>> LatestAsync(string backlog, int most, CancellationToken cancellation)
    {
        var newest = (await table.RangeAsync(Keys.Backlog(backlog), RowKeyRange.Prefix(SendPrefix), [ChangedAt], cancellation).ToListAsync(cancellation))
            .OrderByDescending(r => r.Time(ChangedAt)).Take(most).Select(r => r.RowKey).ToList();
        return [.. (await ReadAsync([.. (await table.FindManyAsync(Keys.Backlog(backlog), newest, null, cancellation)).Values], cancellation)).OrderByDescending(s => s.ChangedAt).ThenBy(s => s.Key, StringComparer.Ordinal)];
    }

    public async Task PurgeAsync(string backlog, DateTimeOffset before, CancellationToken cancellation)
    {
        foreach (var row in await table.RangeAsync(Keys.Backlog(backlog), RowKeyRange.Prefix(SendPrefix), [ChangedAt], cancellation).Where(r => r.Time(ChangedAt) < before).ToListAsync(cancellation))
            await table.DeleteAsync(row, cancellation);
    }

    public async Task SaveChoiceAsync(string backlog, SubscriberChoice choice, CancellationToken cancellation) => await table.UpsertAsync(
        await Documents.RowAsync(Keys.Backlog(backlog), $"{ChoicePrefix}{StorageKey.Of(choice.To)}", DocumentTable.Write(choice), [], cancellation), cancellation);

    public async Task<IReadOnlyList<SubscriberChoice>> ChoicesAsync(string backlog, CancellationToken cancellation) =>
        await Documents.RangeAsync<SubscriberChoice>(Keys.Backlog(backlog), RowKeyRange.Prefix(ChoicePrefix), cancellation).ToListAsync(cancellation);

    public async Task PauseAsync(PausedAddress paused, CancellationToken cancellation) => await beside.UpsertAsync(
        await new DocumentTable(beside).RowAsync(Keys.PausedAddresses, StorageKey.Of(paused.To), DocumentTable.Write(paused), [], cancellation), cancellation);

    public Task ResumeAsync(string to, CancellationToken cancellation) =>
        beside.DeleteAsync(new TableRow(Keys.PausedAddresses, StorageKey.Of(to), new Dictionary<string, object>()), cancellation);

    public async Task<IReadOnlyList<PausedAddress>> PausedAsync(CancellationToken cancellation) =>
        await new DocumentTable(beside).RangeAsync<PausedAddress>(Keys.PausedAddresses, RowKeyRange.All, cancellation).ToListAsync(cancellation);

    public async Task<byte[]> LinkKeyAsync(CancellationToken cancellation)
    {
        if (linkKey is not null)
            return linkKey;
        await beside.InsertAsync(new TableRow("links", "key", new Dictionary<string, object> { [Key] = RandomNumberGenerator.GetBytes(32) }), cancellation);
        // Whoever was first has made it.
        var row = await beside.FindAsync("links", "key", null, cancellation) ?? throw new IOException("The key of links could not be kept.");
        return linkKey = (byte[])row.Properties[Key];
    }

    private static string RowKey(string key) => $"{SendPrefix}{StorageKey.Of(key)}";

    private async Task<TableRow> RowAsync(string backlog, Sending sending, CancellationToken cancellation)
    {
        var columns = new Dictionary<string, object> { [State] = sending.State.ToString(), [ChangedAt] = sending.ChangedAt };
        return await Documents.RowAsync(Keys.Backlog(backlog), RowKey(sending.Key), DocumentTable.Write(sending), columns, cancellation);
    }

    private async Task<IReadOnlyList<Sending>> ReadAsync(IReadOnlyList<TableRow> rows, CancellationToken cancellation) =>
        [.. (await Documents.ReadAllAsync<Sending>(rows, cancellation)).Zip(rows, (s, r) => s with { Version = r.ETag })];
}
