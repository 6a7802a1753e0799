using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Setup;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.StandIns;
using ServerlessBacklog.StandIns.AzureDevOps;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.AzureDevOps.Setup;

/// <summary>The organization <c>contoso</c> with the project <c>Shop</c>, and a host that takes hooks in under a secret of its own.</summary>
internal sealed class ConnectedAzure : IAsyncDisposable
{
    public const string Secret = "a-secret-of-hooks-that-is-long-enough";
    public const string Token = "hush-token";
    private const string Account = "backlog.bot@contoso.com";

    private StandInServer host = null!;

    public AzureDevOpsStandIn DevOps { get; private set; } = null!;

    public FakeTimeProvider Clock { get; } = new(An.Instant);

    /// <summary>What the host holds for right; null for none.</summary>
    public string? HostSecret { get; set; } = Secret;

    /// <summary>What the host answers to genuine calls; 202 when null.</summary>
    public int? HostStatus { get; set; }

    public string Host => host.Address.ToString().TrimEnd('/');

    public AzureDevOpsOptions Options { get; set; } = null!;

    public static async Task<ConnectedAzure> StartAsync(Func<AzureDevOpsStandInOptions, AzureDevOpsStandInOptions>? with = null)
    {
        var azure = new ConnectedAzure();
        var options = new AzureDevOpsStandInOptions
        {
            Clock = azure.Clock,
            Tokens = new Dictionary<string, string> { [Token] = Account, ["reader"] = "reader@contoso.com" },
            ReadOnlyTokens = new HashSet<string> { "reader" },
        };
        azure.DevOps = await AzureDevOpsStandIn.StartAsync(with?.Invoke(options) ?? options);
        await azure.DevOps.CreateProjectAsync("Shop");
        azure.host = await StandInServer.StartAsync(app => app.Run(azure.AnswerAsync));
        azure.Options = new AzureDevOpsOptions { BaseUrl = azure.DevOps.Address, Token = Token, HookSecrets = [Secret] };
        return azure;
    }

    public async Task<IReadOnlyList<SetupFinding>> CheckAsync(params string[] projects)
    {
        using var setup = new AzureDevOpsSetup(Options, new AzureDevOpsCredentials(Options), new PlainHttp(), []);
        var findings = new List<SetupFinding>();
        await foreach (var finding in setup.CheckAsync(projects, TestContext.Current.CancellationToken))
            findings.Add(finding);
        findings.ShouldAllBe(f => !$"{f.What} {f.Mend}".Contains(Secret) && !$"{f.What} {f.Mend}".Contains(Token));
        return findings;
    }

    public async Task<HookChanges> ConnectAsync(string project = "contoso/Shop", string? url = null, string secret = Secret)
    {
        using var connection = Connection();
        var plan = await connection.PlanAsync(project, url ?? Host, TestContext.Current.CancellationToken);
        return await connection.ApplyAsync(plan, secret, TestContext.Current.CancellationToken);
    }

    public async Task<SetupFinding> AskHostAsync(string secret = Secret)
    {
        using var connection = Connection();
        var plan = await connection.PlanAsync("contoso/Shop", Host, TestContext.Current.CancellationToken);
        return await AzureDevOpsConnection.AskHostAsync(plan, secret, TestContext.Current.CancellationToken);
    }

    /// <summary>Somebody creates an item, and its hook is called.</summary>
    public async Task CreateItemAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        await DevOps.CreateItemAsync("Shop", "anna@contoso.com", "Bug", "Crash");
        await DevOps.DrainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await DevOps.DisposeAsync();
        await host.DisposeAsync();
    }

    private AzureDevOpsConnection Connection() => new(Options, new AzureDevOpsCredentials(Options), new PlainHttp());

    /// <summary>As the hosts answer, with their own verification.</summary>
    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var options = Options with { HookSecrets = HostSecret is null ? [] : [HostSecret] };
        using var tracker = new AzureDevOpsTracker(options, new AzureDevOpsCredentials(options), new PlainHttp(), Clock);
        var verdict = tracker.Hooks.Verify(new HookRequest(name => context.Request.Headers[name], ReadOnlyMemory<byte>.Empty));
        context.Response.StatusCode = context.Request.Path != "/hooks/azuredevops" ? 404
            : verdict == HookVerdict.NotConfigured ? 403
            : verdict != HookVerdict.Genuine ? 401
            : HostStatus ?? (body.StartsWith('{') ? 202 : 400);
        await context.Response.WriteAsJsonAsync(context.Response.StatusCode < 300 ? (object)new { result = "accepted" } : new { error = "No." });
    }

    private sealed class PlainHttp : ITrackerHttp
    {
        private static readonly SocketsHttpHandler Handler = new() { AllowAutoRedirect = false };

        public HttpMessageHandler HandlerFor(string account) => Handler;
    }
}
