using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.StandIns.GitHub;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub.Setup;

public class SecretAndQuotaTests
{
    [Fact]
    public async Task Where_nothing_is_set_and_no_repository_is_kept_GitHub_is_not_in_use()
    {
        await using var setup = await ASetup.StartAsync();

        (await setup.LookAsync(setup.Anonymous)).ShouldHaveSingleItem().State.ShouldBe(SetupState.Off);
    }

    [Fact]
    public async Task Without_credentials_public_repositories_are_read_and_nothing_is_wrong()
    {
        await using var setup = await ASetup.StartAsync();

        var found = await setup.LookAtRepoAsync(setup.Anonymous);

        found.ShouldBeRight();
        found.ShouldTell(SetupState.Off, "public repositories are read", "nothing is written");
        found.ShouldTell(SetupState.Ok, "acme/shop can be read");
        found.ShouldTell(SetupState.Ok, "60 requests are left");
    }

    [Fact]
    public async Task A_private_repository_is_not_seen_without_credentials()
    {
        await using var setup = await ASetup.StartAsync(repository: new GitHubRepositorySetup { IsPrivate = true });

        (await setup.LookAtRepoAsync(setup.Anonymous)).ShouldTell(SetupState.Wrong, "acme/shop cannot be read (404)", "GITHUB_TOKEN");
    }

    [Fact]
    public async Task Without_a_secret_of_the_webhook_calls_are_refused()
    {
        await using var setup = await ASetup.StartAsync();

        (await setup.LookAtRepoAsync(setup.Token() with { WebhookSecrets = [] })).ShouldTell(SetupState.Warning, "No secret of the webhook is set", "backlog connect github");
        (await setup.LookAtRepoAsync(setup.Anonymous)).ShouldTell(SetupState.Off, "No secret of the webhook is set");
        (await setup.LookAtRepoAsync(setup.Token())).ShouldTell(SetupState.Ok, "A secret of the webhook is set.");
    }

    [Theory]
    [InlineData("fifteen-letters", SetupState.Warning, "shorter than 16")]
    [InlineData("sixteen--letters", SetupState.Ok, "A secret of the webhook is set.")]
    public async Task A_short_secret_could_be_guessed(string secret, SetupState state, string words)
    {
        await using var setup = await ASetup.StartAsync();

        var found = await setup.LookAtRepoAsync(setup.Token() with { WebhookSecrets = [secret] });

        found.ShouldTell(state, words);
        found.ShouldAllBe(f => !f.ToString().Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_short_secret_among_several_is_told_too()
    {
        await using var setup = await ASetup.StartAsync();

        (await setup.LookAtRepoAsync(setup.Token() with { WebhookSecrets = [ASetup.Secret, "short"] })).ShouldTell(SetupState.Warning, "shorter than 16");
        (await setup.LookAtRepoAsync(setup.Token() with { WebhookSecrets = [ASetup.Secret, ASetup.Secret + "2"] })).ShouldTell(SetupState.Ok, "2 secrets of the webhook");
    }

    [Fact]
    public async Task A_quota_that_is_nearly_used_up_is_told()
    {
        await using var full = await ASetup.StartAsync(o => o with { Rates = new GitHubRateRules { PerHour = 20 } });
        await using var low = await ASetup.StartAsync(o => o with { Rates = new GitHubRateRules { AnonymousPerHour = 1 } });

        (await full.LookAsync(full.Token())).ShouldTell(SetupState.Ok, "19 of 20 requests are left");
        (await low.LookAtRepoAsync(low.Anonymous)).ShouldTell(SetupState.Warning, "0 of 1 requests are left", "GITHUB_TOKEN");
    }

    [Fact]
    public async Task A_server_without_limits_says_so()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("GET /user", new { login = "ada" }).On("GET /rate_limit", new { message = "Rate limiting is not enabled." }, 404);
        await using var setup = await ASetup.StartAsync();

        (await setup.LookAsync(server.Options)).ShouldTell(SetupState.Off, "limits no requests");
    }

    [Fact]
    public async Task Settings_that_contradict_each_other_are_told_after_what_is_known()
    {
        await using var setup = await ASetup.StartAsync();

        var found = await setup.LookAsync(new GitHubOptions { AppId = "1", WebhookSecrets = [ASetup.Secret] });

        found.ShouldTell(SetupState.Ok, "A secret of the webhook");
        found.ShouldTell(SetupState.Wrong, "GitHub:AppId is set and GitHub:PrivateKey is not");
    }

    [Fact]
    public async Task An_answer_that_is_not_as_documented_is_told_and_throws_nothing()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("GET /user", "[]");
        await using var setup = await ASetup.StartAsync();

        (await setup.LookAsync(server.Options)).ShouldTell(SetupState.Wrong, "not as documented");
    }

    [Fact]
    public async Task A_host_that_is_not_there_is_told()
    {
        await using var setup = await ASetup.StartAsync();

        (await setup.LookAsync(new GitHubOptions { ApiBaseUrl = "http://127.0.0.1:1", Token = "t" })).ShouldTell(SetupState.Wrong, "It cannot be reached.");
    }
}
