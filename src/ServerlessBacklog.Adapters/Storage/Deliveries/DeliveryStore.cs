using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage.Deliveries;

/// <summary>
/// Deliveries over any table store. One that comes is one batch, whatever it writes: all of it is there, or nothing. A body is kept while
/// its delivery waits, and of one that failed: as it came while it fits a property of its row (64 KiB; packing would take longer than all the rest),
/// packed when it fits so, else as a body of its own.
/// <see cref="DeliveryKeys"/> tells where everything lies.
/// </summary>
public sealed class DeliveryStore : IDeliveryStore
{
    /// <summary>Pending and failed deliveries are counted up to so many of a tracker: a longer row is long, however much longer.</summary>
    public const int MostCounted = 5000;

    /// <summary>Another process can only get in between so often: each time it has counted a try of the same delivery.</summary>
    private const int MaxAttempts = 20;

    private static readonly string[] OnlyName = [DeliveryRow.BodyName];
    private static readonly string[] WithBody = [DeliveryRow.Body, DeliveryRow.PackedBody, DeliveryRow.BodyName];

    private readonly ITable table;
    private readonly ISnapshotStore bodies;
    private readonly UnknownCounts unknown;
    private readonly DeliveryPurge purge;
    private readonly ConcurrentDictionary<string, bool> named = new(StringComparer.Ordinal);

    public DeliveryStore(ITableStore tables, ISnapshotStore bodies)
    {
        table = tables.Open(DeliveryKeys.Table);
        this.bodies = bodies;
        unknown = new UnknownCounts(table);
        purge = new DeliveryPurge(table, bodies, unknown);
    }

    public async Task<DeliveryAnswer> AddAsync(Delivery delivery, CancellationToken cancellation)
    {
        await NameAsync(delivery.Tracker, cancellation);
        var body = await KeepBodyAsync(delivery, cancellation);
        var conflict = await InsertAsync(delivery, body, isFirst: delivery.ContentKey is not null, cancellation);
        if (conflict is null)
            return DeliveryAnswer.New;
        if (conflict.Operation == 0)
            return DeliveryAnswer.Repeated;
        return await InsertAsync(SameAsFirst(delivery), [], isFirst: false, cancellation) is null ? DeliveryAnswer.SameContent : DeliveryAnswer.Repeated;
    }

    public async Task<IReadOnlyList<Delivery>> PendingAsync(int top, CancellationToken cancellation)
    {
        var rows = new List<(Delivery Delivery, TableRow Row)>();
        foreach (var tracker in await TrackersAsync(cancellation))
        {
            await foreach (var row in table.RangeAsync(
                DeliveryKeys.Partition(tracker), RowKeyRange.Prefix(DeliveryKeys.PendingPrefix), null, cancellation).Take(top))
                rows.Add((DeliveryRow.Read(row, tracker), row));
        }

        var pending = new List<Delivery>();
        foreach (var (delivery, row) in rows.OrderBy(r => r.Delivery.ReceivedAt).Take(top))
            pending.Add(delivery with { Body = await BodyAsync(row, cancellation) });
        return pending;
    }

    public Task MarkAsync(Delivery delivery, DeliveryState state, string? why, CancellationToken cancellation)
    {
        if (state is not (DeliveryState.Started or DeliveryState.Failed))
            throw new ArgumentException($"A delivery is marked as started or failed, not as {state}.", nameof(state));
        return ChangeAsync(
            delivery,
            stored => stored with { State = state, Why = why },
            (row, now) =>
            {
                var isFailed = state == DeliveryState.Failed;
                List<TableOperation> writes = [TableOperation.Delete(row), Remember(now, row, withBody: isFailed)];
                if (isFailed)
                    writes.Add(TableOperation.Upsert(new TableRow(row.PartitionKey, DeliveryKeys.Failed(now.Id), new Dictionary<string, object>())));
                return writes;
            },
            cancellation);
    }

    public async Task<int> CountTryAsync(Delivery delivery, string why, CancellationToken cancellation)
    {
        var counted = await ChangeAsync(
            delivery,
            stored => stored with { Tries = stored.Tries + 1, Why = why },
            (row, now) =>
            [
                TableOperation.Replace(row with { Properties = ColumnsOf(now, row, withBody: true) }),
                Remember(now, row, withBody: false),
            ],
            cancellation);
        return (counted ?? delivery).Tries;
    }

    /// <remarks>Counts pending and failed ones up to <see cref="MostCounted"/> of each tracker.</remarks>
    public async Task<DeliveryCounts> CountAsync(CancellationToken cancellation)
    {
        var (pending, failed, oldest) = (0, 0, null as DateTimeOffset?);
        var unknownByName = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var partition in (await TrackersAsync(cancellation)).Select(DeliveryKeys.Partition))
        {
            await foreach (var row in KeysAsync(partition, DeliveryKeys.PendingPrefix, cancellation))
            {
                var since = DeliveryKeys.PendingSince(row.RowKey);
                oldest = oldest < since ? oldest : since;
                pending++;
            }

            failed += await KeysAsync(partition, DeliveryKeys.FailedPrefix, cancellation).CountAsync(cancellation);
            await unknown.AddToAsync(partition, unknownByName, cancellation);
        }

        return new DeliveryCounts(pending, oldest, failed, unknownByName);
    }

    public async Task<IReadOnlyList<Delivery>> RecentAsync(int top, CancellationToken cancellation)
    {
        var recent = new List<Delivery>();
        foreach (var tracker in await TrackersAsync(cancellation))
        {
            var rows = table.RangeAsync(
                DeliveryKeys.Partition(tracker), RowKeyRange.Prefix(DeliveryKeys.RecentPrefix), DeliveryRow.WithoutBody, cancellation);
            recent.AddRange(await rows.Take(top).Select(r => DeliveryRow.Read(r, tracker)).ToListAsync(cancellation));
        }

        return [.. recent.OrderByDescending(d => d.ReceivedAt).Take(top)];
    }

    public async Task<int> PurgeAsync(DateTimeOffset receivedBefore, CancellationToken cancellation)
    {
        var purged = 0;
        foreach (var tracker in await TrackersAsync(cancellation))
            purged += await purge.RunAsync(DeliveryKeys.Partition(tracker), receivedBefore, cancellation);
        return purged;
    }

    /// <summary>One that tells what another has told is kept under its own id, and never started.</summary>
    private static Delivery SameAsFirst(Delivery delivery) => delivery.State != DeliveryState.Pending
        ? delivery
        : delivery with { State = DeliveryState.Ignored, Why = "another delivery told the same" };

    private async Task<TableConflict?> InsertAsync(
        Delivery delivery, Dictionary<string, object> body, bool isFirst, CancellationToken cancellation)
    {
        var partition = DeliveryKeys.Partition(delivery.Tracker);
        var columns = DeliveryRow.Columns(delivery, isFirst);
        if (body.TryGetValue(DeliveryRow.BodyName, out var name))
            columns[DeliveryRow.BodyName] = name;
        var writes = new List<TableOperation>(4) { Insert(DeliveryKeys.Id(delivery.Id), new() { [DeliveryRow.ReceivedAt] = delivery.ReceivedAt }) };
        if (isFirst)
            writes.Add(Insert(DeliveryKeys.Content(delivery.ContentKey!), new() { [DeliveryRow.Id] = delivery.Id }));
        writes.Add(Insert(DeliveryKeys.Recent(delivery.ReceivedAt, delivery.Id), columns));
        if (delivery.State == DeliveryState.Pending)
            writes.Add(Insert(DeliveryKeys.Pending(delivery.ReceivedAt, delivery.Id), new(columns.Union(body))));
        return delivery.State == DeliveryState.Unknown
            ? await unknown.ApplyAsync(partition, delivery.Event, 1, writes, cancellation)
            : (await table.ApplyAsync(writes, cancellation)).Conflict;

        TableOperation Insert(string key, Dictionary<string, object> properties) => TableOperation.Insert(new TableRow(partition, key, properties));
    }

    /// <summary>The properties that hold the body of a delivery that waits, or say where it lies. A long one is saved here, before its row.</summary>
    private async Task<Dictionary<string, object>> KeepBodyAsync(Delivery delivery, CancellationToken cancellation)
    {
        if (delivery.State != DeliveryState.Pending || delivery.Body.IsEmpty)
            return [];
        if (delivery.Body.Length <= TableRules.MaxBytes)
            return new() { [DeliveryRow.Body] = ArrayOf(delivery.Body) };
        var packed = DeliveryRow.Pack(delivery.Body);
        if (packed.Length <= TableRules.MaxBytes)
            return new() { [DeliveryRow.PackedBody] = packed };
        var name = DeliveryKeys.Body(delivery.Tracker, delivery.Id);
        // Of one that is known the body is there, or is no longer needed.
        if (await table.FindAsync(DeliveryKeys.Partition(delivery.Tracker), DeliveryKeys.Id(delivery.Id), [], cancellation) is null)
            await bodies.SaveAsync(name, stream => stream.WriteAsync(packed, cancellation).AsTask(), cancellation);
        return new() { [DeliveryRow.BodyName] = name };
    }

    /// <summary>The bytes themselves where they fill an array, as those that a host read do.</summary>
    private static byte[] ArrayOf(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var segment) && segment.Array is { } array && array.Length == body.Length ? array : body.ToArray();

    /// <summary>A body that is lost reads as empty: its delivery fails by that, and the others go on.</summary>
    private async Task<byte[]> BodyAsync(TableRow row, CancellationToken cancellation)
    {
        if (row.Properties.GetValueOrDefault(DeliveryRow.Body) is byte[] body)
            return body;
        if (row.Properties.GetValueOrDefault(DeliveryRow.PackedBody) is byte[] packed)
            return DeliveryRow.Unpack(new MemoryStream(packed));
        if (row.Text(DeliveryRow.BodyName) is not { } name || await bodies.OpenAsync(name, cancellation) is not { } stream)
            return [];
        await using (stream)
            return DeliveryRow.Unpack(stream);
    }

    private static TableOperation Remember(Delivery delivery, TableRow pending, bool withBody) => TableOperation.Upsert(new TableRow(
        pending.PartitionKey, DeliveryKeys.Recent(delivery.ReceivedAt, delivery.Id), ColumnsOf(delivery, pending, withBody)));

    /// <summary>A delivery as it is now, with what only its pending row tells.</summary>
    private static Dictionary<string, object> ColumnsOf(Delivery delivery, TableRow pending, bool withBody)
    {
        var columns = DeliveryRow.Columns(delivery, pending.Properties.ContainsKey(DeliveryRow.IsFirst));
        foreach (var name in withBody ? WithBody : OnlyName)
        {
            if (pending.Properties.TryGetValue(name, out var value))
                columns[name] = value;
        }

        return columns;
    }

    /// <summary>Writes what becomes of a delivery that waits; one that does not is left as it is.</summary>
    /// <returns>As it is stored from then on; null when it does not wait.</returns>
    private async Task<Delivery?> ChangeAsync(
        Delivery delivery, Func<Delivery, Delivery> change, Func<TableRow, Delivery, List<TableOperation>> writes, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await FindPendingAsync(delivery, cancellation) is not { } row)
                return null;
            var now = change(DeliveryRow.Read(row, delivery.Tracker));
            if ((await table.ApplyAsync(writes(row, now), cancellation)).Conflict is null)
                return now;
        }

        throw new IOException("What became of a delivery could not be saved: other writers were always faster.");
    }

    private async Task<TableRow?> FindPendingAsync(Delivery delivery, CancellationToken cancellation)
    {
        var partition = DeliveryKeys.Partition(delivery.Tracker);
        if (await table.FindAsync(partition, DeliveryKeys.Pending(delivery.ReceivedAt, delivery.Id), null, cancellation) is { } row)
            return row;
        // Somebody may hold a repetition of it, received later.
        return (await table.FindAsync(partition, DeliveryKeys.Id(delivery.Id), null, cancellation))?.Time(DeliveryRow.ReceivedAt) is { } at && at != delivery.ReceivedAt
            ? await table.FindAsync(partition, DeliveryKeys.Pending(at, delivery.Id), null, cancellation)
            : null;
    }

    private IAsyncEnumerable<TableRow> KeysAsync(string partition, string prefix, CancellationToken cancellation) =>
        table.RangeAsync(partition, RowKeyRange.Prefix(prefix), [], cancellation).Take(MostCounted);

    private async Task<List<string>> TrackersAsync(CancellationToken cancellation) =>
        await table.RangeAsync(DeliveryKeys.Trackers, RowKeyRange.All, null, cancellation).Select(r => r.Text("Name")!).ToListAsync(cancellation);

    private async ValueTask NameAsync(string tracker, CancellationToken cancellation)
    {
        if (named.ContainsKey(tracker))
            return;
        var properties = new Dictionary<string, object> { ["Name"] = tracker };
        await table.InsertAsync(new TableRow(DeliveryKeys.Trackers, DeliveryKeys.Partition(tracker), properties), cancellation);
        named.TryAdd(tracker, true);
    }
}
