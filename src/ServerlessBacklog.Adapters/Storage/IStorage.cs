using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>One place where everything is kept: a directory, or a storage account.</summary>
public interface IStorage
{
    IBacklogStore Backlogs { get; }

    ISnapshotStore Snapshots { get; }

    IDeliveryStore Deliveries { get; }

    IAlarms Alarms { get; }

    IWriteStop WriteStop { get; }

    IPeopleDirectory People { get; }

    IModelLedger ModelLedger { get; }

    IModelCache ModelCache { get; }

    IPendingStore Pending { get; }

    /// <summary>For rows of other kinds.</summary>
    ITableStore Tables { get; }

    /// <summary>The tables in which deliveries lie.</summary>
    ITableStore DeliveryTables { get; }

    /// <summary>Frees the space of what was deleted, so that nothing of it is left in a file.</summary>
    Task CompactAsync(CancellationToken cancellation);
}
