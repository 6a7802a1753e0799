using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Dependencies;

/// <summary>
/// Finds items that wait for each other: strongly connected components of the open items. Source: R. Tarjan, "Depth-first search and
/// linear graph algorithms", 1972; written with an explicit stack, so that a long chain cannot overflow.
/// </summary>
internal static class DependencyCycles
{
    /// <summary>One shortest ring per component, starting at its smallest ref.</summary>
    public static IReadOnlyList<IReadOnlyList<WorkItemRef>> Of(DependencyGraph graph) =>
    [
        .. Components(graph)
            .Where(c => c.Count > 1)
            .Select(c => Ring(graph, c))
            .OrderBy(r => r[0], RefOrder.Instance),
    ];

    /// <summary>All components, each after the components that it needs.</summary>
    public static List<List<WorkItemRef>> Components(DependencyGraph graph)
    {
        var search = new Search(graph);
        foreach (var item in graph.Items.Where(graph.IsOpen))
            search.From(item);
        return search.Found;
    }

    /// <summary>Breadth first from the smallest member back to itself, inside the component.</summary>
    private static List<WorkItemRef> Ring(DependencyGraph graph, List<WorkItemRef> component)
    {
        var members = component.ToHashSet();
        var start = component.Min(RefOrder.Instance)!;
        var cameFrom = new Dictionary<WorkItemRef, WorkItemRef>();
        var queue = new Queue<WorkItemRef>([start]);
        while (queue.TryDequeue(out var item))
        {
            foreach (var next in graph.OpenBlockers(item).Where(members.Contains))
            {
                if (next == start)
                    return Path(item, start, cameFrom);
                if (cameFrom.TryAdd(next, item))
                    queue.Enqueue(next);
            }
        }

        return [start];
    }

    private static List<WorkItemRef> Path(WorkItemRef last, WorkItemRef start, Dictionary<WorkItemRef, WorkItemRef> cameFrom)
    {
        var path = new List<WorkItemRef>();
        for (var item = last; item != start; item = cameFrom[item])
            path.Add(item);
        path.Add(start);
        path.Reverse();
        return path;
    }

    private sealed class Search(DependencyGraph graph)
    {
        private readonly Dictionary<WorkItemRef, (int Index, int Low)> visited = [];
        private readonly Stack<WorkItemRef> open = new();
        private readonly HashSet<WorkItemRef> isOpen = [];

        public List<List<WorkItemRef>> Found { get; } = [];

        public void From(WorkItemRef root)
        {
            if (visited.ContainsKey(root))
                return;
            var walk = new Stack<(WorkItemRef Item, IEnumerator<WorkItemRef> Next)>();
            Enter(root, walk);
            while (walk.TryPeek(out var step))
            {
                if (step.Next.MoveNext())
                    Follow(step.Item, step.Next.Current, walk);
                else
                    Leave(walk);
            }
        }

        private void Enter(WorkItemRef item, Stack<(WorkItemRef Item, IEnumerator<WorkItemRef> Next)> walk)
        {
            visited[item] = (visited.Count, visited.Count);
            open.Push(item);
            isOpen.Add(item);
            walk.Push((item, graph.OpenBlockers(item).GetEnumerator()));
        }

        private void Follow(WorkItemRef item, WorkItemRef next, Stack<(WorkItemRef Item, IEnumerator<WorkItemRef> Next)> walk)
        {
            if (!visited.TryGetValue(next, out var seen))
                Enter(next, walk);
            else if (isOpen.Contains(next))
                Lower(item, seen.Index);
        }

        private void Leave(Stack<(WorkItemRef Item, IEnumerator<WorkItemRef> Next)> walk)
        {
            var (item, next) = walk.Pop();
            next.Dispose();
            var (index, low) = visited[item];
            if (walk.TryPeek(out var parent))
                Lower(parent.Item, low);
            if (low != index)
                return;
            var component = new List<WorkItemRef>();
            do
            {
                component.Add(open.Peek());
                isOpen.Remove(open.Peek());
            }
            while (open.Pop() != item);
            Found.Add(component);
        }

        private void Lower(WorkItemRef item, int to)
        {
            var (index, low) = visited[item];
            visited[item] = (index, Math.Min(low, to));
        }
    }
}
