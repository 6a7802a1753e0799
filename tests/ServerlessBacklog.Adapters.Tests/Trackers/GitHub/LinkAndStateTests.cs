using System.Text.Json.Nodes;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using static ServerlessBacklog.Adapters.Tests.Trackers.GitHub.AWrite;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub;

public class LinkAndStateTests
{
    private const string Other = "/repos/octo/plans/issues/3";

    private static readonly WorkItemRef Far = WorkItemRef.Parse("github:octo/plans#3");

    [Theory]
    [InlineData(LinkKind.ParentOf, $"{Issue}/sub_issues", """{"sub_issue_id":9003}""")]
    [InlineData(LinkKind.ChildOf, $"{Other}/sub_issues", """{"sub_issue_id":9007}""")]
    [InlineData(LinkKind.BlockedBy, $"{Issue}/dependencies/blocked_by", """{"issue_id":9003}""")]
    [InlineData(LinkKind.Blocks, $"{Other}/dependencies/blocked_by", """{"issue_id":9007}""")]
    public async Task A_link_is_written_from_its_own_end_by_database_id(LinkKind kind, string path, string body)
    {
        await using var server = await LinkedAsync();
        server.On($"POST {path}", AnIssue.Rest(1), 201);

        (await ApplyAsync(server, new AddLink(kind, Far))).ShouldBeApplied();

        var write = server.Writes.ShouldHaveSingleItem();
        (write.Path, write.Body).ShouldBe((path, body));
    }

    [Theory]
    [InlineData(LinkKind.DuplicateOf, "when the item is closed")]
    [InlineData(LinkKind.RelatedTo, "no such link")]
    [InlineData(LinkKind.ClosedBy, "pull requests")]
    public async Task A_link_that_GitHub_does_not_have_says_so(LinkKind kind, string words)
    {
        await using var server = await LinkedAsync();

        (await ApplyAsync(server, new AddLink(kind, Far))).WhyNot().ShouldContain(words);
        server.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_crash_a_link_that_is_there_is_not_written_again()
    {
        await using var server = await LinkedAsync();
        server.On($"GET {Issue}/dependencies/blocked_by", _ => Answer.Of(new JsonArray(AnIssue.Rest(3, repository: "octo/plans"))));

        (await ApplyAgainAsync(server, new AddLink(LinkKind.BlockedBy, Far))).ShouldBeApplied();
        server.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, ChangeState.Applied)]
    [InlineData(false, ChangeState.NotApplied)]
    public async Task A_link_that_is_refused_is_looked_for(bool isThere, ChangeState state)
    {
        await using var server = await LinkedAsync();
        server.On($"POST {Issue}/sub_issues", new { message = "Issue may not contain duplicate sub-issues" }, 422)
            .On($"GET {Issue}/sub_issues", _ => Answer.Of(isThere ? new JsonArray(AnIssue.Rest(3)) : []));

        (await ApplyAsync(server, new AddLink(LinkKind.ParentOf, Far))).ShouldHaveSingleItem().State.ShouldBe(state);
    }

    [Fact]
    public async Task A_link_to_what_cannot_be_seen_is_not_applied()
    {
        await using var server = await LinkedAsync();
        server.On($"GET {Other}", new { message = "Not Found" }, 404);

        (await ApplyAsync(server, new AddLink(LinkKind.BlockedBy, Far))).WhyNot().ShouldContain("octo/plans#3");
        (await ApplyAsync(server, new AddLink(LinkKind.BlockedBy, WorkItemRef.Parse("azuredevops:o/p#3")))).WhyNot().ShouldContain("on GitHub only");
    }

    [Fact]
    public async Task A_sub_issue_is_taken_away_by_its_id()
    {
        await using var server = await LinkedAsync();
        server.On($"GET {Issue}/sub_issues", _ => Answer.Of(new JsonArray(AnIssue.Rest(3)))).On($"DELETE {Issue}/sub_issue", AnIssue.Rest(7));

        (await ApplyAsync(server, new RemoveLink(LinkKind.ParentOf, Far))).ShouldBeApplied();
        server.Writes.ShouldHaveSingleItem().Body.ShouldBe("""{"sub_issue_id":9003}""");
    }

    [Fact]
    public async Task A_dependency_is_taken_away_by_its_id()
    {
        await using var server = await LinkedAsync();
        server.On($"GET {Issue}/dependencies/blocked_by", _ => Answer.Of(new JsonArray(AnIssue.Rest(3))))
            .On($"DELETE {Issue}/dependencies/blocked_by/9003", AnIssue.Rest(7));

        (await ApplyAsync(server, new RemoveLink(LinkKind.BlockedBy, Far))).ShouldBeApplied();
        server.Writes.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_link_that_is_not_there_is_taken_away_already()
    {
        await using var server = await LinkedAsync();
        server.On($"GET {Issue}/sub_issues", "[]");

        (await ApplyAsync(server, new RemoveLink(LinkKind.ParentOf, Far))).ShouldBeApplied();
        server.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(CloseReason.Completed, "completed")]
    [InlineData(CloseReason.NotPlanned, "not_planned")]
    public async Task An_item_is_closed_with_its_reason_and_nothing_else_of_it_is_sent(CloseReason reason, string word)
    {
        await using var server = await StartAsync();
        server.On($"PATCH {Issue}", AnIssue.Rest(7, i => (i["state"], i["state_reason"]) = ("closed", word)));

        (await ApplyAsync(server, new Close(reason))).ShouldBeApplied();
        server.Writes.ShouldHaveSingleItem().Body.ShouldBe($$"""{"state":"closed","state_reason":"{{word}}"}""");
    }

    [Fact]
    public async Task A_duplicate_is_closed_with_its_canonical_item()
    {
        await using var server = await LinkedAsync();
        server.On($"PATCH {Issue}", AnIssue.Rest(7, i => (i["state"], i["state_reason"]) = ("closed", "duplicate")));

        (await ApplyAsync(server, new Close(CloseReason.Duplicate, Far))).ShouldBeApplied();
        server.Writes.ShouldHaveSingleItem().Body.ShouldBe("""{"state":"closed","state_reason":"duplicate","duplicate_issue_id":9003}""");
    }

    [Fact]
    public async Task An_item_that_is_closed_already_is_not_closed_by_us_unless_we_did_it()
    {
        await using var server = await StartAsync(i => i["state"] = "closed");

        (await ApplyAsync(server, new Close(CloseReason.Completed))).WhyNot().ShouldBe("it is closed already");
        (await ApplyAgainAsync(server, new Close(CloseReason.Completed))).ShouldBeApplied();
        server.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_state_that_stays_as_it_was_is_not_applied()
    {
        await using var server = await StartAsync();
        server.On($"PATCH {Issue}", AnIssue.Rest(7));

        (await ApplyAsync(server, new Close(CloseReason.Completed))).WhyNot().ShouldContain("left the state");
    }

    [Fact]
    public async Task An_item_is_opened_again()
    {
        await using var server = await StartAsync(i => i["state"] = "closed");
        server.On($"PATCH {Issue}", AnIssue.Rest(7));

        (await ApplyAsync(server, new Reopen())).ShouldBeApplied();
        server.Writes.ShouldHaveSingleItem().Body.ShouldBe("""{"state":"open"}""");
    }

    [Fact]
    public async Task Changes_of_one_item_are_made_in_their_order_after_one_look()
    {
        await using var server = await LinkedAsync();
        server.On("GET /repos/octo/lab/labels/bug", AnIssue.Label("bug")).On($"POST {Issue}/labels", _ => Answer.Of(new JsonArray(AnIssue.Label("bug"))))
            .On($"POST {Issue}/sub_issues", AnIssue.Rest(7), 201)
            .On($"PATCH {Issue}", AnIssue.Rest(7, i => i["state"] = "closed"));

        var outcomes = await ApplyAsync(server, new AddLabel(new Label("bug")), new AddLink(LinkKind.ParentOf, Far), new Close(CloseReason.Completed));

        outcomes.ShouldBeApplied();
        outcomes.Select(o => o.Key).ShouldBe(["d1:label:bug", "d1:link:ParentOf:github:octo/plans#3", "d1:close"]);
        server.Asked.Count(a => a == $"GET {Issue}").ShouldBe(1);
        server.Writes.Select(w => w.Method).ShouldBe(["POST", "POST", "PATCH"]);
    }

    private static async Task<ScriptedGitHub> LinkedAsync() => (await StartAsync()).On($"GET {Other}", AnIssue.Rest(3, repository: "octo/plans"));
}
