using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage.Azure;

/// <summary>Everything kept in one storage account: rows in tables that start with <c>backlog</c>, snapshots as blobs of one container.</summary>
public sealed class AzureStorage
{
    private AzureStorage(AzureConnection connection)
    {
        Tables = new AzureTables(connection, "backlog");
        Backlogs = new BacklogStore(Tables);
        Snapshots = new AzureBlobSnapshotStore(connection, "backlog-snapshots");
    }

    public IBacklogStore Backlogs { get; }

    public ISnapshotStore Snapshots { get; }

    /// <summary>For rows of other kinds: effect ledger, audit, deliveries.</summary>
    public ITableStore Tables { get; }

    /// <summary>Opens the account that <paramref name="connection"/> names. The first call asks the service, this one does not.</summary>
    /// <exception cref="UserErrorException">The connection cannot be read.</exception>
    public static AzureStorage Open(string connection) => new(AzureConnection.Parse(connection));
}
