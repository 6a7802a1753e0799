using System.Collections.Frozen;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>How many open items wait for an item by the tracker's links, whichever of the two holds the link. A target that is not in the backlog may be open.</summary>
public sealed class WaitingItems
{
    private readonly FrozenDictionary<WorkItemRef, int> counts;

    private WaitingItems(FrozenDictionary<WorkItemRef, int> counts) => this.counts = counts;

    public int this[WorkItemRef item] => counts.GetValueOrDefault(item);

    public static WaitingItems From(BacklogSnapshot backlog) => new(backlog.Items.Values
        .SelectMany(o => o.Item.Linked(LinkKind.BlockedBy).Select(blocker => (Blocker: blocker, Waiting: o.Item.Ref))
            .Concat(o.Item.Linked(LinkKind.Blocks).Select(waiting => (Blocker: o.Item.Ref, Waiting: waiting))))
        .Distinct()
        .Where(l => backlog.Find(l.Waiting) is not { Item.IsOpen: false })
        .CountBy(l => l.Blocker)
        .ToFrozenDictionary());
}
