using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub;

namespace ServerlessBacklog.EndToEnd.Tests.Live;

/// <summary>A public repository that is read without a token, and is larger than the requests of one hour.</summary>
public sealed class AnonymousTests : IAsyncLifetime
{
    private const int Issues = 350;
    private const string Token = "ghp_a-token";

    private readonly Backlog program = new();
    private GitHubStandIn github = null!;

    public async ValueTask InitializeAsync()
    {
        github = await GitHubStandIn.StartAsync(new GitHubStandInOptions
        {
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
        report.ShouldContain("goes on where it stopped");
        program.Environment["GitHub__Token"] = Token;
        var second = await TriageAsync();
        Items().ShouldBe(Issues, second.Errors + second.Output);
        second.Errors.ShouldNotContain("left out");
        (await program.RunAsync("status")).ShouldEndWith(0).Output.ShouldNotContain("goes on after");
        (await File.ReadAllTextAsync(program.PathOf("r.html"), TestContext.Current.CancellationToken)).ShouldNotContain("goes on where it stopped");
    }

    [Fact]
    public async Task A_run_before_the_limit_is_free_again_reads_nothing_loses_nothing_and_says_when()
    {
        await TriageAsync();
        var first = Items();

        var second = await program.RunAsync("triage", "github:owner/repo", "--report", "r.html", "--json", "f.json");

        second.ShouldEndWith(0).Errors.ShouldContain("left out");
        Items().ShouldBe(first);
        github.Breaches.ShouldBeEmpty();
        (await program.RunAsync("status")).ShouldEndWith(0).Output.ShouldContain("Alarm");
    }

    private async Task<Outcome> TriageAsync() =>
        (await program.RunAsync("triage", "github:owner/repo", "--report", "r.html", "--json", "f.json")).ShouldEndWith(0);

    private int Items() => JsonNode.Parse(File.ReadAllText(program.PathOf("f.json")))!["open"]!.GetValue<int>();
}
