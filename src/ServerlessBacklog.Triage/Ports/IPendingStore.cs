using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Waits;

namespace ServerlessBacklog.Triage.Ports;

/// <summary>What is not settled yet: asks, which wait for a person, and waits, which a person approved and time has to pass for. One row each, by decision.</summary>
public interface IPendingStore
{
    /// <summary>Saves an ask in place of what was known of it.</summary>
    Task SaveAskAsync(string backlog, Ask ask, CancellationToken cancellation);

    Task<Ask?> FindAskAsync(string backlog, WorkItemRef item, string decision, CancellationToken cancellation);

    /// <summary>Every ask of a backlog, settled ones too.</summary>
    Task<IReadOnlyList<Ask>> AsksAsync(string backlog, CancellationToken cancellation);

    /// <summary>The asks of one item, settled ones too.</summary>
    Task<IReadOnlyList<Ask>> AsksAsync(string backlog, WorkItemRef item, CancellationToken cancellation);

    /// <summary>Saves a wait in place of what was known of it.</summary>
    Task SaveWaitAsync(string backlog, Wait wait, CancellationToken cancellation);

    Task<Wait?> FindWaitAsync(string backlog, WorkItemRef item, string decision, CancellationToken cancellation);

    /// <summary>Every wait of a backlog, settled ones too.</summary>
    Task<IReadOnlyList<Wait>> WaitsAsync(string backlog, CancellationToken cancellation);

    /// <summary>The waits of one item, settled ones too.</summary>
    Task<IReadOnlyList<Wait>> WaitsAsync(string backlog, WorkItemRef item, CancellationToken cancellation);

    /// <summary>Forgets asks and waits that were settled before a moment.</summary>
    Task PurgeAsync(string backlog, DateTimeOffset settledBefore, CancellationToken cancellation);
}
