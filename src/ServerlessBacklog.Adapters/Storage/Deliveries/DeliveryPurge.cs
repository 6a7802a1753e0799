using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage.Deliveries;

/// <summary>Forgets old deliveries of one tracker, batch by batch. Two processes may do so at once: each row is counted by one of them.</summary>
internal sealed class DeliveryPurge(ITable table, ISnapshotStore bodies, UnknownCounts unknown)
{
    /// <summary>A delivery has at most three rows, and a batch one count.</summary>
    private const int AtOnce = (TableRules.MaxBatch - 1) / 3;

    private static readonly string[] Needed =
        [DeliveryRow.Id, DeliveryRow.State, DeliveryRow.Event, DeliveryRow.ContentKey, DeliveryRow.IsFirst, DeliveryRow.BodyName];

    public async Task<int> RunAsync(string partition, DateTimeOffset receivedBefore, CancellationToken cancellation)
    {
        var purged = 0;
        var waiting = new Dictionary<string, List<TableRow>>(StringComparer.Ordinal);
        await foreach (var row in table.RangeAsync(partition, DeliveryKeys.RecentBefore(receivedBefore), Needed, cancellation))
        {
            if (row.Text(DeliveryRow.State) == nameof(DeliveryState.Pending))
                continue;
            // Deliveries of one unknown event go together: a batch can write their count once.
            var counted = CountedAs(row) ?? "";
            if (!waiting.TryGetValue(counted, out var group))
                waiting[counted] = group = [];
            group.Add(row);
            if (group.Count < AtOnce)
                continue;
            purged += await DeleteAsync(partition, group, cancellation);
            waiting.Remove(counted);
        }

        foreach (var group in waiting.Values)
            purged += await DeleteAsync(partition, group, cancellation);
        return purged;
    }

    private async Task<int> DeleteAsync(string partition, List<TableRow> rows, CancellationToken cancellation)
    {
        var batch = rows.SelectMany(row => Deletions(partition, row)).ToList();
        var conflict = CountedAs(rows[0]) is { } name
            ? await unknown.ApplyAsync(partition, name, -rows.Count, batch, cancellation)
            : (await table.ApplyAsync(batch, cancellation)).Conflict;
        if (conflict is not null && rows.Count == 1)
            return 0;
        if (conflict is not null)
        {
            var one = 0;
            foreach (var row in rows)
                one += await DeleteAsync(partition, [row], cancellation);
            return one;
        }

        foreach (var body in rows.Select(r => r.Text(DeliveryRow.BodyName)).OfType<string>())
            await bodies.DeleteAsync(body, cancellation);
        return rows.Count;
    }

    private static string? CountedAs(TableRow row) =>
        row.Text(DeliveryRow.State) == nameof(DeliveryState.Unknown) ? row.Text(DeliveryRow.Event) : null;

    private static IEnumerable<TableOperation> Deletions(string partition, TableRow row)
    {
        var id = row.Text(DeliveryRow.Id)!;
        yield return TableOperation.Delete(row);
        yield return Deletion(DeliveryKeys.Id(id));
        if (row.Properties.ContainsKey(DeliveryRow.IsFirst))
            yield return Deletion(DeliveryKeys.Content(row.Text(DeliveryRow.ContentKey)!));
        if (row.Text(DeliveryRow.State) == nameof(DeliveryState.Failed))
            yield return Deletion(DeliveryKeys.Failed(id));

        TableOperation Deletion(string key) => TableOperation.Delete(new TableRow(partition, key, new Dictionary<string, object>()));
    }
}
