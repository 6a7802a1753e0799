using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Statuses;

/// <summary>
/// What has happened to the work on an item, read from how things stand and not from single events: whatever came twice, late or in another order, the
/// facts are the same. Pure.
/// </summary>
internal static class StatusFacts
{
    /// <summary>What holds now, each with the moment since when; at most one of each cause.</summary>
    public static IReadOnlyList<StatusFact> Of(WorkItem item, BacklogSnapshot backlog) =>
        [.. Branches(item).Concat(PullRequests(item)).Concat(Comments(item)).Concat(Children(item, backlog))];

    /// <summary>When a person moved the item last; null when nobody did, as far as the source tells.</summary>
    /// <param name="isStatus">True for a label that is a status.</param>
    public static DateTimeOffset? MovedByPerson(WorkItem item, Func<string, bool> isStatus) => item.History.Events
        .Where(e => e.Actor is { IsBot: false } && (e.Kind.ToLowerInvariant() switch
        {
            "moved" or "started" or "reopened" or "closed" => true,
            "labeled" or "unlabeled" => e.Value is { } label && isStatus(label),
            _ => false,
        }))
        .Select(e => (DateTimeOffset?)e.At).Max();

    private static IEnumerable<StatusFact> Branches(WorkItem item)
    {
        if (Newest(item, WorkSignKind.BranchCreated) is { } branch)
            yield return new StatusFact(StatusCause.BranchCreated, branch.At, "a branch was created for it");
    }

    /// <summary>While one is open the others do not matter: the work goes on in it.</summary>
    private static IEnumerable<StatusFact> PullRequests(WorkItem item)
    {
        if (Newest(item, WorkSignKind.PullRequestOpened) is { } open)
            yield return new StatusFact(StatusCause.PullRequestOpened, open.At, $"{Name(item, open)} is open");
        else if (Newest(item, WorkSignKind.PullRequestDrafted) is { } draft)
            yield return new StatusFact(StatusCause.PullRequestDrafted, draft.At, $"{Name(item, draft)} is open as a draft");
        else if (Newest(item, WorkSignKind.PullRequestMerged) is { } merged)
            yield return new StatusFact(StatusCause.PullRequestMerged, merged.At, $"{Name(item, merged)} was merged");
        else if (Newest(item, WorkSignKind.PullRequestClosed) is { } closed)
            yield return new StatusFact(StatusCause.PullRequestClosed, closed.At, $"{Name(item, closed)} was closed without being merged");
    }

    private static IEnumerable<StatusFact> Comments(WorkItem item)
    {
        if (item.History.WrittenByPeople().Where(c => !c.IsCommand).MaxBy(c => c.At) is { } comment)
            yield return new StatusFact(StatusCause.PersonCommented, comment.At, $"{comment.Author} commented");
    }

    private static IEnumerable<StatusFact> Children(WorkItem item, BacklogSnapshot backlog)
    {
        var children = item.Linked(LinkKind.ParentOf).Distinct().Select(c => StateOf(c, item, backlog)).ToList();
        var begun = children.Where(c => c is { State: not WorkItemState.Open }).Select(c => c!.Value).ToList();
        if (begun.Count == 0)
            yield break;
        if (begun.Count == children.Count && begun.All(c => c.State == WorkItemState.Closed))
            yield return new StatusFact(StatusCause.ChildrenClosed, begun.Max(c => c.At), children.Count == 1 ? "its child is closed" : $"all {children.Count} children are closed");
        else
            yield return new StatusFact(StatusCause.ChildStarted, begun.Min(c => c.At), $"{begun.Count} of {children.Count} children are begun or closed");
    }

    /// <summary>Null for a child of which nothing is known: then it is not closed, and nothing says that it is begun.</summary>
    private static (WorkItemState State, DateTimeOffset At)? StateOf(WorkItemRef child, WorkItem item, BacklogSnapshot backlog)
    {
        var stored = backlog.Find(child)?.Item;
        var told = item.Signs?.FirstOrDefault(s => s.Source == child.ToString());
        if (told is not null && !(stored?.UpdatedAt > told.At))
        {
            return (told.Kind switch
            {
                WorkSignKind.ChildClosed => WorkItemState.Closed,
                WorkSignKind.ChildStarted => WorkItemState.Started,
                _ => WorkItemState.Open,
            }, told.At);
        }

        return stored is null ? null : (stored.State, (stored.State == WorkItemState.Closed ? stored.ClosedAt : stored.StartedAt) ?? stored.UpdatedAt ?? DateTimeOffset.MinValue);
    }

    private static WorkSign? Newest(WorkItem item, WorkSignKind kind) => item.Signs?.Where(s => s.Kind == kind).MaxBy(s => s.At);

    /// <summary>A pull request of the same project goes by its number.</summary>
    private static string Name(WorkItem item, WorkSign sign) =>
        WorkItemRef.TryParse(sign.Source, out var pull) && pull!.Project == item.Ref.Project ? $"the pull request #{pull.Number}" : "a pull request";
}

/// <param name="Words">What happened, in a clause.</param>
internal sealed record StatusFact(StatusCause Cause, DateTimeOffset At, string Words);
