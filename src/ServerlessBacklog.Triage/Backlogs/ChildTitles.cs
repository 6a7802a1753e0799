using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>Titles of the children of each item, by whichever end the tracker tells the link.</summary>
public sealed class ChildTitles
{
    private readonly ILookup<WorkItemRef, string> titles;

    private ChildTitles(ILookup<WorkItemRef, string> titles) => this.titles = titles;

    public static ChildTitles Of(BacklogSnapshot backlog) => new(backlog.Items.Values
        .SelectMany(o => o.Item.Linked(LinkKind.ChildOf).Select(parent => (Parent: parent, o.Item.Title))
            .Concat(o.Item.Linked(LinkKind.ParentOf).Select(backlog.Find).OfType<OutlinedItem>().Select(child => (Parent: o.Item.Ref, child.Item.Title))))
        .ToLookup(c => c.Parent, c => c.Title.Trim()));

    /// <summary>Compares without case.</summary>
    public IReadOnlySet<string> Below(WorkItem item) => titles[item.Ref].ToHashSet(StringComparer.OrdinalIgnoreCase);
}
