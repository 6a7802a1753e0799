using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Dependencies;

/// <summary>What an item scores with what waits for it.</summary>
/// <param name="Score">The item's own score, or the greatest score of an open item that waits for it directly or through others.</param>
/// <param name="From">The item that lends its score; null when the own score is the greatest.</param>
/// <param name="Steps">Links up to the item whose score it must match; 0 when there is none. Orders equal scores: what comes first is further away.</param>
public sealed record InheritedScore(double Score, WorkItemRef? From, int Steps);

/// <summary>
/// Lends priority backwards: whatever blocks an open item is worth at least what that item is worth, over chains and rings. Items are
/// visited from the greatest score down and each takes its first lender, so every item and link is seen once and rings end.
/// </summary>
public static class InheritedScores
{
    public static IReadOnlyDictionary<WorkItemRef, InheritedScore> Of(DependencyGraph graph, IReadOnlyDictionary<WorkItemRef, double> own)
    {
        var result = new Dictionary<WorkItemRef, InheritedScore>(own.Count);
        foreach (var (lender, score) in own.OrderByDescending(p => p.Value).ThenBy(p => p.Key, RefOrder.Instance))
        {
            if (!result.TryAdd(lender, new InheritedScore(score, null, 0)))
                continue;
            var queue = new Queue<WorkItemRef>([lender]);
            while (queue.TryDequeue(out var item))
            {
                var steps = result[item].Steps + 1;
                foreach (var blocker in graph.OpenBlockers(item).Where(own.ContainsKey))
                {
                    if (result.TryAdd(blocker, new InheritedScore(score, own[blocker] < score ? lender : null, steps)))
                        queue.Enqueue(blocker);
                }
            }
        }

        return result;
    }
}
