using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Adapters.Trackers.GitHub.Setup;
using ServerlessBacklog.StandIns.GitHub;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub.Setup;

public class ConnectorTests
{
    [Fact]
    public async Task A_webhook_is_made_pinged_and_found_to_work()
    {
        await using var setup = await ASetup.StartAsync(o => o with { Hooks = null });

        var done = await setup.ConnectAsync(setup.Token());

        done.ShouldTell(SetupState.Ok, "was made: it sends issues, issue_comment, push, sub_issues, issue_dependencies to", setup.HookUrl.ToString());
        done.ShouldTell(SetupState.Ok, "GitHub's ping was taken in");
        var hook = (await HooksAsync(setup)).ShouldHaveSingleItem()!;
        hook["active"]!.GetValue<bool>().ShouldBeTrue();
        hook["config"]!["content_type"]!.ToString().ShouldBe("json");
        hook["config"]!["insecure_ssl"]!.ToString().ShouldBe("0");
        setup.GitHub.Writes.ShouldBeEmpty("a webhook is no content: the write stop lets it pass");
    }

    [Fact]
    public async Task Doing_it_again_changes_nothing_more()
    {
        await using var setup = await ASetup.StartAsync(o => o with { Hooks = null });
        await setup.ConnectAsync(setup.Token());
        var before = (await HooksAsync(setup)).ToJsonString();

        var done = await setup.ConnectAsync(setup.Token());

        done.ShouldTell(SetupState.Ok, "which was there, is set right");
        WithoutResponse(await HooksAsync(setup)).ShouldBe(WithoutResponse(JsonNode.Parse(before)!.AsArray()));
    }

    [Fact]
    public async Task A_webhook_that_is_there_is_set_right_and_events_of_others_stay()
    {
        await using var setup = await ASetup.StartAsync(o => o with { Hooks = null });
        await SendAsync(setup, HttpMethod.Post, "", new { active = false, events = new[] { "push", "issues" }, config = new { url = $"{setup.HookUrl}/", content_type = "form", insecure_ssl = "1" } });

        await setup.ConnectAsync(setup.Token());

        var hook = (await HooksAsync(setup)).ShouldHaveSingleItem()!;
        hook["events"]!.AsArray().Select(e => $"{e}").ShouldBe(["push", "issues", "issue_comment", "sub_issues", "issue_dependencies"]);
        (hook["active"]!.GetValue<bool>(), $"{hook["config"]!["content_type"]}", $"{hook["config"]!["insecure_ssl"]}", $"{hook["config"]!["secret"]}").ShouldBe((true, "json", "0", "********"));
    }

    [Fact]
    public async Task A_webhook_that_hears_everything_goes_on_doing_so()
    {
        await using var setup = await ASetup.StartAsync(o => o with { Hooks = null });
        await SendAsync(setup, HttpMethod.Post, "", new { events = new[] { "*" }, config = new { url = setup.HookUrl, content_type = "json" } });

        await setup.ConnectAsync(setup.Token());

        (await HooksAsync(setup))[0]!["events"]!.ToJsonString().ShouldBe("""["*"]""");
    }

    [Fact]
    public async Task Webhooks_that_lead_elsewhere_stay_as_they_are()
    {
        await using var setup = await ASetup.StartAsync(o => o with { Hooks = null });
        var other = new Uri(setup.HookUrl, "/ci");
        await SendAsync(setup, HttpMethod.Post, "", new { events = new[] { "push" }, config = new { url = other, content_type = "form" } });

        await setup.ConnectAsync(setup.Token());

        var hooks = await HooksAsync(setup);
        hooks.Count.ShouldBe(2);
        (hooks[0]!["config"]!["url"]!.ToString(), hooks[0]!["config"]!["content_type"]!.ToString()).ShouldBe((other.ToString(), "form"));
    }

    [Theory]
    [InlineData("sub_issues issue_dependencies", "sends issues, issue_comment, push to")]
    [InlineData("issue_dependencies", "sends issues, issue_comment, push, sub_issues to")]
    public async Task An_older_server_is_asked_for_the_events_that_it_knows(string unknown, string words)
    {
        await using var setup = await ASetup.StartAsync(o => o with { Hooks = null, UnknownEvents = unknown.Split(' ') });

        (await setup.ConnectAsync(setup.Token())).ShouldTell(SetupState.Ok, words);
    }

    [Fact]
    public async Task A_server_that_knows_none_of_the_events_is_told_in_its_words()
    {
        await using var setup = await ASetup.StartAsync(o => o with { Hooks = null, UnknownEvents = ["issues", "issue_comment"] });

        (await Should.ThrowAsync<UserErrorException>(() => setup.ConnectAsync(setup.Token()))).Message.ShouldContain("Events contains an invalid value: issues");
    }

    [Theory]
    [InlineData(401, "its secret is not the one that the webhook has")]
    [InlineData(403, "no secret is set there")]
    [InlineData(503, "met a fault")]
    public async Task What_comes_back_to_the_ping_is_told(int status, string words)
    {
        await using var setup = await ASetup.StartAsync(o => o with { Hooks = null });
        setup.Status = status;

        (await setup.ConnectAsync(setup.Token())).ShouldTell(SetupState.Wrong, "GitHub's ping", words);
    }

    [Fact]
    public async Task A_ping_that_reaches_nobody_is_told()
    {
        await using var setup = await ASetup.StartAsync(o => o with { Hooks = null });

        (await setup.ConnectAsync(setup.Token(), new Uri("http://127.0.0.1:1/hooks/github"))).ShouldTell(SetupState.Wrong, "GitHub's ping", "nobody answers there");
    }

    [Fact]
    public async Task A_ping_whose_outcome_is_not_told_in_time_is_a_warning()
    {
        await using var setup = await ASetup.StartAsync(o => o with { Hooks = null });
        setup.GitHub.PauseDeliveries();
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow) { AutoAdvanceAmount = TimeSpan.FromSeconds(2) };
        var connector = new GitHubConnector(setup.Token(), new ASetup.PlainHttp(), clock);

        var waiting = connector.ConnectAsync(ASetup.Repo, setup.HookUrl, ASetup.Secret, CancellationToken.None);
        while (!waiting.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await waiting).ShouldTell(SetupState.Warning, "does not say yet what came back", "--check");
    }

    [Fact]
    public async Task Without_credentials_both_ways_to_get_some_are_named()
    {
        await using var setup = await ASetup.StartAsync();

        (await RefusedAsync(setup, setup.Anonymous)).ShouldContain("--new-app");
    }

    [Theory]
    [InlineData("tom", "does not administer acme/shop")]
    [InlineData("blind", "lacks the scope admin:repo_hook")]
    [InlineData("fine", "Webhooks: read and write where it is fine-grained")]
    [InlineData("revoked-token", "401")]
    public async Task A_token_without_the_right_is_told_which_one(string token, string words)
    {
        await using var setup = await ASetup.StartAsync();

        (await RefusedAsync(setup, setup.Token(token))).ShouldContain(words);
    }

    [Fact]
    public async Task A_token_that_may_see_webhooks_and_not_change_them_is_told()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("GET /repos/octo/lab/hooks", "[]").On("POST /repos/octo/lab/hooks", new { message = "Resource not accessible by personal access token" }, 403);

        var error = await Should.ThrowAsync<UserErrorException>(() => new GitHubConnector(server.Options, new ASetup.PlainHttp(), TimeProvider.System)
            .ConnectAsync("octo/lab", new Uri("https://backlog.example/hooks/github"), ASetup.Secret, CancellationToken.None));

        error.Message.ShouldContain("may see the webhooks of octo/lab and not change them");
    }

    [Fact]
    public async Task An_address_that_GitHub_does_not_take_is_told_in_its_words()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("GET /repos/octo/lab/hooks", "[]").On("POST /repos/octo/lab/hooks", new
        {
            message = "Validation Failed", errors = new[] { new { resource = "Hook", code = "custom", field = "url", message = "Sorry, the URL host is not supported because it isn't reachable over the public Internet" } },
        }, 422);

        var error = await Should.ThrowAsync<UserErrorException>(() => new GitHubConnector(server.Options, new ASetup.PlainHttp(), TimeProvider.System)
            .ConnectAsync("octo/lab", new Uri("https://backlog.example/hooks/github"), ASetup.Secret, CancellationToken.None));

        error.Message.ShouldContain("reachable over the public Internet");
        error.Message.ShouldNotContain(ASetup.Secret);
    }

    [Fact]
    public async Task A_webhook_that_somebody_made_meanwhile_is_set_right()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        var looks = 0;
        var url = new Uri("https://backlog.example/hooks/github");
        server.On("GET /repos/octo/lab/hooks", _ => new Answer(200, looks++ == 0 ? "[]" : JsonSerializer.Serialize(new[] { new { id = 7, events = new[] { "issues" }, config = new { url } } })))
            .On("POST /repos/octo/lab/hooks", new { message = "Validation Failed", errors = new[] { new { message = "Hook already exists on this repository" } } }, 422)
            .On("PATCH /repos/octo/lab/hooks/7", new { id = 7, events = new[] { "issues" } })
            .On("POST /repos/octo/lab/hooks/7/pings", _ => new Answer(204, null))
            .On("GET /repos/octo/lab/hooks/7/deliveries", _ => Answer.Of(new JsonArray(server.Asked.Contains("POST /repos/octo/lab/hooks/7/pings")
                ? [new JsonObject { ["id"] = 1, ["event"] = "ping", ["delivered_at"] = "2026-01-01T00:00:00Z", ["status_code"] = 200, ["status"] = "OK" }] : [])));

        var done = await new GitHubConnector(server.Options, new ASetup.PlainHttp(), TimeProvider.System).ConnectAsync("octo/lab", url, ASetup.Secret, CancellationToken.None);

        done.ShouldTell(SetupState.Ok, "Webhook 7 of octo/lab, which was there");
    }

    [Fact]
    public async Task An_archived_repository_and_one_that_is_none_are_refused()
    {
        await using var setup = await ASetup.StartAsync(repository: new GitHubRepositorySetup { IsArchived = true });

        (await RefusedAsync(setup, setup.Token())).ShouldContain("archived");
        (await Should.ThrowAsync<UserErrorException>(() => setup.Connector(setup.Token()).DemandAsync("acme/none", CancellationToken.None))).Message.ShouldContain("knows no repository acme/none");
    }

    [Fact]
    public async Task A_repository_that_was_renamed_is_called_by_its_new_name()
    {
        await using var setup = await ASetup.StartAsync();
        await setup.GitHub.RenameRepositoryAsync(ASetup.Repo, "store");

        (await setup.Connector(setup.Token()).DemandAsync(ASetup.Repo, CancellationToken.None)).ShouldBe("acme/store");
    }

    [Fact]
    public async Task An_app_s_webhook_is_set_and_its_last_delivery_tried_again()
    {
        await using var setup = await ASetup.StartAsync();
        setup.GitHub.PointHooksAt(new GitHubHookTarget(new Uri("http://127.0.0.1:1/hooks/github"), "old"));
        await setup.GitHub.OpenIssueAsync(ASetup.Repo, "zoe", "One");
        await setup.GitHub.DrainAsync();

        var done = await setup.ConnectAsync(setup.App);

        done.ShouldTell(SetupState.Ok, "The app's webhook is set right", "It sent to http://127.0.0.1:1/hooks/github before");
        done.ShouldTell(SetupState.Ok, "The last issues, sent again, was taken in");
    }

    [Fact]
    public async Task An_app_s_webhook_that_has_delivered_nothing_cannot_be_tried()
    {
        await using var setup = await ASetup.StartAsync();

        (await setup.ConnectAsync(setup.App)).ShouldTell(SetupState.Off, "nothing to try it with", "--check");
    }

    [Fact]
    public async Task A_host_with_another_secret_than_the_app_s_webhook_is_told()
    {
        await using var setup = await ASetup.StartAsync();
        await setup.GitHub.OpenIssueAsync(ASetup.Repo, "zoe", "One");
        await setup.GitHub.DrainAsync();
        setup.Status = 401;

        (await setup.ConnectAsync(setup.App)).ShouldTell(SetupState.Wrong, "its secret is not the one that the webhook has");
    }

    [Fact]
    public async Task An_app_without_a_webhook_or_with_another_s_key_is_refused()
    {
        using var other = System.Security.Cryptography.RSA.Create(2048);
        await using var setup = await ASetup.StartAsync(o => o with { Hooks = null });

        (await RefusedAsync(setup, setup.App)).ShouldContain("Tick Active");
        (await RefusedAsync(setup, setup.App with { PrivateKey = other.ExportPkcs8PrivateKeyPem() })).ShouldContain("is no key of the app");
    }

    private static async Task<string> RefusedAsync(ASetup setup, Adapters.Trackers.GitHub.GitHubOptions options)
    {
        var error = await Should.ThrowAsync<UserErrorException>(() => setup.Connector(options).DemandAsync(ASetup.Repo, CancellationToken.None));
        if (options.Token is { Length: > 8 } token)
            error.Message.ShouldNotContain(token);
        return error.Message;
    }

    private static async Task<JsonArray> HooksAsync(ASetup setup) => (await SendAsync(setup, HttpMethod.Get, "", null)).AsArray();

    private static async Task<JsonNode> SendAsync(ASetup setup, HttpMethod method, string path, object? body)
    {
        using var http = new HttpClient { BaseAddress = setup.GitHub.Address };
        using var request = new HttpRequestMessage(method, $"/repos/{ASetup.Repo}/hooks{path}") { Content = body is null ? null : new StringContent(JsonSerializer.Serialize(body)) };
        request.Headers.Authorization = new("Bearer", "root");
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private static string WithoutResponse(JsonArray hooks)
    {
        foreach (var hook in hooks)
            hook!.AsObject().Remove("last_response");
        return hooks.ToJsonString();
    }
}
