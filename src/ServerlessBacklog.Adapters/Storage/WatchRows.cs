using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Alerts;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reminders;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>Alerts, reminders and what was put off: a row each, few and read as a whole.</summary>
public sealed class WatchRows(ITableStore tables) : IWatchStore
{
    private const string ClearedAt = "ClearedAt";
    private const string Until = "Until";
    private const string AlertPrefix = "alert|";
    private const string ReminderPrefix = "reminder|";
    private const string SnoozePrefix = "snooze|";

    private readonly ITable table = tables.Open(Keys.WatchTable);

    private DocumentTable Documents => new(table);

    public async Task<IReadOnlyList<Alert>> AlertsAsync(string backlog, CancellationToken cancellation) =>
        await Documents.RangeAsync<Alert>(Keys.Backlog(backlog), RowKeyRange.Prefix(AlertPrefix), cancellation).ToListAsync(cancellation);

    public async Task SaveAlertAsync(string backlog, Alert alert, CancellationToken cancellation)
    {
        var columns = alert.ClearedAt is { } at ? new Dictionary<string, object> { [ClearedAt] = at } : [];
        await table.UpsertAsync(await Documents.RowAsync(Keys.Backlog(backlog), Key(AlertPrefix, alert.Key), DocumentTable.Write(alert), columns, cancellation), cancellation);
    }

    public Task ForgetAlertAsync(string backlog, string key, CancellationToken cancellation) => DeleteAsync(backlog, Key(AlertPrefix, key), cancellation);

    public async Task<IReadOnlyList<Reminder>> RemindersAsync(string backlog, CancellationToken cancellation) =>
        await Documents.RangeAsync<Reminder>(Keys.Backlog(backlog), RowKeyRange.Prefix(ReminderPrefix), cancellation).ToListAsync(cancellation);

    public async Task SaveReminderAsync(string backlog, Reminder reminder, CancellationToken cancellation) =>
        await table.UpsertAsync(await Documents.RowAsync(Keys.Backlog(backlog), Key(ReminderPrefix, reminder.Key), DocumentTable.Write(reminder), [], cancellation), cancellation);

    public Task ForgetReminderAsync(string backlog, string key, CancellationToken cancellation) => DeleteAsync(backlog, Key(ReminderPrefix, key), cancellation);

    public async Task<DateTimeOffset?> SnoozedAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        (await table.FindAsync(Keys.Backlog(backlog), $"{SnoozePrefix}{item.ToKey()}", null, cancellation))?.Time(Until);

    public Task SnoozeAsync(string backlog, WorkItemRef item, DateTimeOffset until, CancellationToken cancellation) =>
        table.UpsertAsync(new TableRow(Keys.Backlog(backlog), $"{SnoozePrefix}{item.ToKey()}", new Dictionary<string, object> { [Until] = until }), cancellation);

    public async Task PurgeAsync(string backlog, DateTimeOffset clearedBefore, CancellationToken cancellation)
    {
        var old = await table.RangeAsync(Keys.Backlog(backlog), RowKeyRange.All, [ClearedAt, Until], cancellation)
            .Where(r => r.Time(ClearedAt) < clearedBefore || r.Time(Until) < clearedBefore).ToListAsync(cancellation);
        foreach (var row in old)
            await table.DeleteAsync(row, cancellation);
    }

    private static string Key(string prefix, string key) => $"{prefix}{StorageKey.Of(key)}";

    private Task<bool> DeleteAsync(string backlog, string key, CancellationToken cancellation) =>
        table.DeleteAsync(new TableRow(Keys.Backlog(backlog), key, new Dictionary<string, object>()), cancellation);
}
