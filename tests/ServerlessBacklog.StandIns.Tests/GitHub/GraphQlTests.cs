using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub;

namespace ServerlessBacklog.StandIns.Tests.GitHub;

public sealed class GraphQlTests : GitHubTests
{
    [Fact]
    public async Task What_is_selected_comes_and_nothing_else()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "Crash", "It crashes", "bug");
        await GitHub.CommentAsync(Repo, 1, "tom", "me too");
        await GitHub.SetTypeAsync(Repo, 1, "anna", "Bug");
        await (await InstallationAsync()).PostAsync($"/repos/{Repo}/issues/1/comments", new { body = "hello" });

        var answer = await QueryAsync("""
            query Look($owner: String!, $name: String!, $number: Int!) {
              repository(owner: $owner, name: $name) {
                nameWithOwner
                it: issue(number: $number) {
                  __typename title state stateReason issueType { name } ...Parts
                  author { __typename login ... on User { databaseId } }
                  comments(first: 10) { totalCount nodes { body author { __typename login } } }
                }
              }
            }
            fragment Parts on Issue { labels(first: 5) { nodes { name } } }
            """, new { owner = "acme", name = "shop", number = 1 });

        answer["errors"].ShouldBeNull(answer.ToJsonString());
        var issue = answer["data"]!["repository"]!["it"]!.AsObject();
        issue.Select(p => p.Key).ShouldBe(["__typename", "title", "state", "stateReason", "issueType", "labels", "author", "comments"]);
        issue["labels"]!.ToJsonString().ShouldBe("""{"nodes":[{"name":"bug"}]}""");
        issue["issueType"]!["name"]!.ToString().ShouldBe("Bug");
        issue["author"]!["login"]!.ToString().ShouldBe("zoe");
        // Bots go without their suffix here, unlike in REST.
        issue["comments"]!["nodes"]![1]!["author"]!.ToJsonString().ShouldBe("""{"__typename":"Bot","login":"serverless-backlog"}""");
    }

    [Fact]
    public async Task Pages_go_by_cursor_in_the_order_that_is_asked_for()
    {
        for (var i = 1; i <= 5; i++, Clock.Advance(TimeSpan.FromMinutes(1)))
            await GitHub.OpenIssueAsync(Repo, "zoe", $"{i}");
        await GitHub.CloseAsync(Repo, 3, "anna");
        var titles = new List<string>();
        string? after = null;
        JsonNode page;

        do
        {
            page = (await QueryAsync("""
                query($after: String) { repository(owner: "acme", name: "shop") {
                  issues(first: 2, after: $after, states: [OPEN], orderBy: {field: UPDATED_AT, direction: DESC}) {
                    totalCount pageInfo { hasNextPage endCursor } nodes { title } } } }
                """, new { after }))["data"]!["repository"]!["issues"]!;
            titles.AddRange(page["nodes"]!.AsArray().Select(n => n!["title"]!.ToString()));
            after = page["pageInfo"]!["endCursor"]!.ToString();
        }
        while (page["pageInfo"]!["hasNextPage"]!.GetValue<bool>());

        titles.ShouldBe(["5", "4", "2", "1"]);
        page["totalCount"]!.GetValue<int>().ShouldBe(4);
    }

    [Fact]
    public async Task Issues_are_filtered_by_their_time_of_change()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "Old");
        Clock.Advance(TimeSpan.FromHours(1));
        await GitHub.OpenIssueAsync(Repo, "zoe", "New");

        var answer = await QueryAsync("""
            query($since: DateTime) { repository(owner: "acme", name: "shop") {
              issues(first: 9, filterBy: {since: $since, states: [OPEN, CLOSED]}) { nodes { title updatedAt } } } }
            """, new { since = "2026-03-01T12:30:00Z" });

        answer["data"]!["repository"]!["issues"]!["nodes"]!.ToJsonString().ShouldBe("""[{"title":"New","updatedAt":"2026-03-01T13:00:00Z"}]""");
    }

    [Fact]
    public async Task The_timeline_has_the_types_that_are_asked_for()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One", null, "bug");
        await GitHub.OpenIssueAsync(Repo, "zoe", "Two");
        await GitHub.UnlabelAsync(Repo, 1, "anna", "bug");
        await GitHub.CommentAsync(Repo, 1, "anna", "Duplicate of #2");
        await GitHub.AddBlockedByAsync(Repo, 1, 2, "anna");

        var answer = await QueryAsync("""
            { repository(owner: "acme", name: "shop") { issue(number: 1) { duplicateOf { number }
              timelineItems(first: 20, itemTypes: [LABELED_EVENT, UNLABELED_EVENT, MARKED_AS_DUPLICATE_EVENT, ISSUE_COMMENT, BLOCKED_BY_ADDED_EVENT]) {
                nodes { __typename
                  ... on LabeledEvent { label { name } actor { login } }
                  ... on UnlabeledEvent { label { name } actor { login } }
                  ... on MarkedAsDuplicateEvent { canonical { ... on Issue { number } } }
                  ... on BlockedByAddedEvent { blockingIssue { number } }
                  ... on IssueComment { body } } } } } }
            """);

        answer["errors"].ShouldBeNull(answer.ToJsonString());
        var issue = answer["data"]!["repository"]!["issue"]!;
        issue["duplicateOf"]!["number"]!.GetValue<int>().ShouldBe(2);
        issue["timelineItems"]!["nodes"]!.AsArray().Select(n => n!.ToJsonString()).ShouldBe(
        [
            """{"__typename":"LabeledEvent","label":{"name":"bug"},"actor":{"login":"zoe"}}""",
            """{"__typename":"UnlabeledEvent","label":{"name":"bug"},"actor":{"login":"anna"}}""",
            """{"__typename":"IssueComment","body":"Duplicate of #2"}""",
            """{"__typename":"MarkedAsDuplicateEvent","canonical":{"number":2}}""",
            """{"__typename":"BlockedByAddedEvent","blockingIssue":{"number":2}}""",
        ]);
    }

    [Theory]
    [InlineData("{ repository(owner: \"acme\", name: \"shop\") { issue(number: 1) { titel } } }", "Field 'titel' doesn't exist on type 'Issue'")]
    [InlineData("{ repository(owner: \"acme\", name: \"shop\") { issue(nummer: 1) { title } } }", "Field 'issue' doesn't accept argument 'nummer'")]
    [InlineData("{ repository(owner: \"acme\") { name } }", "Field 'repository' is missing required arguments: name")]
    [InlineData("{ repository(owner: \"acme\", name: \"shop\") { labels(first: 1) } }", "Field must have selections")]
    [InlineData("{ repository(owner: \"acme\", name: \"shop\") { name { x } } }", "Selections can't be made on scalars")]
    [InlineData("query Q($x: Int) { viewer { login } }", "Variable $x is declared by Q but not used")]
    [InlineData("{ repository(owner: $o, name: \"shop\") { name } }", "Variable $o is used by anonymous query but not declared")]
    [InlineData("{ viewer { ...F } }", "Fragment F was used, but not defined")]
    [InlineData("{ viewer { ... on Ghost { login } } }", "No such type Ghost, so it can't be a fragment condition")]
    [InlineData("{ repository(owner: \"acme\", name: \"shop\") { issues(first: 1, states: [OPNE]) { nodes { id } } } }", "Argument 'states' on Field 'issues' has an invalid value")]
    [InlineData("{ nonsense", "Parse error on")]
    public async Task What_is_wrong_with_a_query_is_said_with_200(string query, string message)
    {
        var answer = await QueryAsync(query);

        answer["data"].ShouldBeNull();
        answer["errors"]!.AsArray().Select(e => e!["message"]!.ToString()).ShouldContain(m => m.StartsWith(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("issues(first: 101) { nodes { id } }", "EXCESSIVE_PAGINATION")]
    [InlineData("issues { nodes { id } }", "MISSING_PAGINATION_BOUNDARIES")]
    [InlineData("issue(number: 77) { id }", "NOT_FOUND")]
    public async Task What_cannot_be_resolved_is_null_with_an_error(string selection, string type)
    {
        var answer = await QueryAsync($$"""{ repository(owner: "acme", name: "shop") { {{selection}} } }""");

        answer["errors"]![0]!["type"]!.ToString().ShouldBe(type);
        answer["data"]!["repository"]!.AsObject().Single().Value.ShouldBeNull();
    }

    [Fact]
    public async Task A_bare_count_needs_no_page()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        await GitHub.ReactAsync(Repo, 1, "anna", "+1");

        var answer = await QueryAsync("""
            { repository(owner: "acme", name: "shop") { issues { totalCount } issue(number: 1) { reactionGroups { content reactors { totalCount } } } } }
            """);

        answer["errors"].ShouldBeNull(answer.ToJsonString());
        answer["data"]!["repository"]!["issues"]!.ToJsonString().ShouldBe("""{"totalCount":1}""");
        answer["data"]!["repository"]!["issue"]!["reactionGroups"]![0]!.ToJsonString().ShouldBe("""{"content":"THUMBS_UP","reactors":{"totalCount":1}}""");
    }

    [Fact]
    public async Task A_repository_that_may_not_be_seen_is_not_found()
    {
        await GitHub.CreateRepositoryAsync("acme/secret", new GitHubRepositorySetup { IsPrivate = true });

        var answer = await QueryAsync("""{ repository(owner: "acme", name: "secret") { id } }""");

        answer["data"]!["repository"].ShouldBeNull();
        answer["errors"]![0]!["message"]!.ToString().ShouldBe("Could not resolve to a Repository with the name 'acme/secret'.");
    }

    [Fact]
    public async Task Too_many_nodes_are_refused()
    {
        var answer = await QueryAsync("""
            { repository(owner: "acme", name: "shop") { issues(first: 100) { nodes { comments(first: 100) { nodes { reactionGroups { users(first: 100) { totalCount } } } } } } } }
            """);

        answer["errors"]![0]!["type"]!.ToString().ShouldBe("MAX_NODE_LIMIT_EXCEEDED");
    }

    [Fact]
    public async Task Costs_are_counted_and_when_none_are_left_that_is_said_with_200()
    {
        const string query = """
            { rateLimit { limit cost remaining resetAt } repository(owner: "acme", name: "shop") { issues(first: 100) { nodes { comments(first: 50) { nodes { id } } labels(first: 10) { nodes { id } } } } } }
            """;

        var answer = await QueryAsync(query);

        answer["data"]!["rateLimit"]!.ToJsonString().ShouldBe("""{"limit":5000,"cost":2,"remaining":4998,"resetAt":"2026-03-01T13:00:00Z"}""");
        await using var poor = await GitHubStandIn.StartAsync(Options with { Rates = new GitHubRateRules { GraphQlPointsPerHour = 1 } });
        using var client = new Web(poor.Address, new("Bearer", "anna-token"));
        await client.PostAsync("/graphql", new { query = "{ viewer { login } }" });
        var refused = await client.PostAsync("/graphql", new { query = "{ viewer { login } }" });
        refused.Status.ShouldBe(200);
        refused.Json["errors"]![0]!["type"]!.ToString().ShouldBe("RATE_LIMITED");
    }

    [Fact]
    public async Task Without_a_token_nothing_is_told()
    {
        (await Anonymous.PostAsync("/graphql", new { query = "{ viewer { login } }" })).Status.ShouldBe(401);
    }
}
