using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Flow;

/// <summary>What was known of an item at a past moment, and what became of it afterwards. Of the present it takes only what carries a date.</summary>
public static class Fate
{
    private static readonly string[] Dropped = ["not_planned", "not planned", "wontfix", "won't fix", "stale", "expired", "abandoned", "incomplete"];

    /// <summary>True when the item existed at <paramref name="at"/> and was not closed.</summary>
    public static bool WasOpen(WorkItem item, DateTimeOffset at)
    {
        if (item.CreatedAt is not { } created || created > at)
            return false;
        var moves = item.History.Events.Where(e => e.Kind.ToLowerInvariant() is "closed" or "reopened").ToList();
        if (moves.Count > 0)
            return moves.LastOrDefault(e => e.At <= at) is not { } last || last.Kind.Equals("reopened", StringComparison.OrdinalIgnoreCase);
        return item.IsOpen || item.ClosedAt > at;
    }

    /// <summary>Days at <paramref name="at"/> since a person last did something that has a date, creating the item included; null before it was created.</summary>
    public static double? SilentDays(WorkItem item, DateTimeOffset at)
    {
        if (item.CreatedAt is not { } last || last > at)
            return null;
        foreach (var act in Acts(item).Where(a => a <= at && a > last))
            last = act;
        return (at - last).TotalDays;
    }

    /// <summary>
    /// True when no person did anything from <paramref name="from"/> to <paramref name="to"/>; closing it as not planned is no sign of life. Where the
    /// source counts comments that it does not date, its last change counts as one.
    /// </summary>
    public static bool StayedQuiet(WorkItem item, DateTimeOffset from, DateTimeOffset to)
    {
        var closing = IsDropped(item) ? item.ClosedAt : null;
        var hasUndated = !item.History.IsKnown || item.History.CommentCount > item.History.Comments.Count;
        return !Acts(item)
            .Concat(item.ClosedAt is { } closed ? [closed] : [])
            .Concat(hasUndated && item.UpdatedAt is { } updated ? [updated] : [])
            .Any(a => a > from && a <= to && (closing is null || Math.Abs((a - closing.Value).TotalMinutes) > 1));
    }

    /// <summary>The newest moment that any of the items speaks of; null without a date.</summary>
    public static DateTimeOffset? Newest(IEnumerable<WorkItem> items) =>
        items.SelectMany(i => new[] { i.CreatedAt, i.UpdatedAt, i.ClosedAt, i.History.LastHumanActivity() }).Max();

    /// <summary>Closed without being done.</summary>
    private static bool IsDropped(WorkItem item) =>
        item.Resolution is { } reason && Dropped.Contains(reason.Replace('-', '_').ToLowerInvariant());

    private static IEnumerable<DateTimeOffset> Acts(WorkItem item) =>
        item.History.Comments.Where(c => !c.Author.IsBot).Select(c => c.At).Concat(item.History.Events.Where(e => e.Actor is { IsBot: false }).Select(e => e.At));
}
