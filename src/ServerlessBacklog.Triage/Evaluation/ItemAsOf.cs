using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Evaluation;

/// <summary>
/// An item as it was known at a past moment. Kept is what carries a date; labels, people and milestone come from dated events only. Title, description and reporter
/// are taken to be those of its creation. Counts, votes, urgency and links have no date in the sets and are left out.
/// </summary>
internal static class ItemAsOf
{
    /// <summary>Null when it did not exist yet or was closed.</summary>
    public static WorkItem? Of(WorkItem item, DateTimeOffset at)
    {
        if (!Fate.WasOpen(item, at))
            return null;
        var events = item.History.Events.Where(e => e.At <= at).ToList();
        return item with
        {
            State = WorkItemState.Open,
            TrackerState = null,
            Resolution = null,
            Priority = null,
            Severity = null,
            StartedAt = null,
            ClosedAt = null,
            UpdatedAt = null,
            DueAt = null,
            StoryPoints = null,
            Links = [],
            Labels = [.. Standing(events, "labeled", "unlabeled").Select(l => new Label(l))],
            Assignees = [.. Standing(events, "assigned", "unassigned").Select(Person.FromLogin)],
            Milestone = Standing(events, "milestoned", "demilestoned").LastOrDefault(),
            History = new WorkItemHistory
            {
                IsKnown = item.History.IsKnown,
                Comments = [.. item.History.Comments.Where(c => c.At <= at)],
                Events = events,
            },
        };
    }

    private static List<string> Standing(IReadOnlyList<HistoryEvent> events, string on, string off)
    {
        var standing = new List<string>();
        foreach (var change in events.Where(e => e.Value is not null))
        {
            if (change.Kind == on && !standing.Contains(change.Value!))
                standing.Add(change.Value!);
            else if (change.Kind == off)
                standing.Remove(change.Value!);
        }

        return standing;
    }
}
