using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>Puts items in columns so that every item stands right of all that it waits for.</summary>
public static class WaitColumns
{
    /// <summary>Column by item, from 0: the longest way to it. Null when items wait in a ring, for then there is no such order.</summary>
    public static IReadOnlyDictionary<WorkItemRef, int>? Of(IReadOnlyCollection<WorkItemRef> items, IReadOnlyCollection<WaitEdge> edges)
    {
        var columns = items.ToDictionary(i => i, _ => 0);
        var open = edges.CountBy(e => e.Waiting).ToDictionary();
        var next = edges.ToLookup(e => e.Blocker, e => e.Waiting);
        var free = new Queue<WorkItemRef>(items.Where(i => !open.ContainsKey(i)));
        var placed = 0;
        while (free.TryDequeue(out var item))
        {
            placed++;
            foreach (var waiting in next[item])
            {
                columns[waiting] = Math.Max(columns[waiting], columns[item] + 1);
                if (--open[waiting] == 0)
                    free.Enqueue(waiting);
            }
        }

        return placed == items.Count ? columns : null;
    }
}
