using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>Alarms, a row for each cause: table <c>alarms</c>, partition <c>alarms</c>.</summary>
public sealed class AlarmRows(ITableStore tables) : IAlarms
{
    private const string Partition = "alarms";

    /// <summary>Another process can only get in between so often: each time it has raised or cleared the same alarm.</summary>
    private const int MaxAttempts = 20;

    private readonly ITable table = tables.Open("alarms");

    public async Task RaiseAsync(Alarm alarm, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var stored = await table.FindAsync(Partition, StorageKey.Of(alarm.Key), null, cancellation);
            if (stored?.Text("Text") == alarm.Text)
                return;
            var properties = new Dictionary<string, object>
            {
                ["Key"] = alarm.Key,
                ["Text"] = alarm.Text,
                ["Since"] = stored?.Time("Since") ?? alarm.Since,
            };
            var row = new TableRow(Partition, StorageKey.Of(alarm.Key), properties, stored?.ETag);
            if ((stored is null ? await table.InsertAsync(row, cancellation) : await table.ReplaceAsync(row, cancellation)) is not null)
                return;
        }

        throw new IOException($"The alarm '{alarm.Key}' could not be saved: other writers were always faster.");
    }

    public Task ClearAsync(string key, CancellationToken cancellation) =>
        table.DeleteAsync(new TableRow(Partition, StorageKey.Of(key), new Dictionary<string, object>()), cancellation);

    public async Task<IReadOnlyList<Alarm>> ListAsync(CancellationToken cancellation) =>
        await table.RangeAsync(Partition, RowKeyRange.All, null, cancellation)
            .Select(r => new Alarm(r.Text("Key")!, r.Text("Text")!, r.Time("Since")!.Value))
            .OrderBy(a => a.Since)
            .ToListAsync(cancellation);
}
