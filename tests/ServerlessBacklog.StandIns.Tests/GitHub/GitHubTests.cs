using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.StandIns.GitHub;

namespace ServerlessBacklog.StandIns.Tests.GitHub;

/// <summary>A GitHub with one repository, <c>acme/shop</c>, in which anna may write and tom may triage.</summary>
public abstract class GitHubTests : IAsyncLifetime
{
    internal const string Repo = "acme/shop";
    private readonly List<IDisposable> clients = [];
    /// <summary>One for all tests: making it takes long.</summary>
    private static readonly RSA Key = RSA.Create(2048);

    internal FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    internal GitHubStandIn GitHub { get; private set; } = null!;

    internal Receiver Receiver { get; private set; } = null!;

    /// <summary>In the name of anna, who may write.</summary>
    internal Web Anna => Client("anna-token");

    internal Web Stranger => Client("zoe-token");

    internal Web Anonymous => Client(null);

    internal virtual GitHubStandInOptions Options => new()
    {
        Clock = Clock,
        App = new GitHubAppIdentity { PublicKeyPem = Key.ExportSubjectPublicKeyInfoPem() },
        Tokens = new Dictionary<string, string> { ["anna-token"] = "anna", ["zoe-token"] = "zoe", ["root-token"] = "root" },
        Hooks = new GitHubHookTarget(Receiver.Address, "s3cret"),
    };

    public async ValueTask InitializeAsync()
    {
        Receiver = await Receiver.StartAsync();
        GitHub = await GitHubStandIn.StartAsync(Options);
        await GitHub.CreateRepositoryAsync(Repo, new GitHubRepositorySetup
        {
            Roles = new Dictionary<string, string> { ["anna"] = "write", ["tom"] = "triage", ["root"] = "admin" },
        });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients)
            client.Dispose();
        await GitHub.DisposeAsync();
        await Receiver.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal Web Client(string? token)
    {
        var client = new Web(GitHub.Address, token is null ? null : new AuthenticationHeaderValue("Bearer", token));
        clients.Add(client);
        return client;
    }

    internal Web App(TimeSpan? life = null, string? issuer = null) => Client(AppToken(life ?? TimeSpan.FromMinutes(9), issuer));

    /// <summary>The app in the name of its installation for acme.</summary>
    internal async Task<Web> InstallationAsync(object? narrow = null)
    {
        var answer = await App().PostAsync($"/app/installations/{GitHub.InstallationId("acme")}/access_tokens", narrow ?? new { });
        answer.Status.ShouldBe(201, answer.Text);
        return Client(answer.Json["token"]!.ToString());
    }

    internal async Task<System.Text.Json.Nodes.JsonNode> QueryAsync(string query, object? variables = null)
    {
        var answer = await Anna.PostAsync("/graphql", new { query, variables });
        answer.Status.ShouldBe(200, answer.Text);
        return answer.Json;
    }

    private string AppToken(TimeSpan life, string? issuer)
    {
        var now = Clock.GetUtcNow();
        var text = Part("""{"alg":"RS256","typ":"JWT"}""") + "." + Part(
            $$"""{"iat":{{now.AddMinutes(-1).ToUnixTimeSeconds()}},"exp":{{(now + life).ToUnixTimeSeconds()}},"iss":"{{issuer ?? new GitHubAppIdentity().ClientId}}"}""");
        return text + "." + Base64(Key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

        static string Part(string json) => Base64(Encoding.UTF8.GetBytes(json));

        static string Base64(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
    }
}
