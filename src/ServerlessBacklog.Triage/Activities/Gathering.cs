using System.Text.RegularExpressions;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Activities;

/// <summary>
/// Composes what is gathered on a canonical item anew, right before it is written: between a decision and its approval other duplicates may have been merged
/// into it, and the one comment has to hold them all.
/// </summary>
public sealed partial class Gathering(IBacklogStore store, ItemRefresh refresh)
{
    /// <summary>As it was decided on, where the items cannot be seen.</summary>
    public async Task<Consolidate> RefreshAsync(string backlog, WorkItem duplicate, Consolidate write, CancellationToken cancellation)
    {
        if (await CanonicalAsync(backlog, write.Canonical, cancellation) is not { } canonical)
            return write;
        var earlier = new List<OutlinedItem>();
        foreach (var item in await store.FindItemsAsync(backlog, [.. Named(canonical, write).Where(r => r != duplicate.Ref && r != canonical.Ref)], cancellation))
        {
            if (await IsMergedAsync(backlog, item, canonical.Ref, cancellation))
                earlier.Add(Whole(item));
        }

        if (ConsolidatedComment.Of(Whole(canonical), [.. earlier, Whole(duplicate)]).Text is not { } text)
            return write;
        return new Consolidate(write.Canonical, text) { Before = earlier.Count > 0 ? ConsolidatedComment.Of(Whole(canonical), earlier).Text : null };
    }

    private async Task<WorkItem?> CanonicalAsync(string backlog, WorkItemRef canonical, CancellationToken cancellation)
    {
        await refresh.TryAsync(backlog, canonical, cancellation);
        return await store.FindItemsAsync(backlog, [canonical], cancellation) is [var stored] ? stored : null;
    }

    /// <summary>Items that the comment names, as it was proposed and as it is now. That they are duplicates is not concluded from it.</summary>
    private static IEnumerable<WorkItemRef> Named(WorkItem canonical, Consolidate write) => canonical.History.Comments.Where(c => c.IsOurs).Select(c => c.Body)
        .Append(write.Markdown)
        .SelectMany(text => Name().Matches(text))
        .Select(m => new WorkItemRef(canonical.Ref.Tracker, m.Groups["project"] is { Success: true } project ? project.Value : canonical.Ref.Project, m.Groups["number"].Value))
        .Distinct();

    /// <summary>The tracker says so, or it was done here and the tracker's word of it has not come yet.</summary>
    private async Task<bool> IsMergedAsync(string backlog, WorkItem item, WorkItemRef canonical, CancellationToken cancellation) =>
        (!item.IsOpen && item.Linked(LinkKind.DuplicateOf).Contains(canonical))
        || (await store.OutcomesAsync(backlog, item.Ref, cancellation)).Where(o => item.UpdatedAt is not { } at || o.At >= at).SelectMany(o => o.Changes)
            .Any(c => c is { State: ChangeState.Applied, Change: Consolidate gathered } && gathered.Canonical == canonical);

    private static OutlinedItem Whole(WorkItem item) => OutlinedItem.From(item) with { Item = item };

    [GeneratedRegex(@"(?<![\w/])(?<project>[\w.-]{1,100}/[\w.-]{1,100})?#(?<number>[0-9]{1,10})\b", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
