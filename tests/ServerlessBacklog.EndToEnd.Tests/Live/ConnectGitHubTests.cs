using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub;

namespace ServerlessBacklog.EndToEnd.Tests.Live;

/// <summary><c>backlog connect github</c> against a GitHub that is played, and a real host that GitHub calls.</summary>
public sealed class ConnectGitHubTests : IAsyncLifetime
{
    private const string Repo = "acme/shop";
    private const string Token = "ghp_a-token-of-root-0123456789";
    private const string TokenOfTom = "ghp_a-token-of-tom-0123456789";

    private readonly LiveProcess host = new();
    private readonly List<Outcome> runs = [];
    private GitHubStandIn gitHub = null!;

    private string SecretFile => Path.Combine(host.DataDirectory, "secrets", "github-webhook-secret");

    public async ValueTask InitializeAsync()
    {
        gitHub = await GitHubStandIn.StartAsync(new GitHubStandInOptions { Tokens = new Dictionary<string, string> { [Token] = "root", [TokenOfTom] = "tom" } });
        await gitHub.CreateRepositoryAsync(Repo, new GitHubRepositorySetup { Roles = new Dictionary<string, string> { ["root"] = "admin", ["tom"] = "triage" } });
        host.Environment["GitHub__ApiBaseUrl"] = gitHub.Address.ToString().TrimEnd('/');
        host.Environment["GitHub__Token"] = Token;
    }

    public async ValueTask DisposeAsync()
    {
        var secret = File.Exists(SecretFile) ? await File.ReadAllTextAsync(SecretFile) : null;
        await host.DisposeAsync();
        await gitHub.DisposeAsync();
        foreach (var said in runs.Select(r => r.Output + r.Errors))
        {
            said.ShouldNotContain(Token);
            said.ShouldNotContain(TokenOfTom);
            if (secret is not null)
                said.ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task One_command_connects_a_repository_to_a_host_that_runs_with_the_kept_secret()
    {
        var tooEarly = await ConnectAsync();
        await host.StartAsync();
        var connected = await ConnectAsync();
        await gitHub.OpenIssueAsync(Repo, "zoe", "The window stays open");
        await gitHub.DrainAsync();
        var check = await RunAsync("connect", "github", $"github:{Repo}", "--check", "--json");

        tooEarly.ShouldEndWith(1).Output.ShouldContain("nobody answers there");
        connected.ShouldEndWith(0).Output.ShouldContain("GitHub's ping was taken in");
        connected.Output.ShouldContain("All is in order.");
        connected.Output.ShouldContain($"az keyvault secret set --vault-name NAME --name github-webhook-secret --file \"{SecretFile}\"");
        connected.Output.ShouldContain($"backlog triage github:{Repo}");
        gitHub.Deliveries[^1].ShouldSatisfyAllConditions(d => d.Event.ShouldBe("issues"), d => d.StatusCode.ShouldBe(202));
        var found = JsonNode.Parse(check.ShouldEndWith(0).Output)!;
        found["ok"]!.GetValue<bool>().ShouldBeTrue();
        found["areas"]![0]!["findings"]!.AsArray().ShouldContain(f => f!["what"]!.ToString().Contains("The newest delivery", StringComparison.Ordinal) && f["state"]!.ToString() == "ok");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(SecretFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_host_with_another_secret_is_told_with_the_setting_that_differs()
    {
        host.Environment["GitHub__WebhookSecrets__0"] = "the-secret-of-the-host-0123456789";
        await host.StartAsync();
        host.Environment["GitHub__WebhookSecrets__0"] = "the-secret-of-the-webhook-987654321";
        var wrong = await ConnectAsync();
        var check = await RunAsync("connect", "github", Repo, "--check");
        host.Environment["GitHub__WebhookSecrets__0"] = "the-secret-of-the-host-0123456789";
        var right = await ConnectAsync();

        wrong.ShouldEndWith(1).Output.ShouldContain("with 401: its secret is not the one that the webhook has");
        wrong.Output.ShouldContain("GitHub:WebhookSecrets");
        wrong.Output.ShouldNotContain("az keyvault", customMessage: "there is no file to give away");
        check.ShouldEndWith(1).Output.ShouldContain("with 401");
        right.ShouldEndWith(0).Output.ShouldContain("GitHub's ping was taken in");
        foreach (var said in runs.Select(r => r.Output + r.Errors))
        {
            said.ShouldNotContain("the-secret-of-the-host-0123456789");
            said.ShouldNotContain("the-secret-of-the-webhook-987654321");
        }
    }

    [Fact]
    public async Task A_host_without_a_secret_is_told_too()
    {
        await host.StartAsync();

        (await ConnectAsync()).ShouldEndWith(1).Output.ShouldContain("with 403: no secret is set there");
    }

    [Fact]
    public async Task A_check_changes_nothing()
    {
        var check = await RunAsync("connect", "github", Repo, "--check");

        check.ShouldEndWith(0).Output.ShouldContain("has no webhook that ends in /hooks/github");
        File.Exists(SecretFile).ShouldBeFalse();
        gitHub.Deliveries.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_stop_of_writing_to_items_does_not_stop_the_set_up()
    {
        await RunAsync("writes", "stop");

        (await ConnectAsync()).Output.ShouldContain("was made");
    }

    [Fact]
    public async Task A_token_without_the_right_leaves_nothing_behind()
    {
        host.Environment["GitHub__Token"] = TokenOfTom;

        var refused = await ConnectAsync();

        refused.ShouldEndWith(1).Errors.ShouldContain("does not administer acme/shop");
        File.Exists(SecretFile).ShouldBeFalse();
    }

    [Theory]
    [InlineData("acme/none", "knows no repository acme/none")]
    [InlineData("acme/shop", "There are no credentials for GitHub", "")]
    [InlineData("acme/shop", "GitHub refuses the credentials (401)", "ghp_revoked")]
    public async Task What_stands_in_the_way_is_said_with_the_mend(string repository, string words, string? token = null)
    {
        if (token is not null)
            host.Environment["GitHub__Token"] = token;

        var refused = await RunAsync("connect", "github", repository, "--url", host.Address.ToString());

        refused.ShouldEndWith(1).Errors.ShouldContain(words);
        refused.Output.ShouldBeEmpty();
    }

    private Task<Outcome> ConnectAsync() => RunAsync("connect", "github", Repo, "--url", host.Address.ToString());

    private async Task<Outcome> RunAsync(params string[] arguments)
    {
        var ended = await host.RunAsync(arguments);
        runs.Add(ended);
        return ended;
    }
}
