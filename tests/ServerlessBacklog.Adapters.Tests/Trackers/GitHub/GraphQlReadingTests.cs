using System.Text.Json.Nodes;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub;

public class GraphQlReadingTests
{
    [Fact]
    public async Task A_page_brings_items_with_all_that_is_known_of_them()
    {
        await using var server = await StartAsync(AnIssue.Page(AnIssue.List(AnIssue.Node(7, n =>
        {
            (n["state"], n["stateReason"], n["closedAt"]) = ("CLOSED", "NOT_PLANNED", "2024-03-02T10:00:00Z");
            n["author"] = AnIssue.Actor("dependabot", "Bot");
            n["labels"] = AnIssue.List(AnIssue.Label("P1"), AnIssue.Label("area: ui"));
            n["assignees"] = AnIssue.List(AnIssue.Actor("ada"));
            n["issueType"] = new JsonObject { ["name"] = "Bug" };
            n["comments"] = AnIssue.List(Said("ada", "yes"), Said(null, "gone"), Said("ours", "x <!-- serverless-backlog -->"));
            n["timelineItems"] = AnIssue.List(Happened("LabeledEvent", e => e["label"] = AnIssue.Label("P1")), Happened("MentionedEvent"));
            n["reactionGroups"] = new JsonArray(Group("THUMBS_UP", 4), Group("HEART", 2), Group("THUMBS_DOWN", 1));
            n["reactions"] = AnIssue.List(new JsonObject { ["user"] = AnIssue.Actor("eve") });
            n["parent"] = AnIssue.Far(1);
            n["subIssues"] = AnIssue.List(AnIssue.Far(20), AnIssue.Far(21, "octo/plans"));
            n["blockedBy"] = AnIssue.List(AnIssue.Far(3));
            n["blocking"] = AnIssue.List(AnIssue.Far(4));
            n["duplicateOf"] = AnIssue.Far(5);
            n["closedByPullRequestsReferences"] = AnIssue.List(AnIssue.Far(30));
        }))));

        var item = (await PageAsync(server.Tracker())).Items.ShouldHaveSingleItem();

        item.ShouldSatisfyAllConditions(
            i => i.Ref.ShouldBe(WorkItemRef.Parse("github:octo/lab#7")),
            i => i.State.ShouldBe(WorkItemState.Closed),
            i => i.Resolution.ShouldBe("not_planned"),
            i => (i.Reporter!.Login, i.Reporter.IsBot).ShouldBe(("dependabot[bot]", true)),
            i => i.Priority.ShouldBe("P1"),
            i => i.Areas.ShouldBe(["area: ui"]),
            i => i.Type.ShouldBe("Bug"),
            i => i.Revision.ShouldBe(AnIssue.UpdatedAt));
        item.Links.Select(l => $"{l.Kind} {l.Target.Project}#{l.Target.Number}").ShouldBe([
            "ChildOf octo/lab#1", "ParentOf octo/lab#20", "ParentOf octo/plans#21", "BlockedBy octo/lab#3", "Blocks octo/lab#4", "DuplicateOf octo/lab#5", "ClosedBy octo/lab#30"]);
        item.History.ShouldSatisfyAllConditions(
            h => h.IsKnown.ShouldBeTrue(),
            h => h.Comments.Select(c => (c.Author.Login, c.Author.IsBot)).ShouldBe([("ada", false), ("ghost", false), ("ours", true)]),
            h => h.Events.Select(e => (e.Kind, e.Value)).ShouldBe([("labeled", "P1")]),
            h => (h.Reactions.ThumbsUp, h.Reactions.ThumbsDown, h.Reactions.Other).ShouldBe((4, 1, 2)),
            h => h.Reactions.People.ShouldBe([new Person("eve")]));
    }

    [Fact]
    public async Task The_last_mark_of_a_timeline_tells_the_duplicate_where_the_server_has_no_field_for_it()
    {
        await using var server = await StartAsync(AnIssue.Page(AnIssue.List(
            AnIssue.Node(7, n => n["timelineItems"] = AnIssue.List(Marked(3), Happened("UnmarkedAsDuplicateEvent"), Marked(5))),
            AnIssue.Node(8, n => n["timelineItems"] = AnIssue.List(Marked(3), Happened("UnmarkedAsDuplicateEvent"))))));

        var items = (await PageAsync(server.Tracker())).Items;

        items[0].Linked(LinkKind.DuplicateOf).ShouldBe([WorkItemRef.Parse("github:octo/lab#5")]);
        items[1].Linked(LinkKind.DuplicateOf).ShouldBeEmpty();

        static JsonObject Marked(int canonical) => Happened("MarkedAsDuplicateEvent", e => e["canonical"] = AnIssue.Far(canonical));
    }

    [Fact]
    public async Task Pages_go_on_from_their_cursor_and_say_what_is_left()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("POST /graphql", c => Answer.Of(AnIssue.Page((string?)c.Json["variables"]!["after"] is null
            ? AnIssue.Part(3, "c|1", AnIssue.Node(1), AnIssue.Node(2))
            : AnIssue.Part(3, null, AnIssue.Node(3)))));

        var first = await PageAsync(server.Tracker());
        var second = await PageAsync(server.Tracker(), first.Next);

        (first.Items.Count, first.Left, second.Items.Count, second.Left, second.Next).ShouldBe((2, 1, 1, 0, null));
        ((string?)server.Calls[1].Json["variables"]!["after"]).ShouldBe("c|1");
    }

    [Fact]
    public async Task Only_what_changed_since_is_asked_for()
    {
        await using var server = await StartAsync(AnIssue.Page(AnIssue.List()));

        await server.Tracker().ReadPageAsync(new TrackerPageRequest("octo/lab", DateTimeOffset.Parse("2024-03-01T12:30:00+02:00"), null), CancellationToken.None);

        ((string?)server.Calls[0].Json["variables"]!["filter"]!["since"]).ShouldBe("2024-03-01T10:30:00Z");
    }

    [Fact]
    public async Task Comments_and_events_for_which_a_page_has_no_room_are_fetched()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("POST /graphql", c => Answer.Of(Query(c) switch
        {
            var q when q.Contains("query MoreComments", StringComparison.Ordinal) => More("comments", AnIssue.Part(3, After(c) == "c1" ? "c2" : null, Said("ada", After(c)!))),
            var q when q.Contains("query MoreEvents", StringComparison.Ordinal) => More("timelineItems", AnIssue.Part(2, null, Happened("ReopenedEvent"))),
            _ => AnIssue.One(AnIssue.Node(7, n =>
            {
                n["comments"] = AnIssue.Part(3, "c1", Said("ada", "first"));
                n["timelineItems"] = AnIssue.Part(2, "e1", Happened("ClosedEvent"));
            })),
        }));

        var history = (await LookAsync(server.Tracker())).Item!.History;

        history.Comments.Select(c => c.Body).ShouldBe(["first", "c1", "c2"]);
        history.Events.Select(e => e.Kind).ShouldBe(["closed", "reopened"]);
        history.CommentCount.ShouldBe(3);
    }

    [Fact]
    public async Task What_the_server_does_not_know_is_left_out_and_not_asked_for_again()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("POST /graphql", c => Query(c) switch
        {
            var q when q.Contains("blockedBy", StringComparison.Ordinal) => Complaint("Field 'blockedBy' doesn't exist on type 'Issue'", "Field 'blocking' doesn't exist on type 'Issue'"),
            var q when q.Contains("ISSUE_TYPE", StringComparison.Ordinal) => Complaint("No such type IssueTypeAddedEvent, so it can't be a fragment condition"),
            var q when q.Contains("enableDuplicate", StringComparison.Ordinal) => Complaint("Field 'stateReason' doesn't accept argument 'enableDuplicate'"),
            _ => Answer.Of(AnIssue.One(AnIssue.Node(7))),
        });
        var tracker = server.Tracker();

        (await LookAsync(tracker)).State.ShouldBe(LookState.Found);
        server.Calls.Count.ShouldBe(4);
        Query(server.Calls[^1]).ShouldContain("subIssues");

        await LookAsync(tracker);
        server.Calls.Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_query_that_is_refused_whatever_is_left_out_is_a_fault()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("POST /graphql", _ => Complaint("Parse error on \"x\""));

        await Should.ThrowAsync<HttpRequestException>(() => LookAsync(server.Tracker()));
    }

    [Fact]
    public async Task Limits_are_told_with_HTTP_200_too()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        var reset = DateTimeOffset.UtcNow.AddMinutes(17).ToUnixTimeSeconds();
        server.On("POST /graphql", _ => new Answer(200, Errors("RATE_LIMITED", "API rate limit exceeded for installation ID 5.")) { Headers = new() { ["X-RateLimit-Reset"] = $"{reset}" } });

        (await Should.ThrowAsync<BudgetExhaustedException>(() => PageAsync(server.Tracker()))).Until.ToUnixTimeSeconds().ShouldBe(reset);
    }

    [Fact]
    public async Task An_issue_that_is_not_there_is_told_from_a_repository_that_may_not_be_seen()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        var tracker = server.Tracker();
        server.On("POST /graphql", Errors("NOT_FOUND", "Could not resolve to an issue or pull request with the number of 7.", AnIssue.One(null)["data"]!.DeepClone()));
        var gone = await LookAsync(tracker);
        server.On("POST /graphql", Errors("NOT_FOUND", "Could not resolve to a Repository with the name 'octo/lab'.", new JsonObject { ["repository"] = null }));
        var hidden = await LookAsync(tracker);

        (gone.State, hidden.State).ShouldBe((LookState.Gone, LookState.NotReadable));
        (await Should.ThrowAsync<UserErrorException>(() => PageAsync(tracker))).Message.ShouldContain("knows no repository octo/lab");
    }

    [Fact]
    public async Task A_transferred_issue_is_gone_and_its_new_place_is_told()
    {
        await using var server = await StartAsync(AnIssue.One(AnIssue.Node(31, repository: "octo/other")));

        var look = await LookAsync(server.Tracker());

        (look.State, look.Why).ShouldBe((LookState.Gone, "it was moved to octo/other#31"));
    }

    [Fact]
    public async Task A_renamed_repository_is_no_transfer()
    {
        await using var server = await StartAsync(AnIssue.One(AnIssue.Node(7, repository: "octo/new-lab"), "octo/new-lab"));

        (await LookAsync(server.Tracker())).Item!.Ref.ShouldBe(WorkItemRef.Parse("github:octo/lab#7"));
    }

    [Fact]
    public async Task A_pull_request_is_looked_at_as_one()
    {
        await using var server = await StartAsync(AnIssue.One(new JsonObject
        {
            ["__typename"] = "PullRequest", ["number"] = 7, ["title"] = "Fix", ["body"] = "", ["pullState"] = "MERGED",
            ["createdAt"] = AnIssue.UpdatedAt, ["updatedAt"] = AnIssue.UpdatedAt, ["repository"] = new JsonObject { ["nameWithOwner"] = "octo/lab" },
            ["labels"] = AnIssue.List(), ["assignees"] = AnIssue.List(),
        }));

        var item = (await LookAsync(server.Tracker())).Item!;

        (item.Kind, item.State, item.Resolution).ShouldBe((WorkItemKind.PullRequest, WorkItemState.Closed, "merged"));
    }

    [Fact]
    public async Task Single_sign_on_and_missing_scopes_are_said_with_the_mend()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("POST /graphql", """{"data":{"repository":null},"errors":[{"type":"FORBIDDEN","path":["repository"],"extensions":{"saml_failure":true},"message":"Resource protected by organization SAML enforcement."}]}""");
        (await Should.ThrowAsync<UserErrorException>(() => PageAsync(server.Tracker()))).Message.ShouldContain("authorize the token");

        server.On("POST /graphql", Errors("INSUFFICIENT_SCOPES", "Your token has not been granted the required scopes to execute this query."));
        (await Should.ThrowAsync<UserErrorException>(() => PageAsync(server.Tracker()))).Message.ShouldContain("public_repo");
    }

    [Fact]
    public async Task One_issue_that_GitHub_does_not_bring_does_not_cost_the_others()
    {
        await using var server = await StartAsync(AnIssue.Page(AnIssue.List(AnIssue.Node(1), null, AnIssue.Node(3))));

        var page = await PageAsync(server.Tracker());

        page.Items.Select(i => i.Ref.Number).ShouldBe(["1", "3"]);
        page.Problems.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_page_that_takes_GitHub_too_long_is_asked_for_in_smaller_pieces()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("POST /graphql", c => (int)c.Json["variables"]!["first"]! > 20 ? new Answer(502, "<html>") : Answer.Of(AnIssue.Page(AnIssue.List(AnIssue.Node(1)))));

        (await PageAsync(server.Tracker())).Items.Count.ShouldBe(1);
        server.Calls.Select(c => (int)c.Json["variables"]!["first"]!).ShouldBe([50, 16]);
    }

    [Fact]
    public async Task A_cursor_that_GitHub_has_forgotten_begins_anew()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("POST /graphql", c => After(c) is null
            ? Answer.Of(AnIssue.Page(AnIssue.List(AnIssue.Node(1))))
            : Answer.Of(Errors("INVALID_CURSOR_ARGUMENTS", "`old` does not appear to be a valid cursor.", new JsonObject { ["repository"] = new JsonObject { ["issues"] = null } })));

        (await PageAsync(server.Tracker(), "graphql|50|old")).Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_without_GraphQL_is_read_over_REST()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("POST /graphql", new { message = "Not Found" }, 404);
        server.On("GET /repos/octo/lab", new { full_name = "octo/lab", open_issues_count = 1 });
        server.On("GET /repos/octo/lab/issues", _ => Answer.Of(new JsonArray(AnIssue.Rest(9))));

        var page = await PageAsync(server.Tracker());

        page.Items.ShouldHaveSingleItem();
        page.Next.ShouldNotBeNull();
        server.Calls.ShouldAllBe(c => c.Authorization == "Bearer t0ken");
    }

    private static string Query(Call call) => (string)call.Json["query"]!;

    private static string? After(Call call) => (string?)call.Json["variables"]!["after"];

    private static JsonObject More(string name, JsonObject list) => new() { ["data"] = new JsonObject { ["node"] = new JsonObject { [name] = list } } };

    private static JsonObject Said(string? login, string body) =>
        new() { ["body"] = body, ["createdAt"] = AnIssue.UpdatedAt, ["author"] = login is null ? null : AnIssue.Actor(login) };

    private static JsonObject Group(string content, int count) => new() { ["content"] = content, ["reactors"] = new JsonObject { ["totalCount"] = count } };

    private static JsonObject Happened(string type, Action<JsonObject>? change = null)
    {
        var happened = new JsonObject { ["__typename"] = type, ["createdAt"] = AnIssue.UpdatedAt, ["actor"] = AnIssue.Actor("ada") };
        change?.Invoke(happened);
        return happened;
    }

    /// <summary>The answer to a query that is not valid.</summary>
    private static Answer Complaint(params string[] messages) => new(200, new JsonObject
    {
        ["errors"] = new JsonArray([.. messages.Select(m => new JsonObject { ["message"] = m, ["path"] = new JsonArray("fragment Item"), ["extensions"] = new JsonObject { ["code"] = "undefinedField" } })]),
    });

    private static JsonObject Errors(string type, string message, JsonNode? data = null) => new()
    {
        ["data"] = data, ["errors"] = new JsonArray(new JsonObject { ["type"] = type, ["message"] = message, ["path"] = new JsonArray("repository") }),
    };

    private static async Task<ScriptedGitHub> StartAsync(JsonObject answer) => (await ScriptedGitHub.StartAsync()).On("POST /graphql", answer);

    private static Task<TrackerPage> PageAsync(GitHubTracker tracker, string? mark = null) =>
        tracker.ReadPageAsync(new TrackerPageRequest("octo/lab", null, mark), CancellationToken.None);

    private static Task<ItemLook> LookAsync(GitHubTracker tracker) => tracker.LookAsync(WorkItemRef.Parse("github:octo/lab#7"), CancellationToken.None);
}
