using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>Chains and rings of items that wait for each other; suspected links do not count.</summary>
internal static class WaitRisks
{
    private const int NamedItems = 10;

    /// <summary>Items that wait, one after the other or beside each other, from which their blocker is a risk.</summary>
    private const int FewestWaiting = 2;

    /// <summary>Days without an owner's act that make it likely that a blocker stays where it is.</summary>
    private const int OldBlockerDays = 30;

    public static RiskLook Look(ReportInput input, BacklogReport report, Past past)
    {
        RiskCause[] causes = [RiskCause.BlockedChain, RiskCause.Ring];
        if (report.Counts.Blocked is null)
            return new RiskLook(causes, [], past.Open.Count == 0 ? null : "Chains and rings: the dependencies step did not look.");
        var groups = report.Blocked.More > 0 ? BlockedPart.Build(new ExaminedBacklog(input)).Rows : report.Blocked.Rows;
        return new RiskLook(causes, [.. groups.SelectMany(g => Of(g, input, past.AsOf))]);
    }

    private static IEnumerable<RiskRow> Of(BlockedGroup group, ReportInput input, DateTimeOffset asOf)
    {
        var edges = group.Edges.Where(e => !e.IsSuspected).ToList();
        var lines = group.Items.ToDictionary(i => i.Ref);
        var next = edges.ToLookup(e => e.Blocker, e => e.Waiting);
        if (OnRings(edges) is { Count: > 0 } ring)
            yield return Ring([.. ring.Select(r => lines[r])], asOf);
        foreach (var root in edges.Select(e => e.Blocker).Distinct().Except(edges.Select(e => e.Waiting)))
        {
            var waiting = Reached(root, next);
            if (waiting.Count >= FewestWaiting)
                yield return Chain(lines[root], [.. waiting.Select(w => lines[w])], input.Backlog.Find(root)?.Item, asOf);
        }
    }

    private static RiskRow Chain(ItemLine root, List<ItemLine> waiting, WorkItem? item, DateTimeOffset asOf)
    {
        var owner = item?.Assignees.FirstOrDefault(a => !a.IsBot)?.Login;
        var age = item?.CreatedAt is { } created ? (asOf - created).TotalDays : (double?)null;
        return new RiskRow
        {
            Id = $"blocked-{root.Ref.ToKey()}",
            Cause = RiskCause.BlockedChain,
            Sentence = $"{waiting.Count:N0} items wait for {root.Ref.Number}{(owner is null ? ", which nobody has" : $", which {owner} has")}{(age is { } days ? $", open for {days:N0} days" : "")}.",
            Items = [.. waiting.Prepend(root).Take(NamedItems)],
            ItemCount = waiting.Count + 1,
            Probability = owner is null ? RiskBand.High : age > OldBlockerDays ? RiskBand.Medium : RiskBand.Low,
            Impact = waiting.Count >= 5 ? RiskBand.High : RiskBand.Medium,
            Effect = "None of them can be finished before it is.",
            Act = owner is null ? $"Give {root.Ref.Number} an owner and do it first." : $"Ask {owner} what {root.Ref.Number} needs, and do it first.",
            Owner = owner,
            OpenedAt = asOf,
        };
    }

    private static RiskRow Ring(List<ItemLine> ring, DateTimeOffset asOf)
    {
        var sorted = ring.OrderBy(i => i.Ref.ToKey(), StringComparer.Ordinal).ToList();
        return new RiskRow
        {
            Id = $"ring-{sorted[0].Ref.ToKey()}",
            Cause = RiskCause.Ring,
            Sentence = $"{sorted.Count:N0} items wait for each other in a ring: {string.Join(", ", sorted.Take(NamedItems).Select(i => i.Ref.Number))}.",
            Items = [.. sorted.Take(NamedItems)],
            ItemCount = sorted.Count,
            Probability = RiskBand.High,
            Impact = RiskBand.Medium,
            Effect = "None of them can ever start.",
            Act = "Take out the link that is wrong, or cut one of the items in two.",
            OpenedAt = asOf,
        };
    }

    private static List<WorkItemRef> Reached(WorkItemRef root, ILookup<WorkItemRef, WorkItemRef> next)
    {
        var (seen, reached, queue) = (new HashSet<WorkItemRef> { root }, new List<WorkItemRef>(), new Queue<WorkItemRef>([root]));
        while (queue.TryDequeue(out var item))
        {
            foreach (var waiting in next[item].Where(seen.Add))
            {
                reached.Add(waiting);
                queue.Enqueue(waiting);
            }
        }

        return reached;
    }

    /// <summary>What remains when items that wait for nothing, and items that nothing waits for, are taken away again and again.</summary>
    private static HashSet<WorkItemRef> OnRings(List<WaitEdge> edges)
    {
        var left = edges;
        while (true)
        {
            var (blockers, waiting) = (left.Select(e => e.Blocker).ToHashSet(), left.Select(e => e.Waiting).ToHashSet());
            var kept = left.Where(e => waiting.Contains(e.Blocker) && blockers.Contains(e.Waiting)).ToList();
            if (kept.Count == left.Count)
                return [.. blockers];
            left = kept;
        }
    }
}
