using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub.Model;
using ServerlessBacklog.StandIns.GitHub.Rest;

namespace ServerlessBacklog.StandIns.GitHub.Acts;

/// <summary>Sub-issues and dependencies. Each link is told to both ends.</summary>
internal static class LinkActs
{
    private const int MostSubIssues = 100;
    private const int MostLevels = 8;

    /// <returns>Why it is refused; null when it is done.</returns>
    public static string? AddSubIssue(this IssueActs acts, Issue parent, Issue child, Doer doer, bool replaceParent)
    {
        if (child.Parent == parent)
            return "Issue may not contain duplicate sub-issues";
        if (child.Parent is not null && !replaceParent)
            return "Sub issue may only have one parent";
        if (child == parent || Above(parent).Contains(child))
            return "Sub-issue may not create a circular dependency";
        if (child.Repo.Owner != parent.Repo.Owner)
            return "Sub-issue must belong to the same owner as the parent";
        if (parent.SubIssues.Count >= MostSubIssues)
            return $"Parent cannot have more than {MostSubIssues} sub-issues";
        if (Above(parent).Count() + 1 + Depth(child) > MostLevels)
            return $"Sub-issues cannot be nested more than {MostLevels} levels deep";
        if (child.Parent is { } former)
            acts.RemoveSubIssue(former, child, doer);
        parent.SubIssues.Add(child);
        child.Parent = parent;
        acts.Note(parent, doer, "sub_issue_added", e => e with { Other = child });
        acts.Note(child, doer, "parent_issue_added", e => e with { Other = parent });
        TellFamily(acts, parent, child, doer, "added");
        return null;
    }

    public static void RemoveSubIssue(this IssueActs acts, Issue parent, Issue child, Doer doer)
    {
        parent.SubIssues.Remove(child);
        child.Parent = null;
        acts.Note(parent, doer, "sub_issue_removed", e => e with { Other = child });
        acts.Note(child, doer, "parent_issue_removed", e => e with { Other = parent });
        TellFamily(acts, parent, child, doer, "removed");
    }

    /// <returns>Why it is refused; null when it is done.</returns>
    public static string? AddBlockedBy(this IssueActs acts, Issue blocked, Issue blocking, Doer doer)
    {
        if (blocked == blocking)
            return "An issue cannot be blocked by itself";
        if (blocked.BlockedBy.Contains(blocking))
            return "Dependency already exists";
        if (blocked.Blocking.Contains(blocking))
            return "An issue cannot block an issue that it is blocked by";
        blocked.BlockedBy.Add(blocking);
        blocking.Blocking.Add(blocked);
        acts.Note(blocked, doer, "blocked_by_added", e => e with { Other = blocking });
        acts.Note(blocking, doer, "blocking_added", e => e with { Other = blocked });
        TellDependency(acts, blocked, blocking, doer, "added");
        return null;
    }

    public static void RemoveBlockedBy(this IssueActs acts, Issue blocked, Issue blocking, Doer doer)
    {
        blocked.BlockedBy.Remove(blocking);
        blocking.Blocking.Remove(blocked);
        acts.Note(blocked, doer, "blocked_by_removed", e => e with { Other = blocking });
        acts.Note(blocking, doer, "blocking_removed", e => e with { Other = blocked });
        TellDependency(acts, blocked, blocking, doer, "removed");
    }

    public static void CutAll(Issue issue)
    {
        issue.Parent?.SubIssues.Remove(issue);
        issue.Parent = null;
        foreach (var child in issue.SubIssues)
            child.Parent = null;
        foreach (var other in issue.BlockedBy)
            other.Blocking.Remove(issue);
        foreach (var other in issue.Blocking)
            other.BlockedBy.Remove(issue);
        issue.SubIssues.Clear();
        issue.BlockedBy.Clear();
        issue.Blocking.Clear();
    }

    private static IEnumerable<Issue> Above(Issue issue)
    {
        for (var above = issue; above is not null; above = above.Parent)
            yield return above;
    }

    private static int Depth(Issue issue) => issue.SubIssues.Count == 0 ? 0 : 1 + issue.SubIssues.Max(Depth);

    private static void TellFamily(IssueActs acts, Issue parent, Issue child, Doer doer, string what)
    {
        var shapes = acts.Hooks.Shapes;
        acts.Hooks.Raise("sub_issues", $"sub_issue_{what}", parent.Repo, doer, payload =>
        {
            Fill(payload);
            payload["sub_issue_repo"] = shapes.Repository(child.Repo);
        });
        acts.Hooks.Raise("sub_issues", $"parent_issue_{what}", child.Repo, doer, payload =>
        {
            Fill(payload);
            payload["parent_issue_repo"] = shapes.Repository(parent.Repo);
        });

        void Fill(JsonObject payload)
        {
            payload["parent_issue_id"] = parent.Id;
            payload["parent_issue"] = shapes.Issue(parent);
            payload["sub_issue_id"] = child.Id;
            payload["sub_issue"] = shapes.Issue(child);
        }
    }

    private static void TellDependency(IssueActs acts, Issue blocked, Issue blocking, Doer doer, string what)
    {
        var shapes = acts.Hooks.Shapes;
        acts.Hooks.Raise("issue_dependencies", $"blocked_by_{what}", blocked.Repo, doer, payload =>
        {
            Fill(payload);
            payload["blocking_issue_repo"] = shapes.Repository(blocking.Repo);
        });
        acts.Hooks.Raise("issue_dependencies", $"blocking_{what}", blocking.Repo, doer, payload =>
        {
            Fill(payload);
            payload["blocked_issue_repo"] = shapes.Repository(blocked.Repo);
        });

        void Fill(JsonObject payload)
        {
            payload["blocked_issue_id"] = blocked.Id;
            payload["blocked_issue"] = shapes.Issue(blocked);
            payload["blocking_issue_id"] = blocking.Id;
            payload["blocking_issue"] = shapes.Issue(blocking);
        }
    }
}
