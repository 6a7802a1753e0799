using System.Collections.Frozen;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>How many items the tracker links as duplicates of an item: demand that reactions do not show.</summary>
public sealed class DuplicateCounts
{
    private readonly FrozenDictionary<WorkItemRef, int> counts;

    private DuplicateCounts(FrozenDictionary<WorkItemRef, int> counts) => this.counts = counts;

    public int this[WorkItemRef item] => counts.GetValueOrDefault(item);

    public static DuplicateCounts From(BacklogSnapshot backlog) => new(backlog.Items.Values
        .SelectMany(o => o.Item.Linked(LinkKind.DuplicateOf))
        .CountBy(target => target)
        .ToFrozenDictionary());
}
