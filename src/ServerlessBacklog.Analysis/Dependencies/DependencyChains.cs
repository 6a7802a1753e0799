using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Dependencies;

/// <summary>
/// Longest chains of open items that wait for each other, over the graph with every cycle drawn together into one point (a cycle counts
/// with all of its items). Linear in items and links.
/// </summary>
public sealed class DependencyChains
{
    private readonly List<List<WorkItemRef>> points;
    private readonly Dictionary<WorkItemRef, int> pointOf = [];
    private readonly double[] weights;
    private readonly (double Length, int Next)[] needs;
    private readonly (double Length, int Next)[] waits;

    /// <param name="weight">What one item adds to a chain's length: 1 for its count, its size for a critical path; positive.</param>
    public DependencyChains(DependencyGraph graph, Func<WorkItem, double> weight)
    {
        points = DependencyCycles.Components(graph);
        for (var point = 0; point < points.Count; point++)
        {
            foreach (var item in points[point])
                pointOf[item] = point;
        }

        weights = [.. points.Select(p => p.Sum(i => weight(graph.Find(i)!)))];
        needs = new (double, int)[points.Count];
        waits = new (double, int)[points.Count];
        // Components come after what they need, so one pass upwards and one downwards see every neighbour finished.
        for (var point = 0; point < points.Count; point++)
            needs[point] = Longest(point, graph.OpenBlockers, needs);
        for (var point = points.Count - 1; point >= 0; point--)
            waits[point] = Longest(point, graph.OpenBlocked, waits);
    }

    /// <summary>Length of the longest chain through an open item; its own weight when nothing is linked, 0 when it is unknown or closed.</summary>
    public double LengthThrough(WorkItemRef item) =>
        pointOf.TryGetValue(item, out var point) ? needs[point].Length + waits[point].Length - weights[point] : 0;

    /// <summary>The longest chain through an open item, what comes first first.</summary>
    public IReadOnlyList<WorkItemRef> Through(WorkItemRef item)
    {
        if (!pointOf.TryGetValue(item, out var point))
            return [];
        var before = Follow(needs[point].Next, needs);
        before.Reverse();
        return [.. before.Append(point).Concat(Follow(waits[point].Next, waits)).SelectMany(p => points[p].Order(RefOrder.Instance))];
    }

    /// <summary>The longest chain of all, what comes first first; empty when no open item waits for another.</summary>
    public IReadOnlyList<WorkItemRef> Critical()
    {
        var linked = pointOf.Where(p => points[p.Value].Count > 1 || needs[p.Value].Next >= 0 || waits[p.Value].Next >= 0).Select(p => p.Key);
        var best = linked.OrderByDescending(LengthThrough).ThenBy(i => i, RefOrder.Instance).FirstOrDefault();
        return best is null ? [] : Through(best);
    }

    private (double Length, int Next) Longest(int point, Func<WorkItemRef, IEnumerable<WorkItemRef>> neighbours, (double Length, int Next)[] done)
    {
        var (length, next) = (0.0, -1);
        foreach (var neighbour in points[point].SelectMany(neighbours).Select(n => pointOf[n]).Where(n => n != point))
        {
            if (done[neighbour].Length > length || (done[neighbour].Length == length && next >= 0 && neighbour < next))
                (length, next) = (done[neighbour].Length, neighbour);
        }

        return (length + weights[point], next);
    }

    private static List<int> Follow(int point, (double Length, int Next)[] steps)
    {
        var path = new List<int>();
        for (; point >= 0; point = steps[point].Next)
            path.Add(point);
        return path;
    }
}
