using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.StandIns.GitHub;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Adapters.Tests.Live;

/// <summary>A repository played over real HTTP, and all that a host has over the embedded store.</summary>
internal sealed class LiveGitHub : IAsyncDisposable
{
    public const string Repository = "owner/repo";

    private const string Us = "backlog-user";
    private const string Token = "ghp_" + "0f1e2d3c4b5a69788796a5b4c3d2e1f0abcd";

    private readonly string directory;

    private LiveGitHub(GitHubStandIn gitHub, ServiceProvider services, string directory) => (GitHub, Services, this.directory) = (gitHub, services, directory);

    public GitHubStandIn GitHub { get; }

    public ServiceProvider Services { get; }

    public FakeTimeProvider Time => (FakeTimeProvider)Services.GetRequiredService<TimeProvider>();

    public KeptSettings Kept => Services.GetRequiredService<KeptSettings>();

    public static async Task<LiveGitHub> StartAsync(IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? change = null)
    {
        var clock = new FakeTimeProvider(An.Instant);
        var gitHub = await GitHubStandIn.StartAsync(new GitHubStandInOptions { Tokens = new Dictionary<string, string> { [Token] = Us }, Clock = clock });
        await gitHub.CreateRepositoryAsync(Repository, new GitHubRepositorySetup { Roles = new Dictionary<string, string> { [Us] = "write" } });
        var directory = Directory.CreateTempSubdirectory("backlog-live-test-").FullName;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["GitHub:ApiBaseUrl"] = gitHub.Address.ToString(),
            ["GitHub:Token"] = Token,
            ["DataDirectory"] = directory,
            ["Triage:Encoder"] = "off",
        }).AddInMemoryCollection(settings ?? new Dictionary<string, string?>()).Build();
        var collection = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddServerlessBacklog(configuration)
            .AddSingleton<TimeProvider>(clock);
        change?.Invoke(collection);
        var live = new LiveGitHub(gitHub, collection.BuildServiceProvider(), directory);
        await live.Services.GetRequiredService<IBacklogStore>().SetCursorAsync(Repository, ImportItems.SourceCursor, $"github:{Repository}", default);
        return live;
    }

    /// <summary>Requests of our account that GitHub has counted.</summary>
    public async Task<int> CountedAsync()
    {
        using var http = new HttpClient { BaseAddress = GitHub.Address, DefaultRequestHeaders = { { "Authorization", $"Bearer {Token}" }, { "User-Agent", "test" } } };
        using var json = System.Text.Json.JsonDocument.Parse(await http.GetStringAsync(new Uri("rate_limit", UriKind.Relative)));
        return json.RootElement.GetProperty("resources").GetProperty("core").GetProperty("used").GetInt32();
    }

    /// <summary>The orchestration of one item, straight through: nobody answers its ask.</summary>
    public async Task<TriageItemResult> TriageAsync(int number)
    {
        await using var scope = Services.CreateAsyncScope();
        var context = new DirectContext(scope.ServiceProvider, ActivityList.All) { UtcNow = Time.GetUtcNow() };
        return await context.RunAsync(new TriageItem(), new TriageItemInput(Repository, Ref(number)));
    }

    public Task<IReadOnlyList<DecisionOutcome>> OutcomesAsync(int number) => Services.GetRequiredService<IBacklogStore>().OutcomesAsync(Repository, Ref(number), default);

    public static WorkItemRef Ref(int number) => new("github", Repository, $"{number}");

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await GitHub.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}
