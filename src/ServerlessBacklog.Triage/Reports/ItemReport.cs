using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>Everything that is known of one item: for its own page.</summary>
public sealed record ItemReport
{
    public required string Backlog { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    public required WorkItem Item { get; init; }

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Decisions on the item, newest first.</summary>
    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    /// <summary>Items that findings and links point to, as far as the backlog holds them.</summary>
    public IReadOnlyDictionary<WorkItemRef, ItemLine> Others { get; init; } = new Dictionary<WorkItemRef, ItemLine>();

    public ItemLine Line(WorkItemRef item) => Others.GetValueOrDefault(item) ?? ItemLine.Elsewhere(item);
}
