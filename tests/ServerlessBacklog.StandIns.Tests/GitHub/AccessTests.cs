using ServerlessBacklog.StandIns.GitHub;

namespace ServerlessBacklog.StandIns.Tests.GitHub;

public sealed class AccessTests : GitHubTests
{
    [Fact]
    public async Task Bad_tokens_are_refused()
    {
        (await Client("nonsense").GetAsync($"/repos/{Repo}")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task What_may_not_be_seen_is_not_found()
    {
        await GitHub.CreateRepositoryAsync("acme/secret", new GitHubRepositorySetup { IsPrivate = true });

        (await Stranger.GetAsync("/repos/acme/secret")).Status.ShouldBe(404);
        (await Anonymous.GetAsync("/repos/acme/secret/issues")).Status.ShouldBe(404);
        (await (await InstallationAsync()).GetAsync("/repos/acme/secret/issues")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Strangers_may_open_and_comment_and_no_more()
    {
        (await Stranger.PostAsync($"/repos/{Repo}/issues", new { title = "One", labels = new[] { "bug" } })).Status.ShouldBe(201);
        await GitHub.OpenIssueAsync(Repo, "anna", "Two");

        GitHub.Issue(Repo, 1).Labels.ShouldBeEmpty();
        (await Stranger.PostAsync($"/repos/{Repo}/issues/2/comments", new { body = "me too" })).Status.ShouldBe(201);
        (await Stranger.PostAsync($"/repos/{Repo}/issues/2/labels", new { labels = new[] { "bug" } })).Status.ShouldBe(403);
        (await Stranger.PatchAsync($"/repos/{Repo}/issues/2", new { title = "Mine" })).Status.ShouldBe(403);
        (await Anonymous.PostAsync($"/repos/{Repo}/issues/2/comments", new { body = "hi" })).Status.ShouldBe(401);
    }

    [Fact]
    public async Task An_app_without_the_right_to_write_is_told_so()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        await GitHub.GrantAsync("acme", new Dictionary<string, string> { ["issues"] = "read", ["metadata"] = "read" });

        var answer = await (await InstallationAsync()).PostAsync($"/repos/{Repo}/issues/1/labels", new { labels = new[] { "bug" } });

        answer.Status.ShouldBe(403);
        answer.Message.ShouldBe("Resource not accessible by integration");
    }

    [Fact]
    public async Task Installation_tokens_are_good_for_an_hour()
    {
        var app = await InstallationAsync();

        (await app.GetAsync($"/repos/{Repo}")).Status.ShouldBe(200);
        Clock.Advance(TimeSpan.FromMinutes(59));
        (await app.GetAsync($"/repos/{Repo}")).Status.ShouldBe(200);
        Clock.Advance(TimeSpan.FromMinutes(1));
        (await app.GetAsync($"/repos/{Repo}")).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData(9, null, 200)]
    [InlineData(11, null, 401)]
    [InlineData(-1, null, 401)]
    [InlineData(9, "somebody", 401)]
    public async Task App_tokens_are_signed_short_and_ours(int minutes, string? issuer, int status)
    {
        (await App(TimeSpan.FromMinutes(minutes), issuer).GetAsync("/app")).Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_token_signed_with_another_key_is_refused()
    {
        using var other = System.Security.Cryptography.RSA.Create(2048);
        await using var github = await GitHubStandIn.StartAsync(new GitHubStandInOptions { Clock = Clock, App = new() { PublicKeyPem = other.ExportSubjectPublicKeyInfoPem() } });
        using var client = new Web(github.Address, new("Bearer", (await TokenOfAsync()).Split(' ')[1]));

        (await client.GetAsync("/app")).Message.ShouldBe("A JSON web token could not be decoded");

        async Task<string> TokenOfAsync()
        {
            await using var echo = await StandInServer.StartAsync(app => Microsoft.AspNetCore.Builder.RunExtensions.Run(app, async context =>
                await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, context.Request.Headers.Authorization.ToString())));
            return (await App().GetAsync(new Uri(echo.Address, "/").ToString())).Text;
        }
    }

    [Fact]
    public async Task Suspended_and_removed_apps_are_shut_out()
    {
        var app = await InstallationAsync();

        await GitHub.SuspendAppAsync("acme");
        (await app.GetAsync($"/repos/{Repo}")).Message.ShouldBe("This installation has been suspended");
        await GitHub.UninstallAppAsync("acme");
        (await app.GetAsync($"/repos/{Repo}")).Status.ShouldBe(401);
        (await App().GetAsync($"/repos/{Repo}/installation")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Single_sign_on_says_where_to_authorize()
    {
        await GitHub.CreateRepositoryAsync("acme/sso", new GitHubRepositorySetup { NeedsSingleSignOn = true });

        var answer = await Anna.GetAsync("/repos/acme/sso/issues");

        answer.Status.ShouldBe(403);
        answer.Header("X-GitHub-SSO").ShouldStartWith("required; url=https://github.com/orgs/acme/sso");
    }

    [Fact]
    public async Task Names_of_enterprise_servers_work_too()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        await GitHub.OpenIssueAsync(Repo, "zoe", "Two");

        var page = await Anna.GetAsync($"/api/v3/repos/{Repo}/issues?per_page=1");

        page.Status.ShouldBe(200);
        page.Header("Link").ShouldStartWith($"<{GitHub.Address}api/v3/repositories/");
    }
}
