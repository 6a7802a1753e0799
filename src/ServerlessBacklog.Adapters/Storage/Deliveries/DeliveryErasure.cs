using System.Text;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Adapters.Storage.Deliveries;

/// <summary>
/// Takes out deliveries whose bodies name somebody who was erased: those that wait or have failed, others have no body. Their ids stay, so
/// that a redelivery is known; what they told the next reconcile finds.
/// </summary>
internal sealed class DeliveryErasure(ITable table, ISnapshotStore bodies)
{
    public async Task<int> RunAsync(ErasedNames names, bool isTrial, CancellationToken cancellation)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var trackers = await table.RangeAsync(DeliveryKeys.Trackers, RowKeyRange.All, null, cancellation).Select(r => r.RowKey).ToListAsync(cancellation);
        foreach (var partition in trackers)
        {
            foreach (var prefix in (string[])[DeliveryKeys.PendingPrefix, DeliveryKeys.RecentPrefix])
            {
                await foreach (var row in table.RangeAsync(partition, RowKeyRange.Prefix(prefix), null, cancellation))
                {
                    if (await TextAsync(row, cancellation) is not { } text || !ErasedJson.Holds(names, text))
                        continue;
                    ids.Add($"{partition}|{row.Text(DeliveryRow.Id)}");
                    if (!isTrial)
                        await DropAsync(row, cancellation);
                }
            }
        }

        return ids.Count;
    }

    private async Task DropAsync(TableRow row, CancellationToken cancellation)
    {
        await table.DeleteAsync(row, cancellation);
        await table.DeleteAsync(new TableRow(row.PartitionKey, DeliveryKeys.Failed(row.Text(DeliveryRow.Id)!), new Dictionary<string, object>()), cancellation);
        if (row.Text(DeliveryRow.BodyName) is { } name)
            await bodies.DeleteAsync(name, cancellation);
    }

    private async Task<string?> TextAsync(TableRow row, CancellationToken cancellation)
    {
        if (row.Properties.GetValueOrDefault(DeliveryRow.Body) is byte[] body)
            return Encoding.UTF8.GetString(body);
        if (row.Properties.GetValueOrDefault(DeliveryRow.PackedBody) is byte[] packed)
            return Encoding.UTF8.GetString(DeliveryRow.Unpack(new MemoryStream(packed)));
        if (row.Text(DeliveryRow.BodyName) is not { } name || await bodies.OpenAsync(name, cancellation) is not { } stream)
            return null;
        await using (stream)
            return Encoding.UTF8.GetString(DeliveryRow.Unpack(stream));
    }
}
