using System.Text.Json.Nodes;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub;

public class RestReadingTests
{
    [Fact]
    public async Task Without_credentials_what_is_open_comes_first_then_what_is_closed()
    {
        await using var server = await StartAsync(open: 3);
        server.On("GET /repos/octo/lab/issues", c => c.Query switch
        {
            var q when q.Contains("state=open", StringComparison.Ordinal) => Answer.Of(
                new JsonArray(AnIssue.Rest(9), AnIssue.Rest(8, i => i["pull_request"] = new JsonObject())), $"""<{server.Base}/repositories/1/issues?page=2&state=open>; rel="next" """),
            _ => Answer.Of(new JsonArray(AnIssue.Rest(1, i => i["state"] = "closed"))),
        });
        server.On("GET /repositories/1/issues", _ => Answer.Of(new JsonArray(AnIssue.Rest(7))));

        var pages = await AllAsync(server.Anonymous());

        pages.SelectMany(p => p.Items).Select(i => i.Ref.Number).ShouldBe(["9", "8", "7", "1"]);
        pages.SelectMany(p => p.Items).Select(i => i.Kind).ShouldBe([WorkItemKind.Item, WorkItemKind.PullRequest, WorkItemKind.Item, WorkItemKind.Item]);
        pages.Select(p => p.Left).ShouldBe([1, 0, 0]);
        server.Calls.Where(c => c.Path.EndsWith("/issues", StringComparison.Ordinal)).Select(c => c.Query).ShouldBe([
            "?state=open&sort=created&direction=desc&per_page=100", "?page=2&state=open", "?state=closed&sort=updated&direction=desc&per_page=100"]);
    }

    [Fact]
    public async Task Histories_are_not_known_from_a_list()
    {
        await using var server = await StartAsync();
        server.On("GET /repos/octo/lab/issues", _ => Answer.Of(new JsonArray(AnIssue.Rest(9, i =>
        {
            i["comments"] = 4;
            i["reactions"] = new JsonObject { ["+1"] = 5, ["-1"] = 1, ["total_count"] = 9 };
        }))));

        var history = (await PageAsync(server.Anonymous())).Items[0].History;

        history.IsKnown.ShouldBeFalse();
        history.CommentCount.ShouldBe(4);
        history.Reactions.ShouldBe(new Reactions(5, 1, 3));
    }

    [Fact]
    public async Task A_mark_goes_on_in_another_process()
    {
        await using var server = await StartAsync();
        server.On("GET /repos/octo/lab/issues", _ => Answer.Of(new JsonArray(AnIssue.Rest(9)), $"""<{server.Base}/repositories/1/issues?after=Y3Vyc29y%3D&state=open>; rel="next" """));
        server.On("GET /repositories/1/issues", _ => Answer.Of(new JsonArray(AnIssue.Rest(5))));
        var mark = (await PageAsync(server.Anonymous())).Next;

        var page = await PageAsync(server.Anonymous(), mark);

        page.Items.Select(i => i.Ref.ToString()).ShouldBe(["github:octo/lab#5"]);
        server.Calls[^1].Query.ShouldBe("?after=Y3Vyc29y%3D&state=open");
    }

    [Theory]
    [InlineData("rest|Open|5|https://evil.example/x")]
    [InlineData("rest|Open|5|//evil.example/x")]
    [InlineData("rest|Open|5|../../x")]
    [InlineData("rest|9|5|repos/octo/lab/issues")]
    [InlineData("nonsense")]
    public async Task A_mark_that_is_none_of_ours_begins_anew(string mark)
    {
        await using var server = await StartAsync();
        server.On("GET /repos/octo/lab/issues", _ => Answer.Of(new JsonArray(AnIssue.Rest(9))));

        (await PageAsync(server.Anonymous(), mark)).Items.Count.ShouldBe(1);

        server.Calls[^1].Query.ShouldContain("state=open");
    }

    [Theory]
    [InlineData("https://evil.example/repositories/1/issues?page=2")]
    [InlineData("http://127.0.0.1:1/repositories/1/issues?page=2")]
    public async Task A_next_page_on_another_host_is_not_followed(string next)
    {
        await using var server = await StartAsync();
        server.On("GET /repos/octo/lab/issues", _ => Answer.Of(new JsonArray(AnIssue.Rest(9)), $"""<{next}>; rel="next" """));

        (await Should.ThrowAsync<UserErrorException>(() => PageAsync(server.Anonymous()))).Message.ShouldContain("another host");
    }

    [Fact]
    public async Task What_changed_since_is_read_in_the_order_of_changes()
    {
        await using var server = await StartAsync();
        server.On("GET /repos/octo/lab/issues", _ => Answer.Of(new JsonArray(AnIssue.Rest(9))));

        var page = await server.Anonymous().ReadPageAsync(new TrackerPageRequest("octo/lab", DateTimeOffset.Parse("2024-03-01T12:30:00+02:00"), null), CancellationToken.None);

        page.Next.ShouldBeNull();
        server.Calls[^1].Query.ShouldBe("?state=all&sort=updated&direction=asc&per_page=100&since=2024-03-01T10:30:00Z");
    }

    [Fact]
    public async Task One_bad_entry_does_not_cost_the_others()
    {
        await using var server = await StartAsync();
        server.On("GET /repos/octo/lab/issues", _ => Answer.Of(new JsonArray(AnIssue.Rest(9), AnIssue.Rest(8, i => i["title"] = 5), AnIssue.Rest(7))));

        var page = await PageAsync(server.Anonymous());

        page.Items.Select(i => i.Ref.Number).ShouldBe(["9", "7"]);
        page.Problems.ShouldHaveSingleItem().Message.ShouldContain("'title' is not text");
    }

    [Fact]
    public async Task A_renamed_repository_is_followed_and_spelled_as_it_is_now()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("GET /repos/Octo/old", _ => new Answer(301, null) { Headers = new() { ["Location"] = $"{server.Base}/repositories/1" } });
        server.On("GET /repositories/1", Repository());

        (await server.Anonymous().ResolveAsync("Octo/old", CancellationToken.None)).ShouldBe("octo/lab");
    }

    [Fact]
    public async Task A_redirection_to_another_host_is_not_followed()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("GET /repos/octo/old", _ => new Answer(301, null) { Headers = new() { ["Location"] = "https://evil.example/repositories/1" } });

        (await Should.ThrowAsync<UserErrorException>(() => server.Tracker().ResolveAsync("octo/old", CancellationToken.None))).Message.ShouldContain("another host");
    }

    [Theory]
    [InlineData(404, "Not Found", "Look at the spelling")]
    [InlineData(401, "Bad credentials", "401")]
    [InlineData(403, "Sorry. Your account was suspended", "suspended")]
    [InlineData(403, "Resource not accessible by personal access token", "Issues: read")]
    [InlineData(451, "Repository access blocked", "451")]
    public async Task What_the_user_can_mend_is_said_with_the_mend(int status, string message, string words)
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("GET /repos/octo/lab", new { message }, status);

        (await Should.ThrowAsync<UserErrorException>(() => server.Anonymous().ResolveAsync("octo/lab", CancellationToken.None))).Message.ShouldContain(words);
    }

    [Fact]
    public async Task Single_sign_on_is_said_without_its_address()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("GET /repos/octo/lab", _ => new Answer(403, new { message = "Resource protected by organization SAML enforcement." })
        {
            Headers = new() { ["X-GitHub-SSO"] = "required; url=https://github.com/orgs/octo/sso?authorization_request=SECRET" },
        });

        var error = await Should.ThrowAsync<UserErrorException>(() => server.Tracker().ResolveAsync("octo/lab", CancellationToken.None));

        error.Message.ShouldContain("authorize the token");
        error.Message.ShouldNotContain("SECRET");
    }

    [Fact]
    public async Task A_limit_that_is_used_up_says_until_when()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("GET /repos/octo/lab", _ => new Answer(403, new { message = "API rate limit exceeded" })
        {
            Headers = new() { ["X-RateLimit-Remaining"] = "0", ["X-RateLimit-Reset"] = "1709380800" },
        });

        (await Should.ThrowAsync<BudgetExhaustedException>(() => server.Anonymous().ResolveAsync("octo/lab", CancellationToken.None)))
            .Until.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1709380800));
    }

    [Fact]
    public async Task A_repository_without_issues_is_told_so()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("GET /repos/octo/lab", new { full_name = "octo/lab", has_issues = false, open_issues_count = 0 });

        (await Should.ThrowAsync<UserErrorException>(() => server.Anonymous().ResolveAsync("octo/lab", CancellationToken.None))).Message.ShouldContain("switched off");
    }

    [Fact]
    public async Task An_item_is_looked_at_with_its_comments_and_events()
    {
        await using var server = await StartAsync();
        server.On("GET /repos/octo/lab/issues/7", AnIssue.Rest(7));
        server.On("GET /repos/octo/lab/issues/7/timeline", c => c.Query.Contains("page=2", StringComparison.Ordinal)
            ? Answer.Of(new JsonArray(Happened("closed", "2024-03-05T00:00:00Z")))
            : Answer.Of(
                new JsonArray(Said("ada", "Same here"), Happened("labeled", "2024-03-04T00:00:00Z", e => e["label"] = AnIssue.Label("bug")), Happened("subscribed", "2024-03-04T00:00:00Z")),
                $"""<{server.Base}/repos/octo/lab/issues/7/timeline?page=2>; rel="next" """));

        var item = (await server.Anonymous().LookAsync(WorkItemRef.Parse("github:octo/lab#7"), CancellationToken.None)).Item!;

        item.History.IsKnown.ShouldBeTrue();
        item.History.Comments.ShouldHaveSingleItem().Body.ShouldBe("Same here");
        item.History.Events.Select(e => (e.Kind, e.Value)).ShouldBe([("labeled", "bug"), ("closed", null)]);
    }

    [Theory]
    [InlineData(410, 200, LookState.Gone)]
    [InlineData(404, 200, LookState.Gone)]
    [InlineData(404, 404, LookState.NotReadable)]
    public async Task An_item_that_is_not_there_is_told_from_one_that_may_not_be_seen(int issue, int repository, LookState state)
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("GET /repos/octo/lab", Repository(), repository).On("GET /repos/octo/lab/issues/7", new { message = "Not Found" }, issue);

        (await server.Anonymous().LookAsync(WorkItemRef.Parse("github:octo/lab#7"), CancellationToken.None)).State.ShouldBe(state);
    }

    [Fact]
    public async Task A_transferred_item_is_gone_and_its_new_place_is_told()
    {
        await using var server = await StartAsync();
        server.On("GET /repos/octo/lab/issues/7", _ => new Answer(301, null) { Headers = new() { ["Location"] = $"{server.Base}/repositories/2/issues/7" } });
        server.On("GET /repositories/2/issues/7", AnIssue.Rest(7, repository: "octo/other"));

        var look = await server.Anonymous().LookAsync(WorkItemRef.Parse("github:octo/lab#7"), CancellationToken.None);

        (look.State, look.Why).ShouldBe((LookState.Gone, "it was moved to octo/other#7"));
    }

    [Fact]
    public async Task A_fault_of_GitHub_rises()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("GET /repos/octo/lab", _ => new Answer(503, "<html>") );

        await Should.ThrowAsync<HttpRequestException>(() => server.Anonymous().ResolveAsync("octo/lab", CancellationToken.None));
    }

    private static JsonObject Said(string login, string body)
    {
        var said = AnIssue.Comment(1, login, body);
        said["event"] = "commented";
        return said;
    }

    private static JsonObject Happened(string kind, string at, Action<JsonObject>? change = null)
    {
        var happened = new JsonObject { ["event"] = kind, ["created_at"] = at, ["actor"] = AnIssue.User("ada") };
        change?.Invoke(happened);
        return happened;
    }

    private static object Repository(int open = 0) => new { id = 1, full_name = "octo/lab", has_issues = true, open_issues_count = open };

    private static async Task<ScriptedGitHub> StartAsync(int open = 0) => (await ScriptedGitHub.StartAsync()).On("GET /repos/octo/lab", Repository(open));

    private static Task<TrackerPage> PageAsync(GitHubTracker tracker, string? mark = null) =>
        tracker.ReadPageAsync(new TrackerPageRequest("octo/lab", null, mark), CancellationToken.None);

    private static async Task<List<TrackerPage>> AllAsync(GitHubTracker tracker)
    {
        var pages = new List<TrackerPage> { await PageAsync(tracker) };
        while (pages[^1].Next is { } next)
            pages.Add(await PageAsync(tracker, next));
        return pages;
    }
}
