namespace ServerlessBacklog.StandIns.GitHub.Model;

internal sealed class Issue(long id, Repo repo, int number, Doer author, DateTimeOffset createdAt)
{
    public long Id { get; } = id;

    public Repo Repo { get; set; } = repo;

    public int Number { get; set; } = number;

    public string NodeId => NodeIds.Of(IsPullRequest ? "PR" : "I", Id);

    public Account Author { get; } = author.Account;

    public GitHubAppIdentity? App { get; } = author.App;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    public DateTimeOffset? ClosedAt { get; set; }

    public DateTimeOffset? EditedAt { get; set; }

    public Account? ClosedBy { get; set; }

    public string Title { get; set; } = "";

    public string? Body { get; set; }

    public bool IsOpen { get; set; } = true;

    /// <summary>completed, not_planned, duplicate or reopened.</summary>
    public string? StateReason { get; set; }

    public IssueKind? Type { get; set; }

    public Milestone? Milestone { get; set; }

    public List<LabelDefinition> Labels { get; } = [];

    public List<Account> Assignees { get; } = [];

    public List<Comment> Comments { get; } = [];

    public List<Reaction> Reactions { get; } = [];

    public List<TimelineEntry> Timeline { get; } = [];

    public bool IsLocked { get; set; }

    public string? LockReason { get; set; }

    public Issue? Parent { get; set; }

    public List<Issue> SubIssues { get; } = [];

    public List<Issue> BlockedBy { get; } = [];

    public List<Issue> Blocking { get; } = [];

    public Issue? DuplicateOf { get; set; }

    public bool IsPullRequest { get; init; }

    public DateTimeOffset? MergedAt { get; set; }

    /// <summary>The branch that a pull request brings.</summary>
    public string? Branch { get; set; }

    public bool IsDraft { get; set; }

    /// <summary>Pull requests that close it when merged.</summary>
    public List<Issue> ClosingPullRequests { get; } = [];

    public string Name => $"{Repo.FullName}#{Number}";
}

internal sealed class Comment(long id, Issue issue, Doer author, string body, DateTimeOffset createdAt)
{
    public long Id { get; } = id;

    public Issue Issue { get; } = issue;

    public Account Author { get; } = author.Account;

    public GitHubAppIdentity? App { get; } = author.App;

    public string Body { get; set; } = body;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    public List<Reaction> Reactions { get; } = [];

    public string NodeId => NodeIds.Of("IC", Id);
}

/// <param name="Content">+1, -1, laugh, confused, heart, hooray, rocket or eyes.</param>
internal sealed record Reaction(long Id, Account User, string Content, DateTimeOffset CreatedAt)
{
    public static readonly IReadOnlyList<string> Contents = ["+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"];
}

/// <summary>One thing that happened to an issue.</summary>
/// <param name="Event">As REST calls it: <c>labeled</c>, <c>cross-referenced</c>.</param>
internal sealed record TimelineEntry(long Id, string Event, Doer Actor, DateTimeOffset At)
{
    public LabelDefinition? Label { get; init; }

    public Account? Assignee { get; init; }

    public (string From, string To)? Rename { get; init; }

    public string? StateReason { get; init; }

    public IssueKind? Type { get; init; }

    public IssueKind? FormerType { get; init; }

    public string? Milestone { get; init; }

    public Comment? Comment { get; init; }

    /// <summary>The other issue: what refers to it, its parent, what blocks it.</summary>
    public Issue? Other { get; init; }
}
