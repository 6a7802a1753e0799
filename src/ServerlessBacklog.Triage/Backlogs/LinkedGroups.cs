using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>Groups of items that the tracker's duplicate links join, whatever their direction.</summary>
internal sealed class LinkedGroups
{
    private readonly Dictionary<WorkItemRef, WorkItemRef> parent = [];
    private readonly Dictionary<WorkItemRef, WorkItem> oldest = [];

    public LinkedGroups(BacklogSnapshot backlog)
    {
        foreach (var item in backlog.Items.Values.Select(o => o.Item))
        {
            foreach (var target in item.Linked(LinkKind.DuplicateOf).Where(t => backlog.Find(t) is { Item.Kind: WorkItemKind.Item }))
                parent[Root(item.Ref)] = Root(target);
        }

        foreach (var member in parent.Keys.ToList())
        {
            var (root, item) = (Root(member), backlog.Find(member)!.Item);
            if (!oldest.TryGetValue(root, out var known) || ItemAge.IsOlder(item, known))
                oldest[root] = item;
        }
    }

    public bool AreSame(WorkItem left, WorkItem right) => parent.ContainsKey(left.Ref) && Root(left.Ref) == Root(right.Ref);

    /// <summary>True when an older item of the group is known: then people called this one a duplicate.</summary>
    public bool HasOlder(WorkItem item) => parent.ContainsKey(item.Ref) && ItemAge.IsOlder(oldest[Root(item.Ref)], item);

    private WorkItemRef Root(WorkItemRef item)
    {
        while (parent.GetValueOrDefault(item, item) is var above && above != item)
            item = above;
        parent.TryAdd(item, item);
        return item;
    }
}
