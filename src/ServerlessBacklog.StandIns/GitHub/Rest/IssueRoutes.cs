using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub.Access;
using ServerlessBacklog.StandIns.GitHub.Acts;
using ServerlessBacklog.StandIns.GitHub.Model;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.GitHub.Rest;

/// <summary>Issues: lists, single ones, and their own fields.</summary>
internal static class IssueRoutes
{
    private const int LongestTitle = 256;
    private const int LongestBody = 65_536;
    private static readonly string[] Reasons = ["completed", "not_planned", "duplicate", "reopened"];

    public static void Map(RepoRouter routes) => routes
        .Add("GET", "/issues", List)
        .Add("POST", "/issues", Open)
        .Add("GET", "/issues/{number}", visit => Answer.Ok(visit.Shapes.Issue(visit.Issue())))
        .Add("PATCH", "/issues/{number}", Change)
        .Add("PUT", "/issues/{number}/lock", visit => Lock(visit, true))
        .Add("DELETE", "/issues/{number}/lock", visit => Lock(visit, false))
        .Add("GET", "/issues/{number}/timeline", visit => Timeline(visit, e => true))
        .Add("GET", "/issues/{number}/events", visit => Timeline(visit, e => e.Event is not ("commented" or "cross-referenced")));

    public static void DemandLength(string resource, string? body)
    {
        if (body?.Length > LongestBody)
            throw resource == "Issue"
                ? Refusals.Invalid(resource, "body", "custom", $"body is too long (maximum is {LongestBody} characters)")
                : Refusals.Invalid(resource, "data", "unprocessable", $"Body is too long (maximum is {LongestBody} characters)");
    }

    private static Answer List(Visit visit)
    {
        var repo = visit.Repo();
        Gatekeeper.DemandRead(visit.Caller, repo);
        return visit.Page(IssueFilter.Apply(visit, repo.Issues.Values), visit.Shapes.Issue);
    }

    private static Answer Open(Visit visit)
    {
        var repo = visit.Repo();
        var doer = Gatekeeper.DemandVoice(visit.Caller, repo, visit.World);
        var body = visit.Body();
        var title = Title(Visit.Text(body, "title") ?? throw Refusals.Invalid("Issue", "title", "missing_field"));
        DemandLength("Issue", Visit.Text(body, "body"));
        // Without the right to triage, labels, assignees and the like are dropped without a word.
        var fields = Gatekeeper.MayTriage(visit.Caller, repo) ? Fields.Read(visit, repo, doer, body) : new Fields();
        var issue = visit.Acts.Open(repo, doer, title, Visit.Text(body, "body"));
        fields.Apply(visit.Acts, issue, doer);
        return Answer.Created(visit.Shapes.Issue(issue)).With("Location", visit.Shapes.IssueUrl(issue));
    }

    private static Answer Change(Visit visit)
    {
        var issue = visit.Issue();
        var doer = Gatekeeper.DemandVoice(visit.Caller, issue.Repo, visit.World);
        var mayTriage = Gatekeeper.MayTriage(visit.Caller, issue.Repo);
        if (!mayTriage && issue.Author != doer.Account)
            throw Refusals.Of(403, "Must have admin rights to Repository.");
        var body = visit.Body();
        var title = body.ContainsKey("title") ? Title(body["title"]?.ToString() ?? "") : issue.Title;
        var text = body.ContainsKey("body") ? body["body"]?.ToString() : issue.Body;
        DemandLength("Issue", text);
        var state = Visit.Text(body, "state");
        var reason = Visit.Text(body, "state_reason");
        if (state is not (null or "open" or "closed"))
            throw Refusals.Invalid("Issue", "state", "invalid");
        if (reason is not null && !Reasons.Contains(reason))
            throw Refusals.Invalid("Issue", "state_reason", "invalid");
        var fields = mayTriage ? Fields.Read(visit, issue.Repo, doer, body) : new Fields();

        visit.Acts.Edit(issue, doer, title, text);
        fields.Apply(visit.Acts, issue, doer);
        if (state == "closed" || (state is null && reason is not (null or "reopened") && !issue.IsOpen))
            visit.Acts.Close(issue, doer, reason);
        else if (state == "open")
            visit.Acts.Reopen(issue, doer);
        if (!issue.IsOpen && issue.StateReason == "duplicate" && body["duplicate_issue_id"] is JsonValue id && id.TryGetValue<long>(out var canonical))
            issue.DuplicateOf = visit.World.IssueById(canonical);
        return Answer.Ok(visit.Shapes.Issue(issue));
    }

    private static string Title(string title) =>
        title.Trim().Length == 0 ? throw Refusals.Invalid("Issue", "title", "missing_field")
        : title.Length > LongestTitle ? throw Refusals.Invalid("Issue", "title", "custom", $"title is too long (maximum is {LongestTitle} characters)")
        : title;

    private static Answer Lock(Visit visit, bool on)
    {
        var issue = visit.Issue();
        var doer = Gatekeeper.DemandTriage(visit.Caller, issue.Repo, visit.World);
        visit.Acts.Lock(issue, doer, on, visit.Call.Body.Length > 0 ? Visit.Text(visit.Body(), "lock_reason") : null);
        return Answer.Nothing;
    }

    private static Answer Timeline(Visit visit, Func<TimelineEntry, bool> which)
    {
        var issue = visit.Issue();
        return visit.Page(issue.Timeline.Where(which), e => visit.Shapes.Event(issue, e));
    }

    /// <summary>What an issue is given besides its text. Each part that is null stays as it is.</summary>
    private sealed class Fields
    {
        private IReadOnlyList<LabelDefinition>? labels;
        private IReadOnlyList<Account>? assignees;
        private (bool Set, IssueKind? Type) type;
        private (bool Set, Milestone? Milestone) milestone;

        public static Fields Read(Visit visit, Repo repo, Doer doer, JsonObject body) => new()
        {
            labels = Visit.Texts(body, "labels")?.Select(name => LabelRoutes.Named(visit, repo, doer, name)).Distinct().ToList(),
            assignees = Visit.Texts(body, "assignees")?.Take(10).Select(login => Assignable(visit, repo, login)).ToList(),
            type = body.ContainsKey("type") ? (true, TypeNamed(repo, body["type"]?.ToString())) : default,
            milestone = body.ContainsKey("milestone") ? (true, MilestoneNumbered(repo, body["milestone"])) : default,
        };

        public void Apply(IssueActs acts, Issue issue, Doer doer)
        {
            if (labels is not null)
                acts.SetLabels(issue, doer, labels);
            foreach (var gone in assignees is null ? [] : issue.Assignees.Except(assignees).ToList())
                acts.Unassign(issue, doer, gone);
            foreach (var who in assignees ?? [])
                acts.Assign(issue, doer, who);
            if (type.Set)
                acts.SetType(issue, doer, type.Type);
            if (milestone.Set)
                acts.SetMilestone(issue, doer, milestone.Milestone);
        }

        private static Account Assignable(Visit visit, Repo repo, string login) =>
            repo.IsAssignable(login) ? visit.World.Account(login) : throw Refusals.Invalid("Issue", "assignees", "invalid");

        private static IssueKind? TypeNamed(Repo repo, string? name) =>
            name is null ? null
            : repo.Types.Find(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw Refusals.Invalid("Issue", "type", "invalid");

        private static Milestone? MilestoneNumbered(Repo repo, JsonNode? number) =>
            number is null ? null : repo.Milestones.Find(m => m.Number == (int)number) ?? throw Refusals.Invalid("Issue", "milestone", "invalid");
    }
}
