using ServerlessBacklog.StandIns.GitHub.Model;

namespace ServerlessBacklog.StandIns.GitHub;

/// <summary>How things stand, for tests to look at.</summary>
public sealed partial class GitHubStandIn
{
    /// <exception cref="ArgumentException">There is no such issue.</exception>
    public GitHubIssue Issue(string repository, int number)
    {
        lock (world.Gate)
            return Snapshot(IssueOf(repository, number));
    }

    public IReadOnlyList<GitHubIssue> Issues(string repository)
    {
        lock (world.Gate)
            return [.. RepoOf(repository).Issues.Values.Where(i => !i.IsPullRequest).Select(Snapshot)];
    }

    public IReadOnlyList<string> Labels(string repository)
    {
        lock (world.Gate)
            return [.. RepoOf(repository).Labels.Select(l => l.Name)];
    }

    private static GitHubIssue Snapshot(Issue issue) => new()
    {
        Repository = issue.Repo.FullName,
        Number = issue.Number,
        Id = issue.Id,
        NodeId = issue.NodeId,
        Title = issue.Title,
        Body = issue.Body,
        Author = issue.Author.Login,
        IsOpen = issue.IsOpen,
        StateReason = issue.StateReason,
        Type = issue.Type?.Name,
        IsLocked = issue.IsLocked,
        Labels = [.. issue.Labels.Select(l => l.Name)],
        Assignees = [.. issue.Assignees.Select(a => a.Login)],
        Comments = [.. issue.Comments.Select(c => new GitHubComment(c.Id, c.Author.Login, c.Body, c.CreatedAt, c.UpdatedAt))],
        Parent = issue.Parent?.Name,
        SubIssues = [.. issue.SubIssues.Select(i => i.Name)],
        BlockedBy = [.. issue.BlockedBy.Select(i => i.Name)],
        Blocking = [.. issue.Blocking.Select(i => i.Name)],
        DuplicateOf = issue.DuplicateOf?.Name,
        CreatedAt = issue.CreatedAt,
        UpdatedAt = issue.UpdatedAt,
        ClosedAt = issue.ClosedAt,
        Timeline = [.. issue.Timeline.Select(Words)],
    };

    private static string Words(TimelineEntry entry)
    {
        var what = entry.Label?.Name ?? entry.Assignee?.Login ?? entry.Rename?.To ?? entry.Type?.Name ?? entry.Milestone ?? entry.Other?.Name ?? entry.StateReason;
        return $"{entry.Event}{(what is null ? "" : " " + what)} by {entry.Actor.Account.Login}";
    }
}
