using ServerlessBacklog.Adapters.Storage.Deliveries;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage.Azure;

/// <summary>Everything kept in one storage account: rows in tables that start with <c>backlog</c>, snapshots as blobs of one container.</summary>
public sealed class AzureStorage : IStorage
{
    private AzureStorage(AzureConnection connection, TimeProvider time)
    {
        Tables = new AzureTables(connection, "backlog");
        Snapshots = new AzureBlobSnapshotStore(connection, "backlog-snapshots");
        Backlogs = new BacklogStore(Tables, time);
        Deliveries = new DeliveryStore(Tables, Snapshots);
        Alarms = new AlarmRows(Tables);
        WriteStop = new WriteStopRow(Tables);
        People = new PeopleRow(Tables);
        ModelLedger = new ModelUseRows(Tables);
        ModelCache = new ModelCacheRows(Tables);
        Pending = new PendingRows(Tables);
    }

    public IBacklogStore Backlogs { get; }

    public ISnapshotStore Snapshots { get; }

    public IDeliveryStore Deliveries { get; }

    public IAlarms Alarms { get; }

    public IWriteStop WriteStop { get; }

    public IPeopleDirectory People { get; }

    public IModelLedger ModelLedger { get; }

    public IModelCache ModelCache { get; }

    public IPendingStore Pending { get; }

    public ITableStore Tables { get; }

    public ITableStore DeliveryTables => Tables;

    /// <summary>The service does that itself.</summary>
    public Task CompactAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Opens the account that <paramref name="connection"/> names. The first call asks the service, this one does not.</summary>
    /// <exception cref="UserErrorException">The connection cannot be read.</exception>
    public static AzureStorage Open(string connection) => Open(connection, TimeProvider.System);

    /// <inheritdoc cref="Open(string)" />
    public static AzureStorage Open(string connection, TimeProvider time) => new(AzureConnection.Parse(connection), time);
}
