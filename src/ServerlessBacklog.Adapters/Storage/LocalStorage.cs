using ServerlessBacklog.Adapters.Storage.Sqlite;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>Everything kept in one data directory: rows in <c>backlog.db</c>, snapshots as files under <c>snapshots/</c>.</summary>
public sealed class LocalStorage : IDisposable
{
    private readonly SqliteTables tables;

    private LocalStorage(string dataDirectory)
    {
        tables = SqliteTables.Open(Path.Combine(dataDirectory, "backlog.db"));
        try
        {
            Backlogs = new BacklogStore(tables);
        }
        catch
        {
            tables.Dispose();
            throw;
        }

        Snapshots = new FileSnapshotStore(Path.Combine(dataDirectory, "snapshots"));
    }

    public IBacklogStore Backlogs { get; }

    public ISnapshotStore Snapshots { get; }

    /// <summary>For rows of other kinds: effect ledger, audit, deliveries.</summary>
    public ITableStore Tables => tables;

    /// <summary>Opens the directory, or creates it.</summary>
    /// <exception cref="UserErrorException">It cannot be created, or the data in it cannot be used.</exception>
    public static LocalStorage Open(string dataDirectory)
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

        return new LocalStorage(dataDirectory);
    }

    public void Dispose() => tables.Dispose();
}
