using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace ServerlessBacklog.Domain.Items;

/// <summary>
/// One thing that someone may do: a GitHub issue, an Azure DevOps work item, a row of an export. A field that the source lacks
/// is null or empty; nothing is guessed. All times are UTC.
/// </summary>
public sealed record WorkItem
{
    public required WorkItemRef Ref { get; init; }

    public required string Title { get; init; }

    /// <summary>Description as people wrote it (Markdown, HTML or plain), without <see cref="Blocks"/>.</summary>
    public string Body { get; init; } = "";

    /// <summary>
    /// Our own texts in the description as we wrote them, by name; one that people have edited is theirs and stands in <see cref="Body"/>. Nothing is
    /// concluded from them.
    /// </summary>
    public IReadOnlyDictionary<string, string> Blocks { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    public WorkItemKind Kind { get; init; } = WorkItemKind.Item;

    public WorkItemState State { get; init; } = WorkItemState.Open;

    /// <summary>The tracker's own word for the state: <c>UNCONFIRMED</c>, <c>In Review</c>.</summary>
    public string? TrackerState { get; init; }

    /// <summary>Why it was closed, in the tracker's word: <c>FIXED</c>, <c>not_planned</c>, <c>DUPLICATE</c>.</summary>
    public string? Resolution { get; init; }

    /// <summary>The tracker's own word: <c>Bug</c>, <c>User Story</c>, <c>task</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The tracker's own word: <c>P1</c>, <c>Critical</c>, <c>2</c>. See <see cref="Urgency.FromPriority"/>.</summary>
    public string? Priority { get; init; }

    public string? Severity { get; init; }

    /// <summary>Components or area paths that the item belongs to.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    public IReadOnlyList<Label> Labels { get; init; } = [];

    public IReadOnlyList<Person> Assignees { get; init; } = [];

    public Person? Reporter { get; init; }

    /// <summary>The reporter's standing in the project, in GitHub's words: <c>OWNER</c>, <c>MEMBER</c>, <c>NONE</c> …</summary>
    public string? ReporterRole { get; init; }

    /// <summary>Milestone, sprint or iteration path.</summary>
    public string? Milestone { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Last change by anyone, bots included: an upper bound of human activity, never the activity itself.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public double? StoryPoints { get; init; }

    public IReadOnlyList<WorkItemLink> Links { get; init; } = [];

    public WorkItemHistory History { get; init; } = WorkItemHistory.Unknown;

    /// <summary>What was told of the work on it elsewhere, the newest first; null when nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WorkSign>? Signs { get; init; }

    public Uri? Url { get; init; }

    /// <summary>The tracker's revision or ETag, for optimistic writes; null where it has none.</summary>
    public string? Revision { get; init; }

    [JsonIgnore]
    public bool IsOpen => State != WorkItemState.Closed;

    public IEnumerable<WorkItemRef> Linked(LinkKind kind) => Links.Where(l => l.Kind == kind).Select(l => l.Target);

    public bool HasLabel(string name) => Labels.Contains(new Label(name));
}

[JsonConverter(typeof(JsonStringEnumConverter<WorkItemKind>))]
public enum WorkItemKind
{
    Item,

    /// <summary>A pull or merge request: history to learn from, never a duplicate and never triaged.</summary>
    PullRequest,
}

[JsonConverter(typeof(JsonStringEnumConverter<WorkItemState>))]
public enum WorkItemState
{
    Open,

    /// <summary>Somebody works on it: it counts as work in progress.</summary>
    Started,
    Closed,
}
