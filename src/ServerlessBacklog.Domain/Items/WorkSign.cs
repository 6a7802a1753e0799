using System.Text.Json.Serialization;

namespace ServerlessBacklog.Domain.Items;

/// <summary>
/// Something that was told of the work on an item and that a look at the item does not show: a branch, a pull request, the state of a child.
/// </summary>
/// <param name="At">When it happened, as the tracker tells.</param>
/// <param name="Source">Names the branch, the pull request or the child: of each there is one sign, the newest.</param>
public sealed record WorkSign(WorkSignKind Kind, DateTimeOffset At, string Source)
{
    /// <summary>Signs that are kept of one item.</summary>
    public const int Most = 50;

    public bool IsPullRequest => Kind is WorkSignKind.PullRequestDrafted or WorkSignKind.PullRequestOpened or WorkSignKind.PullRequestClosed or WorkSignKind.PullRequestMerged;

    /// <summary>
    /// What is known once further signs are told, in whatever order and how often they come: of two on one source the later counts, and of two of one
    /// moment the one that goes further.
    /// </summary>
    /// <returns>Null when nothing is known.</returns>
    public static IReadOnlyList<WorkSign>? Merge(IReadOnlyList<WorkSign>? known, IReadOnlyList<WorkSign>? told)
    {
        if (told is null or [])
            return known;
        List<WorkSign> all = [.. (known ?? []).Concat(told)
            .GroupBy(s => s.Source, StringComparer.Ordinal)
            .Select(g => g.OrderBy(s => s.At).ThenBy(s => s.Kind).Last())
            .OrderByDescending(s => s.At).ThenBy(s => s.Source, StringComparer.Ordinal)
            .Take(Most)];
        return all;
    }
}

/// <summary>In the order in which work goes on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WorkSignKind>))]
public enum WorkSignKind
{
    BranchCreated,
    PullRequestDrafted,
    PullRequestOpened,

    /// <summary>Closed and not merged.</summary>
    PullRequestClosed,
    PullRequestMerged,
    ChildOpened,
    ChildStarted,
    ChildClosed,
}
