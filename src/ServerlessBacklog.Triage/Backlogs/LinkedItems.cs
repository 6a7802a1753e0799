using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>Which items hang together by the tracker's links, in either direction.</summary>
public sealed class LinkedItems
{
    /// <summary>Items followed at most: a larger component is a backlog of its own.</summary>
    private const int Limit = 200;

    private readonly ILookup<WorkItemRef, WorkItemRef> links;

    private LinkedItems(ILookup<WorkItemRef, WorkItemRef> links) => this.links = links;

    public static LinkedItems Of(BacklogSnapshot backlog) => new(backlog.Items.Values
        .SelectMany(o => o.Item.Links.Select(l => (From: o.Item.Ref, To: l.Target)))
        .SelectMany(l => new[] { l, (From: l.To, To: l.From) })
        .ToLookup(l => l.From, l => l.To));

    /// <summary>Items reachable over any number of links, nearest first, <paramref name="item"/> itself left out.</summary>
    public IReadOnlyCollection<WorkItemRef> Reachable(WorkItemRef item)
    {
        var seen = new HashSet<WorkItemRef> { item };
        var open = new Queue<WorkItemRef>([item]);
        while (open.TryDequeue(out var current) && seen.Count <= Limit)
        {
            foreach (var next in links[current])
            {
                if (seen.Add(next))
                    open.Enqueue(next);
            }
        }

        seen.Remove(item);
        return seen;
    }
}
