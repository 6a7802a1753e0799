using System.Net.Http.Json;
using ServerlessBacklog.StandIns;
using ServerlessBacklog.StandIns.GitHub;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub.Setup;

public class TokenSetupTests
{
    [Fact]
    public async Task A_token_with_its_webhook_in_order_finds_nothing_wrong()
    {
        await using var setup = await ASetup.StartAsync(o => o with { Hooks = null });
        await setup.ConnectAsync(setup.Token());

        var found = await setup.LookAtRepoAsync(setup.Token());

        found.ShouldBeRight();
        found.ShouldTell(SetupState.Ok, "acts as root");
        found.ShouldTell(SetupState.Ok, "may label, assign and close");
        found.ShouldTell(SetupState.Ok, "sends JSON to");
        found.ShouldTell(SetupState.Ok, "is told of issues, issue_comment, push, sub_issues, issue_dependencies");
        found.ShouldTell(SetupState.Ok, "was taken in by");
        found.ShouldTell(SetupState.Ok, "requests are left");
    }

    [Fact]
    public async Task A_token_that_is_refused_is_told_and_nothing_more_is_asked()
    {
        await using var setup = await ASetup.StartAsync();

        var found = await setup.LookAtRepoAsync(setup.Token("revoked-token"));

        found.ShouldTell(SetupState.Wrong, "refuses the token (401)", "Make a new one");
        found.Count.ShouldBe(2);
        found.ShouldAllBe(f => !f.ToString().Contains("revoked-token", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("short", SetupState.Warning, "The token ends on")]
    [InlineData("long", SetupState.Ok, "The token lasts until")]
    public async Task The_end_of_a_token_is_told_two_weeks_before(string token, SetupState state, string words)
    {
        await using var setup = await ASetup.StartAsync();

        (await setup.LookAsync(setup.Token(token))).ShouldTell(state, words);
    }

    [Theory]
    [InlineData("2031-05-06 07:08:09 UTC")]
    [InlineData("2031-05-06 09:08:09 +0200")]
    public async Task The_end_of_a_token_is_read_in_both_forms_that_GitHub_writes(string header)
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("GET /user", _ => new Answer(200, new { login = "ada" }) { Headers = new() { ["github-authentication-token-expiration"] = header } }).On("GET /rate_limit", new { }, 404);
        await using var setup = await ASetup.StartAsync();

        (await setup.LookAsync(server.Options)).ShouldTell(SetupState.Ok, "lasts until 2031-05-06");
    }

    [Fact]
    public async Task A_token_of_Actions_has_no_user()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("GET /user", new { message = "Resource not accessible by integration" }, 403).On("GET /rate_limit", new { }, 404);
        await using var setup = await ASetup.StartAsync();

        (await setup.LookAsync(server.Options)).ShouldTell(SetupState.Ok, "github-actions[bot]");
    }

    [Theory]
    [InlineData("tom", SetupState.Ok, "may label, assign and close")]
    [InlineData("zoe", SetupState.Warning, "may comment there, not label or close")]
    public async Task What_the_account_may_do_in_the_repository_is_told(string token, SetupState state, string words)
    {
        await using var setup = await ASetup.StartAsync();

        (await setup.LookAtRepoAsync(setup.Token(token))).ShouldTell(state, words);
    }

    [Fact]
    public async Task An_archived_repository_a_repository_without_issues_and_one_that_is_none_are_told()
    {
        await using var setup = await ASetup.StartAsync();
        await setup.GitHub.CreateRepositoryAsync("acme/old", new GitHubRepositorySetup { IsArchived = true });
        await setup.GitHub.CreateRepositoryAsync("acme/code", new GitHubRepositorySetup { HasIssues = false });
        await setup.GitHub.CreateRepositoryAsync("acme/sso", new GitHubRepositorySetup { NeedsSingleSignOn = true });

        var found = await setup.LookAsync(setup.Token(), "acme/old", "acme/code", "acme/none", "acme/sso");

        found.ShouldTell(SetupState.Wrong, "acme/old is archived");
        found.ShouldTell(SetupState.Wrong, "acme/code has its issues switched off");
        found.ShouldTell(SetupState.Wrong, "acme/none cannot be read (404)");
        found.ShouldTell(SetupState.Wrong, "acme/sso cannot be read (403)", "single sign-on");
    }

    [Theory]
    [InlineData("tom")]
    [InlineData("blind")]
    [InlineData("fine")]
    public async Task A_token_that_may_not_see_webhooks_is_a_warning(string token)
    {
        await using var setup = await ASetup.StartAsync();

        (await setup.LookAtRepoAsync(setup.Token(token))).ShouldTell(SetupState.Warning, "cannot be seen with this token", "admin:repo_hook");
    }

    [Fact]
    public async Task A_repository_without_our_webhook_is_told_how_to_get_one()
    {
        await using var setup = await ASetup.StartAsync(o => o with { Hooks = null });
        await HookAsync(setup, new { url = new Uri(setup.HookUrl, "/ci"), content_type = "json", secret = "x" }, "issues");

        (await setup.LookAtRepoAsync(setup.Token())).ShouldTell(SetupState.Warning, "acme/shop has no webhook that ends in /hooks/github", "backlog connect github acme/shop");
    }

    [Fact]
    public async Task What_is_wrong_with_a_webhook_is_told_point_by_point()
    {
        await using var setup = await ASetup.StartAsync(o => o with { Hooks = null });
        await HookAsync(setup, new { url = "http://backlog.invalid/hooks/github", content_type = "form", insecure_ssl = "1" }, false, "issues", "sub_issues");

        var found = await setup.LookAtRepoAsync(setup.Token());

        found.ShouldTell(SetupState.Wrong, "is switched off");
        found.ShouldTell(SetupState.Wrong, "sends over http");
        found.ShouldTell(SetupState.Wrong, "sends form data");
        found.ShouldTell(SetupState.Warning, "does not verify certificates");
        found.ShouldTell(SetupState.Wrong, "has no secret");
        found.ShouldTell(SetupState.Wrong, "is not told of 'issue_comment'");
        found.ShouldTell(SetupState.Warning, "is not told of 'issue_dependencies'");
        found.ShouldAllBe(f => !f.What.Contains("'sub_issues'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_webhook_that_hears_everything_hears_enough()
    {
        await using var setup = await ASetup.StartAsync(o => o with { Hooks = null });
        await HookAsync(setup, new { url = setup.HookUrl, content_type = "json", secret = ASetup.Secret }, "*");

        (await setup.LookAtRepoAsync(setup.Token())).ShouldTell(SetupState.Ok, "told of everything");
    }

    [Theory]
    [InlineData(401, "its secret is not the one that the webhook has")]
    [InlineData(403, "no secret is set there")]
    [InlineData(404, "found nothing")]
    [InlineData(302, "follows no redirection")]
    [InlineData(500, "met a fault")]
    [InlineData(418, "with 418")]
    public async Task What_came_back_to_the_newest_delivery_is_told_in_words(int status, string words)
    {
        await using var setup = await ASetup.StartAsync(o => o with { Hooks = new GitHubHookTarget(o.Hooks!.Url, ASetup.Secret, AppHook: false, RepositoryHook: true) });
        setup.Status = status;
        await setup.GitHub.OpenIssueAsync(ASetup.Repo, "zoe", "One");
        await setup.GitHub.DrainAsync();

        (await setup.LookAtRepoAsync(setup.Token())).ShouldTell(SetupState.Wrong, "The newest delivery of webhook", words);
    }

    [Fact]
    public async Task A_host_that_nobody_reaches_is_told()
    {
        await using var setup = await ASetup.StartAsync(o => o with { Hooks = new GitHubHookTarget(new Uri("http://127.0.0.1:1/hooks/github"), ASetup.Secret, AppHook: false, RepositoryHook: true) });
        await setup.GitHub.OpenIssueAsync(ASetup.Repo, "zoe", "One");
        await setup.GitHub.DrainAsync();

        (await setup.LookAtRepoAsync(setup.Token())).ShouldTell(SetupState.Wrong, "nobody answers there");
    }

    [Fact]
    public async Task A_host_that_answers_too_late_is_told()
    {
        await using var setup = await ASetup.StartAsync(o => o with { Deliveries = new DeliveryFaults { TimeLimit = TimeSpan.FromMilliseconds(200) }, Hooks = new GitHubHookTarget(o.Hooks!.Url, ASetup.Secret, AppHook: false, RepositoryHook: true) });
        setup.Held = new TaskCompletionSource().Task;
        await setup.GitHub.OpenIssueAsync(ASetup.Repo, "zoe", "One");
        await setup.GitHub.DrainAsync();

        (await setup.LookAtRepoAsync(setup.Token())).ShouldTell(SetupState.Wrong, "got no answer", "in time");
    }

    [Fact]
    public async Task Failures_before_a_newest_one_that_went_well_are_counted()
    {
        await using var setup = await ASetup.StartAsync(o => o with { Hooks = new GitHubHookTarget(o.Hooks!.Url, ASetup.Secret, AppHook: false, RepositoryHook: true) });
        setup.Status = 500;
        await setup.GitHub.OpenIssueAsync(ASetup.Repo, "zoe", "One");
        await setup.GitHub.DrainAsync();
        setup.Status = 202;
        await setup.GitHub.OpenIssueAsync(ASetup.Repo, "zoe", "Two");
        await setup.GitHub.DrainAsync();

        (await setup.LookAtRepoAsync(setup.Token())).ShouldTell(SetupState.Ok, "The newest delivery", "Of the last 2, 1 failed");
    }

    private static Task HookAsync(ASetup setup, object config, params string[] events) => HookAsync(setup, config, true, events);

    private static async Task HookAsync(ASetup setup, object config, bool active, params string[] events)
    {
        using var http = new HttpClient { BaseAddress = setup.GitHub.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "root");
        using var made = await http.PostAsJsonAsync($"/repos/{ASetup.Repo}/hooks", new { name = "web", active, events, config });
        made.EnsureSuccessStatusCode();
    }
}
