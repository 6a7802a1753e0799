using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub.Access;
using ServerlessBacklog.StandIns.GitHub.Acts;
using ServerlessBacklog.StandIns.GitHub.Model;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.GitHub.Rest;

/// <summary>Sub-issues and dependencies. Both name the other issue by its database id, not by its number.</summary>
internal static class LinkRoutes
{
    public static void Map(RepoRouter routes) => routes
        .Add("GET", "/issues/{number}/parent", visit => Answer.Ok(visit.Shapes.Issue(visit.Issue().Parent ?? throw Refusals.NotFound())))
        .Add("GET", "/issues/{number}/sub_issues", visit => visit.Page(visit.Issue().SubIssues, visit.Shapes.Issue))
        .Add("POST", "/issues/{number}/sub_issues", AddSubIssue)
        .Add("DELETE", "/issues/{number}/sub_issue", RemoveSubIssue)
        .Add("GET", "/issues/{number}/dependencies/blocked_by", visit => visit.Page(visit.Issue().BlockedBy, visit.Shapes.Issue))
        .Add("POST", "/issues/{number}/dependencies/blocked_by", AddBlockedBy)
        .Add("DELETE", "/issues/{number}/dependencies/blocked_by/{issueId}", RemoveBlockedBy)
        .Add("GET", "/issues/{number}/dependencies/blocking", visit => visit.Page(visit.Issue().Blocking, visit.Shapes.Issue));

    private static Answer AddSubIssue(Visit visit)
    {
        var (issue, doer, body) = Begin(visit);
        var child = Other(visit, body["sub_issue_id"]);
        if (visit.Acts.AddSubIssue(issue, child, doer, (bool?)body["replace_parent"] ?? false) is { } why)
            throw Why(why);
        return Answer.Created(visit.Shapes.Issue(issue));
    }

    private static Answer RemoveSubIssue(Visit visit)
    {
        var (issue, doer, body) = Begin(visit);
        var child = Other(visit, body["sub_issue_id"]);
        if (child.Parent != issue)
            throw Refusals.NotFound();
        visit.Acts.RemoveSubIssue(issue, child, doer);
        return Answer.Ok(visit.Shapes.Issue(issue));
    }

    private static Answer AddBlockedBy(Visit visit)
    {
        var (issue, doer, body) = Begin(visit);
        if (visit.Acts.AddBlockedBy(issue, Other(visit, body["issue_id"]), doer) is { } why)
            throw Why(why);
        return Answer.Created(visit.Shapes.Issue(issue));
    }

    private static Answer RemoveBlockedBy(Visit visit)
    {
        var issue = visit.Issue();
        var doer = Gatekeeper.DemandTriage(visit.Caller, issue.Repo, visit.World);
        var blocking = issue.BlockedBy.Find(i => i.Id == visit.Call.Id("issueId")) ?? throw Refusals.NotFound();
        visit.Acts.RemoveBlockedBy(issue, blocking, doer);
        return Answer.Ok(visit.Shapes.Issue(issue));
    }

    private static (Issue Issue, Doer Doer, JsonObject Body) Begin(Visit visit)
    {
        var issue = visit.Issue();
        return (issue, Gatekeeper.DemandTriage(visit.Caller, issue.Repo, visit.World), visit.Body());
    }

    private static Issue Other(Visit visit, JsonNode? id) =>
        id is JsonValue value && value.TryGetValue<long>(out var number) && visit.World.IssueById(number) is { } issue && Gatekeeper.CanSee(visit.Caller, issue.Repo)
            ? issue
            : throw Why("The provided sub-issue or issue does not exist");

    private static RefusedException Why(string message) =>
        new(Refusals.Message(422, $"An error occurred while adding the link to the issue. {message}"));
}
