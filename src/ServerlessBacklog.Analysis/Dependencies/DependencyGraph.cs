using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Dependencies;

/// <summary>Who waits for whom, as the trackers say. Both directions of a link and repeated links are one edge; items are in order of their ref.</summary>
public sealed class DependencyGraph
{
    private readonly Dictionary<WorkItemRef, Node> nodes;

    public DependencyGraph(IEnumerable<WorkItem> items)
    {
        nodes = items.ToDictionary(i => i.Ref, i => new Node(i));
        Items = [.. nodes.Keys.OrderBy(r => r, RefOrder.Instance)];
        var dangling = new HashSet<Dependency>();
        foreach (var reference in Items)
        {
            foreach (var link in nodes[reference].Item.Links.Where(l => l.Target != reference))
                Add(reference, link, dangling);
        }

        foreach (var node in nodes.Values)
        {
            node.BlockedBy.Sort(RefOrder.Instance);
            node.Blocks.Sort(RefOrder.Instance);
        }

        Dangling = [.. dangling.OrderBy(d => d.Item, RefOrder.Instance).ThenBy(d => d.Needs, RefOrder.Instance)];
        Cycles = DependencyCycles.Of(this);
    }

    /// <summary>Every item, ordered by ref.</summary>
    public IReadOnlyList<WorkItemRef> Items { get; }

    /// <summary>Dependencies of which one end is not in this backlog.</summary>
    public IReadOnlyList<Dependency> Dangling { get; }

    /// <summary>Rings of open items that wait for each other, each as a path that starts at its smallest ref.</summary>
    public IReadOnlyList<IReadOnlyList<WorkItemRef>> Cycles { get; }

    /// <summary>True when the source holds any link of any kind.</summary>
    public bool HasLinks { get; private set; }

    public IEnumerable<Dependency> Dependencies => Items.SelectMany(i => BlockedBy(i).Select(b => new Dependency(i, b)));

    public WorkItem? Find(WorkItemRef item) => nodes.GetValueOrDefault(item)?.Item;

    public bool IsOpen(WorkItemRef item) => Find(item) is { IsOpen: true };

    /// <summary>What must be done first, open or closed.</summary>
    public IReadOnlyList<WorkItemRef> BlockedBy(WorkItemRef item) => nodes.GetValueOrDefault(item)?.BlockedBy ?? [];

    /// <summary>What waits for the item, open or closed.</summary>
    public IReadOnlyList<WorkItemRef> Blocks(WorkItemRef item) => nodes.GetValueOrDefault(item)?.Blocks ?? [];

    public IReadOnlyList<WorkItemRef> Children(WorkItemRef item) => nodes.GetValueOrDefault(item)?.Children ?? [];

    public IEnumerable<WorkItemRef> OpenBlockers(WorkItemRef item) => BlockedBy(item).Where(IsOpen);

    public IEnumerable<WorkItemRef> OpenBlocked(WorkItemRef item) => Blocks(item).Where(IsOpen);

    /// <summary>Open, and nothing open blocks it.</summary>
    public bool IsReady(WorkItemRef item) => IsOpen(item) && !OpenBlockers(item).Any();

    public bool IsBlocking(WorkItemRef one, WorkItemRef other) => Blocks(one).Contains(other);

    private void Add(WorkItemRef from, WorkItemLink link, HashSet<Dependency> dangling)
    {
        HasLinks = true;
        var edge = link.Kind switch
        {
            LinkKind.BlockedBy => new Dependency(from, link.Target),
            LinkKind.Blocks => new Dependency(link.Target, from),
            _ => null,
        };
        if (edge is not null)
        {
            if (nodes.TryGetValue(edge.Item, out var waiting) && nodes.TryGetValue(edge.Needs, out var needed))
                Connect(waiting, needed);
            else
                dangling.Add(edge);
        }
        else if (link.Kind is LinkKind.ParentOf or LinkKind.ChildOf && nodes.ContainsKey(link.Target))
        {
            var (parent, child) = link.Kind == LinkKind.ParentOf ? (from, link.Target) : (link.Target, from);
            if (!nodes[parent].Children.Contains(child))
                nodes[parent].Children.Add(child);
        }
    }

    private static void Connect(Node waiting, Node needed)
    {
        if (!waiting.Known.Add(needed.Item.Ref))
            return;
        waiting.BlockedBy.Add(needed.Item.Ref);
        needed.Blocks.Add(waiting.Item.Ref);
    }

    private sealed class Node(WorkItem item)
    {
        public WorkItem Item { get; } = item;

        public HashSet<WorkItemRef> Known { get; } = [];

        public List<WorkItemRef> BlockedBy { get; } = [];

        public List<WorkItemRef> Blocks { get; } = [];

        public List<WorkItemRef> Children { get; } = [];
    }
}

/// <summary><paramref name="Item"/> cannot move until <paramref name="Needs"/> is done.</summary>
public sealed record Dependency(WorkItemRef Item, WorkItemRef Needs);
