using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>Groups of items that the tracker's duplicate links join, whatever their direction.</summary>
internal sealed class LinkedGroups
{
    private readonly Dictionary<WorkItemRef, WorkItemRef> rootOf;
    private readonly Dictionary<WorkItemRef, WorkItem> oldest = [];

    public LinkedGroups(BacklogSnapshot backlog)
    {
        var parent = new Dictionary<WorkItemRef, WorkItemRef>();
        foreach (var item in backlog.Items.Values.Select(o => o.Item).Where(i => i.Kind == WorkItemKind.Item))
        {
            foreach (var target in item.Linked(LinkKind.DuplicateOf).Where(t => backlog.Find(t) is { Item.Kind: WorkItemKind.Item }))
                parent[Root(item.Ref)] = Root(target);
        }

        rootOf = parent.Keys.ToList().ToDictionary(member => member, Root);
        foreach (var (member, root) in rootOf)
        {
            var item = backlog.Find(member)!.Item;
            if (!oldest.TryGetValue(root, out var known) || ItemAge.IsOlder(item, known))
                oldest[root] = item;
        }

        WorkItemRef Root(WorkItemRef item)
        {
            parent.TryAdd(item, item);
            while (parent[item] is var above && above != item)
                item = above;
            return item;
        }
    }

    public bool AreSame(WorkItem left, WorkItem right) =>
        rootOf.TryGetValue(left.Ref, out var root) && rootOf.TryGetValue(right.Ref, out var other) && root == other;

    /// <summary>True when an older item of the group is known: then people called this one a duplicate.</summary>
    public bool HasOlder(WorkItem item) => rootOf.TryGetValue(item.Ref, out var root) && ItemAge.IsOlder(oldest[root], item);
}
