using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub.Model;

namespace ServerlessBacklog.StandIns.GitHub.Rest;

/// <summary>Issues, comments and what happened to them.</summary>
internal static class IssueShapes
{
    public static JsonObject Issue(this Shapes shapes, Issue issue)
    {
        var url = shapes.IssueUrl(issue);
        var shape = new JsonObject
        {
            ["url"] = url,
            ["repository_url"] = shapes.RepoUrl(issue.Repo),
            ["labels_url"] = url + "/labels{/name}",
            ["comments_url"] = url + "/comments",
            ["events_url"] = url + "/events",
            ["html_url"] = shapes.HtmlUrl(issue),
            ["id"] = issue.Id,
            ["node_id"] = issue.NodeId,
            ["number"] = issue.Number,
            ["title"] = issue.Title,
            ["user"] = shapes.Account(issue.Author),
            ["labels"] = shapes.Labels(issue),
            ["state"] = issue.IsOpen ? "open" : "closed",
            ["locked"] = issue.IsLocked,
            ["assignee"] = issue.Assignees is [var first, ..] ? shapes.Account(first) : null,
            ["assignees"] = Shapes.Array(issue.Assignees.Select(shapes.Account)),
            ["milestone"] = shapes.Milestone(issue.Repo, issue.Milestone),
            ["comments"] = issue.Comments.Count,
            ["created_at"] = Shapes.Time(issue.CreatedAt),
            ["updated_at"] = Shapes.Time(issue.UpdatedAt),
            ["closed_at"] = Shapes.Time(issue.ClosedAt),
            ["author_association"] = issue.Repo.AssociationOf(issue.Author),
            ["active_lock_reason"] = issue.LockReason,
            ["body"] = issue.Body,
            ["reactions"] = Shapes.Reactions(url, issue.Reactions),
            ["timeline_url"] = url + "/timeline",
            ["performed_via_github_app"] = shapes.App(issue.App),
            ["state_reason"] = issue.StateReason,
        };
        if (issue.IsPullRequest)
            shape["pull_request"] = PullRequestLinks(shapes, issue);
        else
            AddLinks(shape, shapes, issue);
        return shape;
    }

    public static JsonObject Comment(this Shapes shapes, Comment comment)
    {
        var url = $"{shapes.RepoUrl(comment.Issue.Repo)}/issues/comments/{comment.Id}";
        return new JsonObject
        {
            ["url"] = url,
            ["html_url"] = $"{shapes.HtmlUrl(comment.Issue)}#issuecomment-{comment.Id}",
            ["issue_url"] = shapes.IssueUrl(comment.Issue),
            ["id"] = comment.Id,
            ["node_id"] = comment.NodeId,
            ["user"] = shapes.Account(comment.Author),
            ["created_at"] = Shapes.Time(comment.CreatedAt),
            ["updated_at"] = Shapes.Time(comment.UpdatedAt),
            ["author_association"] = comment.Issue.Repo.AssociationOf(comment.Author),
            ["body"] = comment.Body,
            ["reactions"] = Shapes.Reactions(url, comment.Reactions),
            ["performed_via_github_app"] = shapes.App(comment.App),
        };
    }

    /// <summary>An entry of <c>/timeline</c> or <c>/events</c>.</summary>
    public static JsonObject Event(this Shapes shapes, Issue issue, TimelineEntry entry)
    {
        var shape = entry.Comment is { } comment ? shapes.Comment(comment) : new JsonObject
        {
            ["id"] = entry.Id,
            ["node_id"] = NodeIds.Of("EV", entry.Id),
            ["url"] = $"{shapes.RepoUrl(issue.Repo)}/issues/events/{entry.Id}",
            ["commit_id"] = null,
            ["commit_url"] = null,
            ["created_at"] = Shapes.Time(entry.At),
            ["performed_via_github_app"] = shapes.App(entry.Actor.App),
        };
        shape["event"] = entry.Event;
        shape["actor"] = shapes.Account(entry.Actor.Account);
        if (entry.Label is { } label)
            shape["label"] = new JsonObject { ["name"] = label.Name, ["color"] = label.Color };
        if (entry.Assignee is { } assignee)
            (shape["assignee"], shape["assigner"]) = (shapes.Account(assignee), shapes.Account(entry.Actor.Account));
        if (entry.Rename is { } rename)
            shape["rename"] = new JsonObject { ["from"] = rename.From, ["to"] = rename.To };
        if (entry.Event == "closed")
            shape["state_reason"] = entry.StateReason;
        if (entry.Milestone is { } milestone)
            shape["milestone"] = new JsonObject { ["title"] = milestone };
        if (entry.Event == "cross-referenced")
            shape["source"] = new JsonObject { ["type"] = "issue", ["issue"] = CrossReference(shapes, entry.Other!) };
        return shape;
    }

    private static JsonObject CrossReference(Shapes shapes, Issue other)
    {
        var shape = shapes.Issue(other);
        shape["repository"] = shapes.Repository(other.Repo);
        return shape;
    }

    private static JsonObject PullRequestLinks(Shapes shapes, Issue issue) => new()
    {
        ["url"] = $"{shapes.RepoUrl(issue.Repo)}/pulls/{issue.Number}",
        ["html_url"] = shapes.HtmlUrl(issue),
        ["diff_url"] = shapes.HtmlUrl(issue) + ".diff",
        ["patch_url"] = shapes.HtmlUrl(issue) + ".patch",
        ["merged_at"] = Shapes.Time(issue.MergedAt),
    };

    private static void AddLinks(JsonObject shape, Shapes shapes, Issue issue)
    {
        var done = issue.SubIssues.Count(s => !s.IsOpen);
        shape["type"] = Shapes.Type(issue.Type);
        shape["sub_issues_summary"] = new JsonObject
        {
            ["total"] = issue.SubIssues.Count,
            ["completed"] = done,
            ["percent_completed"] = issue.SubIssues.Count == 0 ? 0 : done * 100 / issue.SubIssues.Count,
        };
        shape["issue_dependencies_summary"] = new JsonObject
        {
            ["blocked_by"] = issue.BlockedBy.Count(i => i.IsOpen),
            ["total_blocked_by"] = issue.BlockedBy.Count,
            ["blocking"] = issue.Blocking.Count(i => i.IsOpen),
            ["total_blocking"] = issue.Blocking.Count,
        };
        if (issue.Parent is { } parent)
            shape["parent_issue_url"] = shapes.IssueUrl(parent);
    }
}
