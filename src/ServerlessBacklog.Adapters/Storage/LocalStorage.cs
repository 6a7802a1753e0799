using ServerlessBacklog.Adapters.Storage.Deliveries;
using ServerlessBacklog.Adapters.Storage.Sqlite;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>
/// Everything kept in one data directory: rows in <c>backlog.db</c>, snapshots as files under <c>snapshots/</c>. Deliveries have a file of their own,
/// <c>deliveries.db</c>, so that a sweep which writes thousands of findings never keeps a tracker waiting. It is made on first use.
/// </summary>
public sealed class LocalStorage : IStorage, IDisposable
{
    /// <summary>Many small waits of the disk instead of few long ones: a tracker waits too.</summary>
    private static readonly SqliteOptions Prompt = new() { CheckpointPages = 1000 };

    private readonly SqliteTables tables;
    private readonly Lazy<SqliteTables> deliveryTables;
    private readonly Lazy<DeliveryStore> deliveries;

    private LocalStorage(string dataDirectory, TimeProvider time)
    {
        tables = SqliteTables.Open(Path.Combine(dataDirectory, "backlog.db"));
        Snapshots = new FileSnapshotStore(Path.Combine(dataDirectory, "snapshots"));
        deliveryTables = new Lazy<SqliteTables>(() => SqliteTables.Open(Path.Combine(dataDirectory, "deliveries.db"), Prompt));
        deliveries = new Lazy<DeliveryStore>(() => new DeliveryStore(deliveryTables.Value, Snapshots));
        try
        {
            Backlogs = new BacklogStore(tables, time);
            Alarms = new AlarmRows(tables);
            WriteStop = new WriteStopRow(tables);
            People = new PeopleRow(tables);
            ModelLedger = new ModelUseRows(tables);
            ModelCache = new ModelCacheRows(tables);
            Pending = new PendingRows(tables);
        }
        catch
        {
            tables.Dispose();
            throw;
        }
    }

    public IBacklogStore Backlogs { get; }

    public ISnapshotStore Snapshots { get; }

    public IDeliveryStore Deliveries => deliveries.Value;

    public IAlarms Alarms { get; }

    public IWriteStop WriteStop { get; }

    public IPeopleDirectory People { get; }

    public IModelLedger ModelLedger { get; }

    public IModelCache ModelCache { get; }

    public IPendingStore Pending { get; }

    public ITableStore Tables => tables;

    public ITableStore DeliveryTables => deliveryTables.Value;

    public Task CompactAsync(CancellationToken cancellation) => Task.Run(
        () =>
        {
            tables.Compact();
            if (deliveryTables.IsValueCreated)
                deliveryTables.Value.Compact();
        },
        cancellation);

    /// <summary>Opens the directory, or creates it.</summary>
    /// <exception cref="UserErrorException">It cannot be created, or the data in it cannot be used.</exception>
    public static LocalStorage Open(string dataDirectory) => Open(dataDirectory, TimeProvider.System);

    /// <inheritdoc cref="Open(string)" />
    public static LocalStorage Open(string dataDirectory, TimeProvider time)
    {
        try
        {
            Directory.CreateDirectory(dataDirectory);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UserErrorException(
                $"The data directory '{dataDirectory}' cannot be created: {fault.Message} Choose another one with --data-dir.", fault);
        }

        return new LocalStorage(dataDirectory, time);
    }

    public void Dispose()
    {
        tables.Dispose();
        if (deliveryTables.IsValueCreated)
            deliveryTables.Value.Dispose();
    }
}
