using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Adapters.Reports;

/// <summary>Places the items of a blocked group in a picture: blockers left, those that wait right. Units are pixels.</summary>
public sealed record ChainLayout(int Width, int Height, IReadOnlyList<ChainNode> Nodes, IReadOnlyList<ChainLine> Lines, int LeftOut)
{
    public const int NodeWidth = 184;
    public const int NodeHeight = 52;

    private const int ColumnGap = 44;
    private const int RowGap = 12;
    private const int MaxNodes = 40;

    public static ChainLayout Of(BlockedGroup group)
    {
        var items = group.Items.Take(MaxNodes).ToDictionary(i => i.Ref);
        var edges = group.Edges.Where(e => items.ContainsKey(e.Blocker) && items.ContainsKey(e.Waiting)).ToList();
        var columns = WaitColumns.Of(items.Keys, edges) ?? WaitColumns.Of(items.Keys, [.. edges.Except(ClosingEdges(edges))])!;
        var nodes = new Dictionary<WorkItemRef, ChainNode>();
        foreach (var column in columns.GroupBy(c => c.Value).OrderBy(c => c.Key))
        {
            var row = 0;
            foreach (var (item, _) in column.OrderBy(c => BlockerHeight(c.Key, edges, nodes)).ThenBy(c => c.Key.ToKey(), StringComparer.Ordinal))
            {
                nodes[item] = new ChainNode(items[item], column.Key * (NodeWidth + ColumnGap) + 1, row * (NodeHeight + RowGap) + 1);
                row++;
            }
        }

        return new ChainLayout(
            nodes.Values.Max(n => n.X) + NodeWidth + 1,
            nodes.Values.Max(n => n.Y) + NodeHeight + (edges.Exists(e => IsBackward(nodes, e)) ? 26 : 1),
            [.. nodes.Values],
            [.. edges.Select(e => Line(nodes[e.Blocker], nodes[e.Waiting], e.IsSuspected) with { Edge = e })],
            group.Items.Count - items.Count);
    }

    /// <summary>Edges that close a ring, found by a walk that is done with an item before it leaves it.</summary>
    private static HashSet<WaitEdge> ClosingEdges(List<WaitEdge> edges)
    {
        var next = edges.ToLookup(e => e.Blocker);
        var (closing, done, path) = (new HashSet<WaitEdge>(), new HashSet<WorkItemRef>(), new HashSet<WorkItemRef>());
        foreach (var edge in edges)
            Walk(edge.Blocker);
        return closing;

        void Walk(WorkItemRef item)
        {
            if (!done.Add(item))
                return;
            path.Add(item);
            foreach (var edge in next[item])
            {
                if (path.Contains(edge.Waiting))
                    closing.Add(edge);
                else
                    Walk(edge.Waiting);
            }

            path.Remove(item);
        }
    }

    private static double BlockerHeight(WorkItemRef item, List<WaitEdge> edges, Dictionary<WorkItemRef, ChainNode> placed) =>
        edges.Where(e => e.Waiting == item && placed.ContainsKey(e.Blocker)).Select(e => (double)placed[e.Blocker].Y).DefaultIfEmpty(0).Average();

    private static bool IsBackward(Dictionary<WorkItemRef, ChainNode> nodes, WaitEdge edge) => nodes[edge.Waiting].X <= nodes[edge.Blocker].X;

    private static ChainLine Line(ChainNode from, ChainNode to, bool isSuspected)
    {
        const int half = NodeHeight / 2;
        if (to.X <= from.X)
        {
            var (startX, endX, low) = (from.X + (NodeWidth / 2), to.X + (NodeWidth / 2), Math.Max(from.Y, to.Y) + NodeHeight + 22);
            return new ChainLine(
                $"M{startX} {from.Y + NodeHeight} C{startX} {low} {endX} {low} {endX} {to.Y + NodeHeight + 6}",
                $"M{endX - 4} {to.Y + NodeHeight + 7} l4 -7 l4 7 z",
                isSuspected,
                ClosesRing: true);
        }

        var (x1, y1, x2, y2) = (from.X + NodeWidth, from.Y + half, to.X - 7, to.Y + half);
        var bend = ColumnGap / 2;
        return new ChainLine($"M{x1} {y1} C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}", $"M{x2} {y2 - 4} l7 4 l-7 4 z", isSuspected, ClosesRing: false);
    }
}

public sealed record ChainNode(ItemLine Item, int X, int Y);

/// <param name="Path">The line, as SVG path data.</param>
/// <param name="Head">The arrow head, as SVG path data.</param>
public sealed record ChainLine(string Path, string Head, bool IsSuspected, bool ClosesRing)
{
    public WaitEdge? Edge { get; init; }
}
