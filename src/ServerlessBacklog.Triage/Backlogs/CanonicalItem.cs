using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>What became of a canonical item, and so what may be done with its duplicates (FEATURES D5).</summary>
public enum CanonicalStanding
{
    Open,

    /// <summary>Closed as done: a new report like it may be a regression and is never closed for it.</summary>
    Fixed,

    /// <summary>Closed without being done: link and explain, never close.</summary>
    Declined,
}

/// <summary>Follows the tracker's duplicate links to the one item that is kept.</summary>
public static class CanonicalItem
{
    private static readonly string[] DeclinedWords =
        ["wontfix", "won't fix", "won't do", "invalid", "not_planned", "not planned", "declined", "rejected", "worksforme", "works for me", "incomplete", "cannot reproduce", "moved", "duplicate", "cancel", "abandoned", "by design", "as designed", "not a bug", "obsolete"];

    /// <summary>
    /// The root of the item's duplicate chain, or null where there is none to name: the chain leaves the backlog, ends in a ring, or
    /// ends in a pull request.
    /// </summary>
    public static OutlinedItem? Of(OutlinedItem item, BacklogSnapshot backlog)
    {
        var seen = new HashSet<WorkItemRef>();
        var current = item;
        while (seen.Add(current.Item.Ref))
        {
            if (current.Item.Linked(LinkKind.DuplicateOf).ToList() is not { Count: > 0 } targets)
                return current.Item.Kind == WorkItemKind.PullRequest ? null : current;
            // Some trackers link both ways: of two that name each other the older one is the root.
            var older = targets.Select(backlog.Find).OfType<OutlinedItem>().Where(t => ItemAge.IsOlder(t.Item, current.Item)).MinBy(t => t.Item, ItemAge.Order);
            if (older is not null)
                current = older;
            else if (targets.All(t => backlog.Find(t) is { } newer && newer.Item.Linked(LinkKind.DuplicateOf).Contains(current.Item.Ref)))
                return current.Item.Kind == WorkItemKind.PullRequest ? null : current;
            else if (targets.Select(backlog.Find).OfType<OutlinedItem>().FirstOrDefault() is { } newer)
                current = newer;
            else
                return null;
        }

        return null;
    }

    public static CanonicalStanding StandingOf(WorkItem canonical)
    {
        if (canonical.IsOpen)
            return CanonicalStanding.Open;
        var resolution = canonical.Resolution ?? canonical.TrackerState ?? "";
        return DeclinedWords.Any(w => resolution.Contains(w, StringComparison.OrdinalIgnoreCase)) ? CanonicalStanding.Declined : CanonicalStanding.Fixed;
    }
}
