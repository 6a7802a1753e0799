using System.Globalization;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Domain.Triage;

/// <summary>What an item looks like once a change is made, as far as the item itself shows it. Comments are not shown: ours do not count.</summary>
public static class ChangedItem
{
    public static WorkItem With(WorkItem item, Change change) => change switch
    {
        AddLabel add => item.Labels.Contains(add.Label) ? item : item with { Labels = [.. item.Labels, add.Label] },
        RemoveLabel remove => item with { Labels = [.. item.Labels.Where(l => l != remove.Label)] },
        SetField set => WithField(item, set.Field, set.Value),
        MoveTo move => WithField(item, WorkItemField.Status, move.Status),
        ClearField clear => WithField(item, clear.Field, null),
        Assign assign => item.Assignees.Contains(assign.Person) ? item : item with { Assignees = [.. item.Assignees, assign.Person] },
        Unassign unassign => item with { Assignees = [.. item.Assignees.Where(p => p != unassign.Person)] },
        AddLink add => item.Links.Contains(new WorkItemLink(add.Kind, add.Target)) ? item : item with { Links = [.. item.Links, new WorkItemLink(add.Kind, add.Target)] },
        RemoveLink remove => item with { Links = [.. item.Links.Where(l => l != new WorkItemLink(remove.Kind, remove.Target))] },
        Close => item with { State = WorkItemState.Closed },
        Reopen reopen => item with { State = WorkItemState.Open, TrackerState = reopen.TrackerState ?? item.TrackerState },
        SetBlock set => item with { Blocks = new Dictionary<string, string>(item.Blocks) { [set.Name] = set.Markdown } },
        RemoveBlock remove => item with { Blocks = item.Blocks.Where(b => b.Key != remove.Name).ToDictionary() },
        RemoveChild remove => item with { Links = [.. item.Links.Where(l => !IsCutBy(remove, l))] },
        _ => item,
    };

    /// <summary>The item as it was before the changes that may have been made on it: those of them that were not made take nothing back.</summary>
    /// <param name="made">With their inverses, in the order in which they were made.</param>
    public static WorkItem Before(WorkItem item, IEnumerable<ChangeOutcome> made) =>
        made.Reverse().Select(c => c.Inverse).OfType<Change>().Aggregate(item, With);

    private static bool IsCutBy(RemoveChild remove, WorkItemLink link) =>
        link.Kind == LinkKind.ParentOf && (remove.Child is { } child ? link.Target == child : !remove.Others.Contains(link.Target));

    private static WorkItem WithField(WorkItem item, WorkItemField field, string? value) => field switch
    {
        WorkItemField.Type => item with { Type = value },
        WorkItemField.Priority => item with { Priority = value },
        WorkItemField.Severity => item with { Severity = value },
        WorkItemField.Area => item with { Areas = value is null ? [.. item.Areas.Skip(1)] : [value, .. item.Areas.Skip(1)] },
        WorkItemField.Estimate => item with { StoryPoints = double.TryParse(value, CultureInfo.InvariantCulture, out var points) ? points : null },
        _ => item with { TrackerState = value },
    };
}
