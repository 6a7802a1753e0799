using System.Text.Json.Serialization;

namespace ServerlessBacklog.Triage.Statuses;

/// <summary>To which status an item moves when something happens to the work on it (docs/statuses.md). None unless given.</summary>
public sealed record StatusSettings
{
    /// <summary>Of two rules for the same cause the first that fits an item counts.</summary>
    public IReadOnlyList<StatusRule> Rules { get; init; } = [];
}

/// <summary>One line of the rule table.</summary>
public sealed record StatusRule
{
    public required StatusCause When { get; init; }

    /// <summary>The status in the tracker's own word, a label of that name on GitHub; null for a rule that closes.</summary>
    public string? To { get; init; }

    /// <summary>True to propose that the item be closed as completed. A person has to approve it.</summary>
    public bool Close { get; init; }

    /// <summary>Only items of these types; empty for all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Only items in one of these statuses; empty for whatever status. <c>none</c> stands for an item without one.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>What stands in <see cref="From"/> for an item that has no status.</summary>
    public const string NoStatus = "none";
}

/// <summary>What moves an item, in the order in which work goes on: of two that come at one moment the later counts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StatusCause>))]
public enum StatusCause
{
    /// <summary>A branch was created whose name holds the item's number.</summary>
    BranchCreated,

    /// <summary>A child is being worked on, or is done while others are not.</summary>
    ChildStarted,

    /// <summary>A draft of a pull request is open.</summary>
    PullRequestDrafted,

    /// <summary>A pull request is open for review.</summary>
    PullRequestOpened,

    /// <summary>The last pull request was closed and not merged.</summary>
    PullRequestClosed,

    /// <summary>A pull request was merged and none is open.</summary>
    PullRequestMerged,

    /// <summary>Somebody wrote a comment that is no command.</summary>
    PersonCommented,

    /// <summary>All children are closed.</summary>
    ChildrenClosed,
}
