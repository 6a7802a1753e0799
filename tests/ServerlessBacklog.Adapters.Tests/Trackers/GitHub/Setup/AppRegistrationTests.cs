using System.Text.Json.Nodes;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Adapters.Trackers.GitHub.Setup;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub.Setup;

public class AppRegistrationTests
{
    private static readonly AppWish Wish = new("Backlog acme", new Uri("https://backlog.example/hooks/github"), null, IsPublic: false);

    [Fact]
    public void The_manifest_asks_for_what_is_needed_and_no_more()
    {
        var manifest = JsonNode.Parse(AppRegistration.Manifest(Wish, new Uri("http://127.0.0.1:5/created")))!;

        manifest["default_permissions"]!.ToJsonString().ShouldBe("""{"issues":"write","metadata":"read","pull_requests":"read","contents":"read"}""");
        manifest["default_events"]!.ToJsonString().ShouldBe("""["issues","issue_comment","push","sub_issues","issue_dependencies"]""");
        (manifest["name"]!.ToString(), manifest["url"]!.ToString(), manifest["redirect_url"]!.ToString(), manifest["public"]!.GetValue<bool>())
            .ShouldBe(("Backlog acme", "https://backlog.example", "http://127.0.0.1:5/created", false));
        (manifest["hook_attributes"]!["url"]!.ToString(), manifest["hook_attributes"]!["active"]!.GetValue<bool>()).ShouldBe(("https://backlog.example/hooks/github", true));
    }

    [Theory]
    [InlineData("https://api.github.com", null, "https://github.com/settings/apps/new?state=s1")]
    [InlineData("https://api.github.com", "acme", "https://github.com/organizations/acme/settings/apps/new?state=s1")]
    [InlineData("https://ghe.example/api/v3", "acme", "https://ghe.example/organizations/acme/settings/apps/new?state=s1")]
    [InlineData("https://ghe.example/git/api/v3/", null, "https://ghe.example/git/settings/apps/new?state=s1")]
    [InlineData("https://api.acme.ghe.com", null, "https://acme.ghe.com/settings/apps/new?state=s1")]
    public void The_form_goes_to_the_pages_of_the_same_GitHub(string api, string? organization, string address) =>
        new AppRegistration(new GitHubOptions { ApiBaseUrl = api }, new ASetup.PlainHttp(), TimeProvider.System)
            .FormAddress(Wish with { Organization = organization }, "s1").ToString().ShouldBe(address);

    [Fact]
    public async Task A_code_is_exchanged_once_without_credentials()
    {
        await using var setup = await ASetup.StartAsync();
        var registration = new AppRegistration(setup.Token(), new ASetup.PlainHttp(), TimeProvider.System);
        var code = await CodeAsync(registration, new AppWish("Backlog acme", setup.HookUrl, "acme", IsPublic: false));

        var app = await registration.ConvertAsync(code, CancellationToken.None);

        (app.Slug, app.InstallLink).ShouldBe(("backlog-acme", $"{setup.Anonymous.ApiBaseUrl}/apps/backlog-acme/installations/new"));
        app.PrivateKey.ShouldContain("PRIVATE KEY");
        app.WebhookSecret!.Length.ShouldBe(40);
        app.ToString().ShouldBe($"backlog-acme ({app.Id})");
        (await Should.ThrowAsync<UserErrorException>(() => registration.ConvertAsync(code, CancellationToken.None))).Message.ShouldContain("good once, for an hour");
        await setup.GitHub.InstallAppAsync("acme");
        await setup.GitHub.DrainAsync();
        (await setup.LookAtRepoAsync(setup.Anonymous with { AppId = $"{app.Id}", ClientId = app.ClientId, AppSlug = app.Slug, PrivateKey = app.PrivateKey, WebhookSecrets = [app.WebhookSecret] })).ShouldBeRight();
    }

    [Fact]
    public async Task An_answer_that_holds_no_key_is_told_with_the_mend()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("POST /app-manifests/c/conversions", new { id = 1, slug = "a", name = "A", client_id = "c", html_url = "https://github.com/apps/a", webhook_secret = "hidden" }, 201);

        var error = await Should.ThrowAsync<UserErrorException>(() => new AppRegistration(server.Options, new ASetup.PlainHttp(), TimeProvider.System).ConvertAsync("c", CancellationToken.None));

        error.Message.ShouldContain("'pem' is missing");
        error.Message.ShouldNotContain("hidden");
        server.Calls.ShouldHaveSingleItem().Authorization.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_that_is_no_web_page_is_not_linked_to()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("POST /app-manifests/c/conversions", new { id = 1, slug = "a", name = "A", client_id = "c", html_url = "javascript:alert(1)", pem = "p" }, 201);

        await Should.ThrowAsync<UserErrorException>(() => new AppRegistration(server.Options, new ASetup.PlainHttp(), TimeProvider.System).ConvertAsync("c", CancellationToken.None));
    }

    /// <summary>What the browser does.</summary>
    private static async Task<string> CodeAsync(AppRegistration registration, AppWish wish)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var form = new FormUrlEncodedContent([new("manifest", AppRegistration.Manifest(wish, new Uri("http://127.0.0.1:5/created")))]);
        using var answer = await http.PostAsync(registration.FormAddress(wish, "s1"), form);
        var query = System.Web.HttpUtility.ParseQueryString(answer.Headers.Location!.Query);
        query["state"].ShouldBe("s1");
        return query["code"]!;
    }
}
