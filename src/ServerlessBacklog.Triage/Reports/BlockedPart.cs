using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>Who waits for whom, in groups of items that are tied together; rings first, then the longest chains.</summary>
internal static class BlockedPart
{
    public static ReportPart<BlockedGroup> Build(ExaminedBacklog backlog)
    {
        var edges = Edges(backlog);
        var rows = Groups(edges).Select(g => Group(backlog, g))
            .OrderBy(g => g.LongestChain is null ? 0 : 1)
            .ThenBy(g => g.Edges.All(e => e.IsSuspected) ? 1 : 0)
            .ThenByDescending(g => g.LongestChain).ThenByDescending(g => g.Items.Count)
            .ThenBy(g => g.Items[0].Ref.ToKey(), StringComparer.Ordinal).ToList();
        return backlog.Part(rows, "No open item waits for another open item.", StepName.Dependencies);
    }

    /// <summary>Items with a blocker that the tracker knows; suspected ones do not count.</summary>
    public static HashSet<WorkItemRef> WaitingItems(IEnumerable<BlockedGroup> groups) =>
        [.. groups.SelectMany(g => g.Edges).Where(e => !e.IsSuspected).Select(e => e.Waiting)];

    private static List<WaitEdge> Edges(ExaminedBacklog backlog)
    {
        var known = new Dictionary<(WorkItemRef, WorkItemRef), WaitEdge>();
        foreach (var finding in backlog.Decided(StepName.Dependencies))
        {
            foreach (var fact in finding.Evidence.Where(e => e.Item is not null && e.Item != finding.Item))
            {
                WaitEdge? edge = fact.Kind switch
                {
                    EvidenceKind.BlockedBy => new WaitEdge(fact.Item!, finding.Item),
                    EvidenceKind.Blocks => new WaitEdge(finding.Item, fact.Item!),
                    EvidenceKind.Suspected => new WaitEdge(fact.Item!, finding.Item, IsSuspected: true, fact.Quote),
                    _ => null,
                };
                if (edge is not null && IsAlive(backlog, edge) && (!edge.IsSuspected || !known.ContainsKey((edge.Blocker, edge.Waiting))))
                    known[(edge.Blocker, edge.Waiting)] = edge;
            }
        }

        return [.. known.Values.OrderBy(e => e.Blocker.ToKey(), StringComparer.Ordinal).ThenBy(e => e.Waiting.ToKey(), StringComparer.Ordinal)];
    }

    /// <summary>Neither end is closed; an end that the backlog does not hold counts as alive, for nobody says otherwise.</summary>
    private static bool IsAlive(ExaminedBacklog backlog, WaitEdge edge) =>
        backlog.Line(edge.Blocker).State != WorkItemState.Closed && backlog.Line(edge.Waiting).State != WorkItemState.Closed;

    private static IEnumerable<List<WaitEdge>> Groups(List<WaitEdge> edges)
    {
        var near = edges.SelectMany(e => new[] { (From: e.Blocker, Edge: e), (From: e.Waiting, Edge: e) }).ToLookup(p => p.From, p => p.Edge);
        var seen = new HashSet<WorkItemRef>();
        foreach (var start in edges.Select(e => e.Blocker))
        {
            if (!seen.Add(start))
                continue;
            var (group, queue) = (new List<WaitEdge>(), new Queue<WorkItemRef>([start]));
            while (queue.TryDequeue(out var item))
            {
                foreach (var edge in near[item])
                {
                    if (edge.Blocker == item)
                        group.Add(edge);
                    if (seen.Add(edge.Blocker == item ? edge.Waiting : edge.Blocker))
                        queue.Enqueue(edge.Blocker == item ? edge.Waiting : edge.Blocker);
                }
            }

            yield return group;
        }
    }

    private static BlockedGroup Group(ExaminedBacklog backlog, List<WaitEdge> edges)
    {
        var items = edges.SelectMany(e => new[] { e.Blocker, e.Waiting }).Distinct().ToList();
        var cycles = items.SelectMany(i => backlog.Decided(i, StepName.Dependencies)?.EvidenceOf(EvidenceKind.Cycle) ?? [])
            .Select(e => e.Text).Distinct().ToList();
        return new BlockedGroup([.. items.Select(backlog.Line)], edges, cycles, WaitColumns.Of(items, edges) is { } columns ? columns.Values.Max() + 1 : null);
    }
}
