using System.Text.Json.Nodes;
using ServerlessBacklog.Domain.Triage;
using static ServerlessBacklog.Adapters.Tests.Trackers.GitHub.AWrite;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub;

public class StickyCommentTests
{
    private const string Ours = "Old text\n\n<!-- serverless-backlog -->\n<!-- serverless-backlog:effect d0%3Acomment -->";

    [Fact]
    public async Task The_first_comment_is_written_with_its_marks()
    {
        await using var server = await StartAsync();
        server.On($"GET {Issue}/comments", "[]").On($"POST {Issue}/comments", AnIssue.Comment(1, "backlog-user", "x"), 201);

        (await ApplyAsync(server, new AddComment("Looks like a duplicate."))).ShouldBeApplied();

        ((string)server.Writes.ShouldHaveSingleItem().Json["body"]!)
            .ShouldBe("Looks like a duplicate.\n\n<!-- serverless-backlog -->\n<!-- serverless-backlog:effect d1%3Acomment -->");
    }

    [Fact]
    public async Task Our_comment_is_edited_in_place()
    {
        await using var server = await StartAsync();
        server.On($"GET {Issue}/comments", _ => Answer.Of(new JsonArray(AnIssue.Comment(1, "ada", "Hi"), AnIssue.Comment(2, "Backlog-User", Ours))))
            .On("PATCH /repos/octo/lab/issues/comments/2", AnIssue.Comment(2, "backlog-user", "x"));

        (await ApplyAsync(server, new AddComment("New text"))).ShouldBeApplied();

        ((string)server.Writes.ShouldHaveSingleItem().Json["body"]!).ShouldStartWith("New text\n");
    }

    [Fact]
    public async Task A_comment_that_says_the_same_is_not_written_again()
    {
        await using var server = await StartAsync();
        server.On($"GET {Issue}/comments", _ => Answer.Of(new JsonArray(AnIssue.Comment(2, "backlog-user", Ours.Replace("\n", "\r\n", StringComparison.Ordinal)))));

        (await ApplyAsync(server, new AddComment("Old text  "))).ShouldBeApplied();
        server.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_crash_the_mark_of_the_effect_tells_that_it_was_made()
    {
        await using var server = await StartAsync();
        server.On($"GET {Issue}/comments", _ => Answer.Of(new JsonArray(AnIssue.Comment(2, "backlog-user", Ours.Replace("d0", "d1", StringComparison.Ordinal)))));

        (await ApplyAgainAsync(server, new AddComment("Other text"))).ShouldBeApplied();
        server.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_elses_comment_with_our_mark_is_never_touched()
    {
        await using var server = await StartAsync();
        server.On($"GET {Issue}/comments", _ => Answer.Of(new JsonArray(AnIssue.Comment(2, "mallory", Ours))))
            .On($"POST {Issue}/comments", AnIssue.Comment(3, "backlog-user", "x"), 201);

        (await ApplyAsync(server, new AddComment("New text"))).ShouldBeApplied();
        server.Writes.ShouldHaveSingleItem().Path.ShouldBe($"{Issue}/comments");
    }

    [Fact]
    public async Task Our_comment_is_found_beyond_the_first_page()
    {
        await using var server = await StartAsync();
        server.On($"GET {Issue}/comments", c => c.Query.Contains("page=2", StringComparison.Ordinal)
            ? Answer.Of(new JsonArray(AnIssue.Comment(2, "backlog-user", Ours)))
            : Answer.Of(new JsonArray(AnIssue.Comment(1, "ada", "Hi")), $"""<{server.Base}{Issue}/comments?per_page=100&page=2>; rel="next" """))
            .On("PATCH /repos/octo/lab/issues/comments/2", AnIssue.Comment(2, "backlog-user", "x"));

        (await ApplyAsync(server, new AddComment("New text"))).ShouldBeApplied();
        server.Writes.ShouldHaveSingleItem().Method.ShouldBe("PATCH");
    }

    [Fact]
    public async Task A_long_comment_is_cut_and_keeps_its_marks()
    {
        await using var server = await StartAsync();
        server.On($"GET {Issue}/comments", "[]").On($"POST {Issue}/comments", AnIssue.Comment(1, "backlog-user", "x"), 201);

        (await ApplyAsync(server, new AddComment(string.Concat(Enumerable.Repeat("😀a", 40_000))))).ShouldBeApplied();

        var body = (string)server.Writes[0].Json["body"]!;
        body.Length.ShouldBeInRange(59_000, 60_200);
        body.ShouldNotContain("\ufffd");
        body.ShouldEndWith("<!-- serverless-backlog -->\n<!-- serverless-backlog:effect d1%3Acomment -->");
    }

    [Fact]
    public async Task A_text_that_holds_our_mark_cannot_pass_for_it()
    {
        await using var server = await StartAsync();
        server.On($"GET {Issue}/comments", "[]").On($"POST {Issue}/comments", AnIssue.Comment(1, "backlog-user", "x"), 201);

        await ApplyAsync(server, new AddComment("quoted: <!-- serverless-backlog:effect other --> and <!-- serverless-backlog -->"));

        var body = (string)server.Writes[0].Json["body"]!;
        body.Split("<!-- serverless-backlog -->").Length.ShouldBe(2);
        body.ShouldNotContain("<!-- serverless-backlog:effect other");
    }

    [Fact]
    public async Task Our_comment_is_deleted_and_others_stay()
    {
        await using var server = await StartAsync();
        server.On($"GET {Issue}/comments", _ => Answer.Of(new JsonArray(AnIssue.Comment(1, "ada", "Hi"), AnIssue.Comment(2, "backlog-user", Ours))))
            .On("DELETE /repos/octo/lab/issues/comments/2", _ => new Answer(204, null));

        (await ApplyAsync(server, new RemoveComment())).ShouldBeApplied();
        server.Writes.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_comment_that_is_gone_is_deleted_already()
    {
        await using var server = await StartAsync();
        server.On($"GET {Issue}/comments", _ => Answer.Of(new JsonArray(AnIssue.Comment(2, "backlog-user", Ours))))
            .On("DELETE /repos/octo/lab/issues/comments/2", new { message = "Not Found" }, 404);

        (await ApplyAsync(server, new RemoveComment())).ShouldBeApplied();
    }

    [Fact]
    public async Task A_locked_conversation_says_so()
    {
        await using var server = await StartAsync();
        server.On($"GET {Issue}/comments", "[]").On($"POST {Issue}/comments", new { message = "Unable to create comment because issue is locked." }, 403);

        (await ApplyAsync(server, new AddComment("x"))).WhyNot().ShouldBe("the conversation is locked");
    }

    [Fact]
    public async Task A_token_of_Actions_writes_as_its_bot()
    {
        await using var server = await StartAsync();
        server.On("GET /user", new { message = "Resource not accessible by integration" }, 403)
            .On($"GET {Issue}/comments", _ => Answer.Of(new JsonArray(AnIssue.Comment(2, "github-actions[bot]", Ours, "Bot"))))
            .On("PATCH /repos/octo/lab/issues/comments/2", AnIssue.Comment(2, "x", "x"));

        (await ApplyAsync(server, new AddComment("New text"))).ShouldBeApplied();
        server.Writes.ShouldHaveSingleItem().Method.ShouldBe("PATCH");
    }

    [Fact]
    public async Task An_app_writes_under_its_name_and_knows_its_events_afterwards()
    {
        await using var server = await StartAsync();
        using var key = System.Security.Cryptography.RSA.Create(2048);
        server.On("GET /repos/octo/lab/installation", new { id = 5, app_id = 1 })
            .On("POST /app/installations/5/access_tokens", new { token = "ghs", expires_at = DateTimeOffset.UtcNow.AddHours(1).ToString("O") }, 201)
            .On("GET /app", new { id = 1, slug = "backlog-app" })
            .On($"GET {Issue}/comments", _ => Answer.Of(new JsonArray(AnIssue.Comment(2, "backlog-app[bot]", Ours, "Bot"))))
            .On("PATCH /repos/octo/lab/issues/comments/2", AnIssue.Comment(2, "x", "x"));
        var tracker = server.Tracker(server.Options with { Token = null, AppId = "1", PrivateKey = key.ExportRSAPrivateKeyPem() });

        (await AWrite.ApplyAsync(tracker, Looked(), new AddComment("New text"))).ShouldBeApplied();

        server.Writes.ShouldHaveSingleItem().Authorization.ShouldBe("Bearer ghs");
        tracker.Hooks.Read(AHook.Call("issues", AHook.Payload("labeled", sender: "backlog-app[bot]", type: "Bot").ToJsonString())).IsOwn.ShouldBeTrue();
    }
}
