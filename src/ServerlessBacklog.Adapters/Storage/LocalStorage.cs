using ServerlessBacklog.Adapters.Storage.Deliveries;
using ServerlessBacklog.Adapters.Storage.Sqlite;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>Everything kept in one data directory: rows in <c>backlog.db</c>, snapshots as files under <c>snapshots/</c>.</summary>
public sealed class LocalStorage : IStorage, IDisposable
{
    private readonly SqliteTables tables;

    private LocalStorage(string dataDirectory, TimeProvider time)
    {
        tables = SqliteTables.Open(Path.Combine(dataDirectory, "backlog.db"));
        try
        {
            Snapshots = new FileSnapshotStore(Path.Combine(dataDirectory, "snapshots"));
            Backlogs = new BacklogStore(tables, time);
            Deliveries = new DeliveryStore(tables, Snapshots);
            Alarms = new AlarmRows(tables);
            WriteStop = new WriteStopRow(tables);
        }
        catch
        {
            tables.Dispose();
            throw;
        }
    }

    public IBacklogStore Backlogs { get; }

    public ISnapshotStore Snapshots { get; }

    public IDeliveryStore Deliveries { get; }

    public IAlarms Alarms { get; }

    public IWriteStop WriteStop { get; }

    public ITableStore Tables => tables;

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

    public void Dispose() => tables.Dispose();
}
