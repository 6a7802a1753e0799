using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;

namespace ServerlessBacklog.StandIns.Tests.GitHub;

public sealed class ManifestTests : GitHubTests
{
    [Fact]
    public async Task A_manifest_becomes_an_app_whose_secrets_are_told_once()
    {
        var sent = await PostAsync("/settings/apps/new?state=abc", Manifest());
        var back = HttpUtility.ParseQueryString(new Uri(sent.Header("Location")!).Query);
        var told = await Anonymous.PostAsync($"/app-manifests/{back["code"]}/conversions", new { });
        await GitHub.DrainAsync();

        (sent.Status, back["state"]).ShouldBe((302, "abc"));
        sent.Header("Location").ShouldStartWith("http://127.0.0.1:5/created?code=");
        told.Status.ShouldBe(201, told.Text);
        told.Json["pem"]!.ToString().ShouldStartWith("-----BEGIN RSA PRIVATE KEY-----");
        told.Json["permissions"]!["issues"]!.ToString().ShouldBe("write");
        Receiver.Calls.ShouldHaveSingleItem().Headers["X-GitHub-Event"].ShouldBe("ping");
        (await Anonymous.PostAsync($"/app-manifests/{back["code"]}/conversions", new { })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_code_is_good_for_an_hour()
    {
        var sent = await PostAsync("/settings/apps/new", Manifest());
        Clock.Advance(TimeSpan.FromHours(1));

        (await Anonymous.PostAsync($"/app-manifests/{HttpUtility.ParseQueryString(new Uri(sent.Header("Location")!).Query)["code"]}/conversions", new { })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_new_app_is_installed_nowhere_until_somebody_does()
    {
        await PostAsync("/settings/apps/new", Manifest());
        Should.Throw<ArgumentException>(() => GitHub.InstallationId("acme"));

        await GitHub.InstallAppAsync("acme");

        GitHub.InstallationId("acme").ShouldBePositive();
    }

    [Theory]
    [InlineData("default_events", """["installation"]""", "Default events unsupported: installation")]
    [InlineData("default_permissions", """{"metadata":"read"}""", "Default events are not supported by permissions: issues")]
    [InlineData("url", "null", "Url can&#39;t be blank")]
    [InlineData("hook_attributes", "{}", "Hook url is missing")]
    [InlineData("redirect_url", "null", "Redirect url is missing")]
    [InlineData("name", "\"a name that is much longer than thirty-four characters\"", "Name is too long")]
    public async Task A_manifest_that_is_wrong_is_refused_as_a_whole(string member, string value, string why)
    {
        var manifest = Manifest();
        manifest[member] = JsonNode.Parse(value);

        var sent = await PostAsync("/settings/apps/new", manifest);

        (sent.Status, sent.Text.Contains(why, StringComparison.Ordinal)).ShouldBe((422, true), sent.Text);
    }

    [Fact]
    public async Task An_organization_has_a_page_of_its_own_and_a_stranger_has_none()
    {
        (await PostAsync("/organizations/acme/settings/apps/new", Manifest())).Status.ShouldBe(302);
        (await PostAsync("/organizations/nobody/settings/apps/new", Manifest())).Status.ShouldBe(404);
    }

    private Task<Reply> PostAsync(string path, JsonObject manifest) => Anonymous.SendAsync(
        HttpMethod.Post, path, $"manifest={Uri.EscapeDataString(JsonSerializer.Serialize(manifest))}", "application/x-www-form-urlencoded");

    private JsonObject Manifest() => new()
    {
        ["name"] = "my backlog", ["url"] = "https://backlog.example", ["hook_attributes"] = new JsonObject { ["url"] = Receiver.Address.ToString(), ["active"] = true },
        ["redirect_url"] = "http://127.0.0.1:5/created", ["public"] = false,
        ["default_permissions"] = new JsonObject { ["issues"] = "write" }, ["default_events"] = new JsonArray("issues"),
    };
}
