using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>Closed items that the tracker links as duplicates, by the item that is kept.</summary>
public sealed class MergedItems
{
    private readonly ILookup<WorkItemRef, OutlinedItem> merged;

    private MergedItems(ILookup<WorkItemRef, OutlinedItem> merged) => this.merged = merged;

    public static MergedItems Of(BacklogSnapshot backlog) => new(backlog.Items.Values
        .Where(o => o.Item is { IsOpen: false, Kind: WorkItemKind.Item })
        .SelectMany(o => o.Item.Linked(LinkKind.DuplicateOf).Select(canonical => (Canonical: canonical, Item: o)))
        .ToLookup(m => m.Canonical, m => m.Item));

    public IEnumerable<OutlinedItem> Into(WorkItemRef canonical) => merged[canonical];
}
