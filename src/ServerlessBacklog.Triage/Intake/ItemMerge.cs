using System.Globalization;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Intake;

/// <summary>
/// What news of an item makes of what is stored. Pure. News may come late, twice, or out of order: what is older than what is stored changes
/// nothing, and what does not tell of history, links and signs leaves them as they are.
/// </summary>
public static class ItemMerge
{
    /// <summary>For what an event tells.</summary>
    public static ItemUpdate Of(KnownItem known, TrackerEvent told)
    {
        if (told.Kind == EventKind.Removed)
            return known.Item is null || known.Item.UpdatedAt > told.At ? ItemUpdate.Nothing : ItemUpdate.Remove(told.At ?? known.Item.UpdatedAt ?? DateTimeOffset.MinValue);
        var item = told.State is { } state && !IsLate(known, state, told.At) ? Over(known.Item, state) : known.Item;
        if (item is null)
            return ItemUpdate.Nothing;
        if (told.Comment is { } comment)
            item = item with { History = With(item.History, comment) };
        if (told.CommentRemoved is { } removed)
            item = item with { History = item.History with { Comments = [.. item.History.Comments.Where(c => !IsSame(c, removed))] } };
        return ReferenceEquals(item, known.Item) ? ItemUpdate.Nothing : ItemUpdate.Save(item);
    }

    /// <summary>For the item itself, looked at whole: history and links are told too.</summary>
    public static ItemUpdate Of(KnownItem known, WorkItem seen) =>
        IsLate(known, seen) ? ItemUpdate.Nothing : ItemUpdate.Save(seen with { Signs = WorkSign.Merge(known.Item?.Signs, seen.Signs) });

    /// <summary>For an item of a page, which may tell less than a look: history and links that it does not tell stay.</summary>
    public static ItemUpdate OfPage(KnownItem known, WorkItem read) =>
        IsLate(known, read) ? ItemUpdate.Nothing
        : ItemUpdate.Save(read.History.IsKnown || known.Item is null ? read with { Signs = WorkSign.Merge(known.Item?.Signs, read.Signs) } : Over(known.Item, read));

    /// <summary>For signs of work on it; an item that is not stored is looked at first.</summary>
    public static ItemUpdate Of(KnownItem known, IReadOnlyList<WorkSign> told)
    {
        if (known.Item is not { Kind: WorkItemKind.Item } item)
            return ItemUpdate.Nothing;
        var signs = WorkSign.Merge(item.Signs, told)!;
        return item.Signs is { } before && before.SequenceEqual(signs) ? ItemUpdate.Nothing : ItemUpdate.Save(item with { Signs = signs });
    }

    /// <param name="toldAt">When it happened, where the tracker says so: one that is restored keeps the time of its last change.</param>
    private static bool IsLate(KnownItem known, WorkItem news, DateTimeOffset? toldAt = null) =>
        known.Item is { } stored ? IsOlder(news, stored) : known.GoneAt is { } gone && (toldAt ?? news.UpdatedAt ?? DateTimeOffset.MinValue) <= gone;

    /// <summary>By revision number where both have one, else by the time of the last change. Equal ones are not older: a second holds many changes.</summary>
    private static bool IsOlder(WorkItem news, WorkItem stored) =>
        Number(news.Revision) is { } mine && Number(stored.Revision) is { } theirs ? mine < theirs : news.UpdatedAt < stored.UpdatedAt;

    private static long? Number(string? revision) => long.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static WorkItem Over(WorkItem? stored, WorkItem news) => stored is null ? news : news with
    {
        History = stored.History with
        {
            CommentCount = news.History.CommentCount ?? stored.History.CommentCount,
            Reactions = news.History.Reactions.Total > 0 ? news.History.Reactions with { People = stored.History.Reactions.People } : stored.History.Reactions,
        },
        Links = news.Links.Count > 0 ? news.Links : stored.Links,
        ReporterRole = news.ReporterRole ?? stored.ReporterRole,
        StartedAt = news.StartedAt ?? stored.StartedAt,
        Signs = WorkSign.Merge(stored.Signs, news.Signs),
    };

    private static WorkItemHistory With(WorkItemHistory history, WorkItemComment comment)
    {
        var at = history.Comments.ToList().FindIndex(c => IsSame(c, comment));
        return at >= 0
            ? history with { Comments = [.. history.Comments.Select((c, i) => i == at ? comment : c)] }
            : history with { Comments = [.. history.Comments.Append(comment).OrderBy(c => c.At)] };
    }

    /// <summary>Nobody writes two comments on one item within one second.</summary>
    private static bool IsSame(WorkItemComment one, WorkItemComment other) => one.Author == other.Author && one.At == other.At;
}
