using System.Net;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessBacklog.Adapters;
using ServerlessBacklog.Adapters.SignIn;
using ServerlessBacklog.Functions.Tests.Fakes;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Functions.Tests;

/// <summary>The pages as the shell shows them, to whoever App Service says has signed in.</summary>
public sealed class PageTests : IAsyncDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("backlog-pages-").FullName;
    private readonly List<ServiceProvider> opened = [];

    [Fact]
    public async Task Nobody_sees_a_page_before_signing_in()
    {
        var api = await OpenAsync("appservice");

        var (status, page) = await GetAsync(api, "backlogs/owner/repo");

        status.ShouldBe(HttpStatusCode.Unauthorized);
        page.ShouldContain("/.auth/login/github");
        page.ShouldNotContain("owner/repo");
    }

    [Fact]
    public async Task Headers_that_App_Service_has_not_set_are_not_believed()
    {
        var api = await OpenAsync("");

        var (status, page) = await GetAsync(api, "", "ada");

        status.ShouldBe(HttpStatusCode.Unauthorized);
        page.ShouldContain("Nobody can sign in here yet");
    }

    [Fact]
    public async Task Whoever_may_read_the_project_sees_its_backlog_and_nobody_else()
    {
        var api = await OpenAsync("appservice");

        var (seen, page) = await GetAsync(api, "backlogs/owner/repo/items", "ada");
        var (hidden, other) = await GetAsync(api, "backlogs/owner/repo/items", "stranger");

        seen.ShouldBe(HttpStatusCode.OK);
        page.ShouldContain("Crash on save");
        hidden.ShouldBe(HttpStatusCode.NotFound);
        other.ShouldNotContain("Crash on save");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in opened)
            await host.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private static async Task<(HttpStatusCode Status, string Page)> GetAsync(Api api, string path, string? login = null)
    {
        var request = new FakeRequest(new FakeInvocation { InstanceServices = new ServiceCollection().BuildServiceProvider() }, path, method: "GET");
        if (login is not null)
        {
            var principal = $$"""{"auth_typ":"github","claims":[{"typ":"urn:github:login","val":"{{login}}"}]}""";
            request.Headers.Add("X-MS-CLIENT-PRINCIPAL", Convert.ToBase64String(Encoding.UTF8.GetBytes(principal)));
        }

        var response = await api.Pages(request, new FakeClient());
        return (response.StatusCode, Encoding.UTF8.GetString(((MemoryStream)response.Body).ToArray()));
    }

    private async Task<Api> OpenAsync(string signIn)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("DataDirectory", directory), new("Triage:Encoder", "off"), new(PageSignIn.Setting, signIn), new("GITHUB_PROVIDER_AUTHENTICATION_SECRET", "x"),
        ]).Build();
        var tracker = new FakeTracker { Roles = { ["ada"] = TrackerRole.Reader, ["stranger"] = TrackerRole.None } };
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddServerlessBacklog(configuration);
        foreach (var other in services.Where(s => s.ServiceType == typeof(ITracker)).ToList())
            services.Remove(other);
        var host = services.AddSingleton<ITracker>(tracker).BuildServiceProvider();
        opened.Add(host);
        var store = host.GetRequiredService<IBacklogStore>();
        await store.SaveItemsAsync("owner/repo", [An.Item(1, "Crash on save")], CancellationToken.None);
        await store.SetCursorAsync("owner/repo", ImportItems.SourceCursor, "github:owner/repo", CancellationToken.None);
        return new Api(host.GetRequiredService<FrontDoor>());
    }
}
