using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage;

/// <summary>The same storage, whose tables take so many writes and no more.</summary>
internal sealed class DyingStorage : IStorage, ITableStore
{
    private readonly LocalStorage storage;
    private int left;

    public DyingStorage(LocalStorage storage, int writes, TimeProvider time)
    {
        (this.storage, left) = (storage, writes);
        Backlogs = new BacklogStore(this, time);
        People = new PeopleRow(this);
    }

    public IBacklogStore Backlogs { get; }

    public IPeopleDirectory People { get; }

    public ISnapshotStore Snapshots => storage.Snapshots;

    public IDeliveryStore Deliveries => storage.Deliveries;

    public IAlarms Alarms => storage.Alarms;

    public IWriteStop WriteStop => storage.WriteStop;

    public IModelLedger ModelLedger => storage.ModelLedger;

    public IModelCache ModelCache => storage.ModelCache;

    public IPendingStore Pending => storage.Pending;

    public ITableStore Tables => this;

    public ITableStore DeliveryTables => storage.DeliveryTables;

    public ITable Open(string name) => new DyingTable(storage.Tables.Open(name), () => Interlocked.Decrement(ref left) >= 0);

    public Task CompactAsync(CancellationToken cancellation) => storage.CompactAsync(cancellation);
}

internal sealed class DyingTable(ITable table, Func<bool> mayWrite) : ITable
{
    public Task<TableRow?> FindAsync(string partitionKey, string rowKey, IReadOnlyCollection<string>? columns, CancellationToken cancellation) =>
        table.FindAsync(partitionKey, rowKey, columns, cancellation);

    public IAsyncEnumerable<TableRow> RangeAsync(string partitionKey, RowKeyRange range, IReadOnlyCollection<string>? columns, CancellationToken cancellation) =>
        table.RangeAsync(partitionKey, range, columns, cancellation);

    public Task<BatchAnswer> ApplyAsync(IReadOnlyList<TableOperation> batch, CancellationToken cancellation) =>
        mayWrite() ? table.ApplyAsync(batch, cancellation) : throw new IOException("the process has died");
}
