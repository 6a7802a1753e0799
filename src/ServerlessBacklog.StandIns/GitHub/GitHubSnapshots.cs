namespace ServerlessBacklog.StandIns.GitHub;

/// <summary>An issue at one moment, for tests to look at.</summary>
public sealed record GitHubIssue
{
    public required string Repository { get; init; }

    public required int Number { get; init; }

    public required long Id { get; init; }

    public required string NodeId { get; init; }

    public required string Title { get; init; }

    public required string? Body { get; init; }

    public required string Author { get; init; }

    public required bool IsOpen { get; init; }

    /// <summary>completed, not_planned, duplicate or reopened; null while it was never closed.</summary>
    public required string? StateReason { get; init; }

    public required string? Type { get; init; }

    public required bool IsLocked { get; init; }

    public required IReadOnlyList<string> Labels { get; init; }

    public required IReadOnlyList<string> Assignees { get; init; }

    public required IReadOnlyList<GitHubComment> Comments { get; init; }

    /// <summary><c>owner/repo#12</c>, as are those below.</summary>
    public required string? Parent { get; init; }

    public required IReadOnlyList<string> SubIssues { get; init; }

    public required IReadOnlyList<string> BlockedBy { get; init; }

    public required IReadOnlyList<string> Blocking { get; init; }

    public required string? DuplicateOf { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What happened, oldest first: <c>labeled bug by octocat</c>.</summary>
    public required IReadOnlyList<string> Timeline { get; init; }
}

public sealed record GitHubComment(long Id, string Author, string Body, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>Somebody got mail because a text named him.</summary>
/// <param name="Issue"><c>owner/repo#12</c>.</param>
public sealed record GitHubMention(string Issue, string Login, string By);

/// <summary>One attempt to deliver a webhook.</summary>
/// <param name="Delivery">The GUID in <c>X-GitHub-Delivery</c>: the same for all attempts of one delivery.</param>
/// <param name="StatusCode">0 when no answer came; null while it waits.</param>
public sealed record GitHubDelivery(
    long Id, Guid Delivery, long HookId, bool IsAppHook, string Event, string? Action, ReadOnlyMemory<byte> Payload, bool IsRedelivery, int? StatusCode,
    DateTimeOffset? DeliveredAt)
{
    public bool IsGood => StatusCode is >= 200 and < 300;
}
