using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Audit;

namespace ServerlessBacklog.Triage.Ports;

/// <summary>
/// What was decided, said and done, in rows that are only ever appended. Each names the hash of the row before it, day by day, so that what is changed, taken out
/// or put in afterwards is found (<see cref="AuditVerification"/>). Several processes may append at once.
/// </summary>
public interface IAuditLog
{
    /// <summary>Appends entries in their order; those whose key is there are left out.</summary>
    Task AppendAsync(string backlog, IReadOnlyList<AuditEntry> entries, CancellationToken cancellation);

    /// <summary>Rows in the order in which they were appended.</summary>
    /// <param name="from">First day, UTC; null for the first there is.</param>
    /// <param name="to">Last day; null for the last there is.</param>
    IAsyncEnumerable<AuditRow> ReadAsync(string backlog, DateOnly? from, DateOnly? to, CancellationToken cancellation);

    /// <summary>Rows about one item.</summary>
    Task<IReadOnlyList<AuditRow>> OnItemAsync(string backlog, WorkItemRef item, CancellationToken cancellation);

    /// <summary>The last row; null when there is none.</summary>
    Task<AuditHead?> HeadAsync(string backlog, CancellationToken cancellation);
}
