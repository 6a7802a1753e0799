using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>What stands in the store: every open item with all its findings and its decision.</summary>
public sealed record BacklogState
{
    public required BacklogSnapshot Snapshot { get; init; }

    /// <summary>Open items, oldest first.</summary>
    public required IReadOnlyList<WorkItemRef> Open { get; init; }

    /// <summary>Findings by open item, in the order of the steps.</summary>
    public required IReadOnlyDictionary<WorkItemRef, IReadOnlyList<Finding>> Findings { get; init; }

    /// <summary>The newest decision on each open item that has one.</summary>
    public required IReadOnlyDictionary<WorkItemRef, Decision> Decisions { get; init; }
}
