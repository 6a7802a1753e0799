using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.StandIns.AzureDevOps;

namespace ServerlessBacklog.StandIns.Tests.AzureDevOps;

/// <summary>An organization <c>contoso</c> with the project <c>Shop</c>.</summary>
public abstract class AzureDevOpsTests : IAsyncLifetime
{
    internal const string Anna = "anna.berg@contoso.com";
    internal const string Api = "api-version=7.1";
    private readonly List<IDisposable> clients = [];

    internal FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    internal AzureDevOpsStandIn DevOps { get; private set; } = null!;

    internal Receiver Receiver { get; private set; } = null!;

    internal Web Bot => Client(Basic("bot-pat"));

    internal virtual AzureDevOpsStandInOptions Options => new()
    {
        Clock = Clock,
        Tokens = new Dictionary<string, string> { ["bot-pat"] = "backlog.bot@contoso.com", ["reader-pat"] = "reader@contoso.com" },
        ReadOnlyTokens = new HashSet<string> { "reader-pat" },
    };

    public async ValueTask InitializeAsync()
    {
        Receiver = await Receiver.StartAsync();
        DevOps = await AzureDevOpsStandIn.StartAsync(Options);
        await DevOps.CreateProjectAsync("Shop", new AzureDevOpsProjectSetup { Areas = ["Checkout"], Members = [Anna] });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients)
            client.Dispose();
        await DevOps.DisposeAsync();
        await Receiver.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal static AuthenticationHeaderValue Basic(string token) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(":" + token)));

    internal Web Client(AuthenticationHeaderValue? authorization)
    {
        var client = new Web(DevOps.Address, authorization);
        clients.Add(client);
        return client;
    }

    internal Task<int> ItemAsync(string title, string type = "Bug") => DevOps.CreateItemAsync("Shop", Anna, type, title);

    internal Task<Reply> PatchAsync(int id, params object[] operations) =>
        Bot.SendAsync(HttpMethod.Patch, $"/contoso/_apis/wit/workitems/{id}?{Api}", operations, "application/json-patch+json");

    internal async Task<int[]> QueryAsync(string where, string options = "timePrecision=true")
    {
        var answer = await Bot.PostAsync($"/contoso/Shop/_apis/wit/wiql?{options}&{Api}", new { query = "SELECT [System.Id] FROM WorkItems " + where });
        answer.Status.ShouldBe(200, answer.Text);
        return [.. answer.Json["workItems"]!.AsArray().Select(i => i!["id"]!.GetValue<int>())];
    }

    internal object Link(string rel, int target) =>
        new { op = "add", path = "/relations/-", value = new { rel, url = $"{DevOps.Address}contoso/_apis/wit/workItems/{target}" } };

    internal static object Set(string field, object? value) => new { op = "add", path = "/fields/" + field, value };

    internal async Task<JsonNode> GetAsync(string path)
    {
        var answer = await Bot.GetAsync(path);
        answer.Status.ShouldBe(200, answer.Text);
        return answer.Json;
    }
}
