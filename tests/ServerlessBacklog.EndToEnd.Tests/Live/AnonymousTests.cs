using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub;

namespace ServerlessBacklog.EndToEnd.Tests.Live;

/// <summary>A public repository that is read without a token, and is larger than the requests of one hour.</summary>
public sealed class AnonymousTests : IAsyncLifetime
{
    private const int Issues = 350;
    private const string Token = "ghp_a-token";

    private readonly Backlog program = new();
    private readonly ShiftedClock clock = new();
    private GitHubStandIn github = null!;

    public async ValueTask InitializeAsync()
    {
        github = await GitHubStandIn.StartAsync(new GitHubStandInOptions
        {
            Clock = clock,
            Tokens = new Dictionary<string, string> { [Token] = "ada" },
            // The repository itself, and two pages of a hundred.
            Rates = new GitHubRateRules { AnonymousPerHour = 3 },
        });
        await github.CreateRepositoryAsync("owner/repo");
        for (var i = 0; i < Issues; i++)
            await github.OpenIssueAsync("owner/repo", "ada", $"The window {i} stays open", $"Steps: open {i}, close it.");
        program.Environment["GitHub__ApiBaseUrl"] = github.Address.ToString().TrimEnd('/');
    }

    public async ValueTask DisposeAsync()
    {
        await github.DisposeAsync();
        program.Dispose();
    }

    [Fact]
    public async Task What_was_left_out_is_said_everywhere_and_a_run_with_a_token_brings_it()
    {
        var first = await TriageAsync();
        var items = Items();
        var status = await program.RunAsync("status");
        var report = await File.ReadAllTextAsync(program.PathOf("r.html"), TestContext.Current.CancellationToken);

        items.ShouldBeInRange(100, 200);
        first.Errors.ReplaceLineEndings(" ").ShouldContain("left out");
        first.Errors.ShouldContain("it goes on where it stopped");
        status.ShouldEndWith(0).Output.ReplaceLineEndings(" ").ShouldContain("goes on after");
        report.ShouldContain("left out");
        program.Environment["GitHub__Token"] = Token;
        var second = await TriageAsync();
        Items().ShouldBe(Issues);
        second.Errors.ShouldNotContain("left out");
        (await program.RunAsync("status")).ShouldEndWith(0).Output.ShouldNotContain("goes on after");
        (await File.ReadAllTextAsync(program.PathOf("r.html"), TestContext.Current.CancellationToken)).ShouldNotContain("left out");
    }

    [Fact]
    public async Task When_the_hour_is_over_the_next_run_goes_on_where_the_last_one_stopped()
    {
        // The hour of the limit began long ago, and is over in a moment.
        clock.Shift = -TimeSpan.FromHours(1) + TimeSpan.FromSeconds(20);
        using (var http = new HttpClient())
        {
            http.DefaultRequestHeaders.Add("User-Agent", "test");
            (await http.GetAsync(new Uri($"{program.Environment["GitHub__ApiBaseUrl"]}/repos/owner/repo"), TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        }

        clock.Shift = TimeSpan.Zero;
        await TriageAsync();
        var first = Items();
        await Task.Delay(TimeSpan.FromSeconds(21), TestContext.Current.CancellationToken);
        await TriageAsync();

        first.ShouldBeInRange(1, 200);
        Items().ShouldBeGreaterThan(first);
        github.Breaches.ShouldBeEmpty();
    }

    private async Task<Outcome> TriageAsync() =>
        (await program.RunAsync("triage", "github:owner/repo", "--report", "r.html", "--json", "f.json")).ShouldEndWith(0);

    private int Items() => JsonNode.Parse(File.ReadAllText(program.PathOf("f.json")))!["items"]!.GetValue<int>();

    private sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
