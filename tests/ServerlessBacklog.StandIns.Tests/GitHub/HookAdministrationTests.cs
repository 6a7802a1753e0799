using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.StandIns.GitHub;

namespace ServerlessBacklog.StandIns.Tests.GitHub;

public sealed class HookAdministrationTests : GitHubTests
{
    private const string Hooks = $"/repos/{Repo}/hooks";

    internal override GitHubStandInOptions Options => base.Options with
    {
        Tokens = new Dictionary<string, string>(base.Options.Tokens) { ["root-classic"] = "root", ["root-fine"] = "root", ["root-short"] = "root" },
        TokenTraits = new Dictionary<string, GitHubTokenTraits>
        {
            ["root-classic"] = new() { MayManageHooks = false },
            ["root-fine"] = new() { MayManageHooks = false, IsFineGrained = true },
            ["root-short"] = new() { ExpiresAt = Clock.GetUtcNow().AddDays(3) },
        },
        UnknownEvents = ["issue_dependencies"],
        Hooks = null,
    };

    private Web Root => Client("root-token");

    [Fact]
    public async Task A_hook_that_is_made_is_pinged_and_then_told_of_its_events_alone()
    {
        var made = await Root.PostAsync(Hooks, NewHook("issues"));
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        await GitHub.CommentAsync(Repo, 1, "zoe", "and more");
        await GitHub.DrainAsync();

        made.Status.ShouldBe(201, made.Text);
        made.Json["config"]!["secret"]!.ToString().ShouldBe("********");
        made.Text.ShouldNotContain("s3cret");
        Receiver.Calls.Select(c => c.Headers["X-GitHub-Event"]).ShouldBe(["ping", "issues"]);
        Receiver.Calls.ShouldAllBe(c => c.Headers["X-Hub-Signature-256"] == Signature("s3cret", c.Body));
        Receiver.Calls.First().Json["hook_id"]!.ToString().ShouldBe(made.Json["id"]!.ToString());
    }

    [Fact]
    public async Task The_same_address_twice_is_refused()
    {
        await Root.PostAsync(Hooks, NewHook("issues"));

        var second = await Root.PostAsync(Hooks, NewHook("issues"));

        second.Status.ShouldBe(422);
        second.Text.ShouldContain("Hook already exists on this repository");
    }

    [Fact]
    public async Task An_event_that_the_server_does_not_know_is_refused() =>
        (await Root.PostAsync(Hooks, NewHook("issues", "issue_dependencies"))).Text.ShouldContain("issue_dependencies");

    [Fact]
    public async Task A_configuration_replaces_the_old_one_its_secret_too_and_events_are_added()
    {
        var id = (await Root.PostAsync(Hooks, NewHook("push"))).Json["id"];

        var changed = await Root.PatchAsync($"{Hooks}/{id}", new { add_events = new[] { "issues" }, config = new { url = Receiver.Address, content_type = "form" } });
        await GitHub.DrainAsync();
        Receiver.Calls.Clear();
        await Root.PostAsync($"{Hooks}/{id}/pings", new { });
        await GitHub.DrainAsync();

        changed.Json["events"]!.AsArray().Select(e => $"{e}").ShouldBe(["push", "issues"]);
        changed.Json["config"]!["secret"].ShouldBeNull();
        var ping = Receiver.Calls.ShouldHaveSingleItem();
        ping.Headers.Keys.ShouldNotContain("X-Hub-Signature-256");
        ping.Headers["Content-Type"].ShouldBe("application/x-www-form-urlencoded");
        Encoding.ASCII.GetString(ping.Body).ShouldStartWith("payload=%7B");
    }

    [Fact]
    public async Task A_hook_that_is_not_active_is_told_nothing()
    {
        var id = (await Root.PostAsync(Hooks, NewHook("issues"))).Json["id"];
        await Root.PatchAsync($"{Hooks}/{id}", new { active = false });
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        await GitHub.DrainAsync();

        Receiver.Calls.Select(c => c.Headers["X-GitHub-Event"]).ShouldBe(["ping"]);
    }

    [Fact]
    public async Task What_came_back_last_is_shown()
    {
        Receiver.Status = 401;
        var id = (await Root.PostAsync(Hooks, NewHook("issues"))).Json["id"];
        await GitHub.DrainAsync();

        var hook = await Root.GetAsync($"{Hooks}/{id}");

        hook.Json["last_response"]!["code"]!.GetValue<int>().ShouldBe(401);
        (await Root.GetAsync($"{Hooks}/{id}/deliveries")).Json[0]!["status"]!.ToString().ShouldBe("Invalid HTTP Response: 401");
    }

    [Theory]
    [InlineData("anna-token", 404)]
    [InlineData("root-classic", 404)]
    [InlineData("root-fine", 403)]
    [InlineData("root-token", 200)]
    public async Task Hooks_are_for_those_who_administer_with_a_token_that_may(string token, int status)
    {
        (await Client(token).GetAsync(Hooks)).Status.ShouldBe(status);
        (await Client(token).PostAsync(Hooks, NewHook("issues"))).Status.ShouldBe(status == 200 ? 201 : status);
    }

    [Fact]
    public async Task A_token_says_when_it_ends_and_then_is_refused()
    {
        (await Client("root-short").GetAsync("/user")).Header("github-authentication-token-expiration").ShouldBe("2026-03-04 12:00:00 UTC");
        (await Root.GetAsync("/user")).Header("github-authentication-token-expiration").ShouldBeNull();

        Clock.Advance(TimeSpan.FromDays(3));

        (await Client("root-short").GetAsync("/user")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task The_hook_of_an_app_is_changed_by_the_app_alone()
    {
        (await App().GetAsync("/app/hook/config")).Status.ShouldBe(404);
        GitHub.PointHooksAt(new GitHubHookTarget(new Uri("https://old.example/hooks/github"), "old"));

        var changed = await App().PatchAsync("/app/hook/config", new { url = Receiver.Address, secret = "new", insecure_ssl = "0" });
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        await GitHub.DrainAsync();

        changed.Json["secret"]!.ToString().ShouldBe("********");
        changed.Json["content_type"]!.ToString().ShouldBe("json");
        var call = Receiver.Calls.ShouldHaveSingleItem();
        call.Headers["X-Hub-Signature-256"].ShouldBe(Signature("new", call.Body));
        (await Root.GetAsync("/app/hook/config")).Status.ShouldBe(401);
        (await Root.PatchAsync("/app/hook/config", new { secret = "mine" })).Status.ShouldBe(401);
    }

    private object NewHook(params string[] events) =>
        new { name = "web", active = true, events, config = new { url = Receiver.Address, content_type = "json", insecure_ssl = "0", secret = "s3cret" } };

    private static string Signature(string secret, byte[] body) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
