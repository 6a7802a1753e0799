using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.StandIns.GitHub;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub.Setup;

public class AppSetupTests
{
    [Fact]
    public async Task An_app_with_everything_in_order_finds_nothing_wrong()
    {
        await using var setup = await ASetup.StartAsync();
        await setup.GitHub.OpenIssueAsync(ASetup.Repo, "zoe", "One");
        await setup.GitHub.DrainAsync();

        var found = await setup.LookAtRepoAsync(setup.App);

        found.ShouldBeRight();
        found.ShouldTell(SetupState.Ok, "GitHub knows the app 'serverless-backlog' (id 4711)");
        found.ShouldTell(SetupState.Ok, "issues write, metadata read, pull_requests read, contents read");
        found.ShouldTell(SetupState.Ok, "The app's webhook is told of");
        found.ShouldTell(SetupState.Ok, "The app's webhook sends JSON");
        found.ShouldTell(SetupState.Ok, "The newest delivery of the app's webhook (issues");
        found.ShouldTell(SetupState.Ok, "It is installed for acme");
        found.ShouldTell(SetupState.Ok, "acme/shop can be read");
        found.ShouldTell(SetupState.Ok, "of 5,000 requests are left");
    }

    [Fact]
    public async Task On_an_Enterprise_Server_it_works_alike()
    {
        await using var setup = await ASetup.StartAsync();

        var found = await setup.LookAtRepoAsync(setup.App with { ApiBaseUrl = $"{setup.Anonymous.ApiBaseUrl}/api/v3" });

        found.ShouldBeRight();
        found.ShouldTell(SetupState.Ok, "acme/shop can be read");
    }

    [Fact]
    public async Task A_key_of_another_app_is_told()
    {
        using var other = System.Security.Cryptography.RSA.Create(2048);
        await using var setup = await ASetup.StartAsync();

        var found = await setup.LookAtRepoAsync(setup.App with { PrivateKey = other.ExportPkcs8PrivateKeyPem() });

        found.ShouldTell(SetupState.Wrong, "refuses the app's signature (401)", "is no key of the app");
        found.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(-20, "behind")]
    [InlineData(20, "ahead of")]
    public async Task A_clock_that_is_wrong_is_told_as_that(int minutes, string words)
    {
        await using var setup = await ASetup.StartAsync();
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow.AddMinutes(minutes));

        var found = await Triage.Setup.SetupDoctor.LookAsync(
            new Adapters.Trackers.GitHub.Setup.GitHubSetup(setup.App, new ASetup.PlainHttp(), clock), [ASetup.Repo], CancellationToken.None);

        found.ShouldTell(SetupState.Wrong, $"the clock of this machine is 20 min {words} GitHub's", "Set the clock");
    }

    [Fact]
    public async Task A_key_that_is_none_is_told_after_the_secret()
    {
        await using var setup = await ASetup.StartAsync();

        var found = await setup.LookAtRepoAsync(setup.App with { PrivateKey = "/nowhere/app.pem" });

        found.ShouldTell(SetupState.Ok, "A secret of the webhook");
        found.ShouldTell(SetupState.Wrong, "GitHub:PrivateKey is neither PEM text nor a file");
    }

    [Theory]
    [InlineData("issues", "read", SetupState.Wrong, "no permission 'Issues: read and write'")]
    [InlineData("metadata", null, SetupState.Wrong, "no permission 'Metadata: read'")]
    [InlineData("pull_requests", null, SetupState.Warning, "no permission 'Pull requests: read'")]
    [InlineData("contents", null, SetupState.Off, "no permission 'Contents: read'")]
    public async Task A_permission_that_is_missing_is_told_with_what_it_is_for(string permission, string? level, SetupState state, string words)
    {
        await using var setup = await ASetup.StartAsync(o => o with { App = o.App with { Permissions = Changed(o.App.Permissions, permission, level) } });

        (await setup.LookAsync(setup.App)).ShouldTell(state, words);
    }

    [Fact]
    public async Task More_than_is_needed_covers_what_is_needed()
    {
        await using var setup = await ASetup.StartAsync(o => o with { App = o.App with { Permissions = Changed(o.App.Permissions, "contents", "write") } });

        (await setup.LookAsync(setup.App)).ShouldTell(SetupState.Ok, "has the permissions that are needed");
    }

    [Theory]
    [InlineData("issues", SetupState.Wrong)]
    [InlineData("issue_comment", SetupState.Wrong)]
    [InlineData("sub_issues", SetupState.Warning)]
    [InlineData("issue_dependencies", SetupState.Warning)]
    public async Task An_event_that_is_not_told_is_told(string missing, SetupState state)
    {
        await using var setup = await ASetup.StartAsync(o => o with { App = o.App with { Events = [.. o.App.Events.Where(e => e != missing)] } });

        (await setup.LookAsync(setup.App)).ShouldTell(state, $"is not told of '{missing}'", "Subscribe to");
    }

    [Fact]
    public async Task Another_slug_and_another_id_than_the_app_s_are_told()
    {
        await using var setup = await ASetup.StartAsync();

        (await setup.LookAsync(setup.App with { AppSlug = "other" })).ShouldTell(SetupState.Wrong, "GitHub:AppSlug is not the app's", "serverless-backlog");
        (await setup.LookAsync(setup.App with { AppId = "12", ClientId = "Iv23liStandIn" })).ShouldTell(SetupState.Wrong, "GitHub:AppId and GitHub:ClientId belong to different apps", "4711");
    }

    [Fact]
    public async Task An_app_without_a_webhook_is_told()
    {
        await using var setup = await ASetup.StartAsync(o => o with { Hooks = null });

        (await setup.LookAsync(setup.App)).ShouldTell(SetupState.Wrong, "The app has no webhook", "Tick Active");
    }

    [Fact]
    public async Task A_webhook_that_leads_elsewhere_is_told()
    {
        await using var setup = await ASetup.StartAsync();
        setup.GitHub.PointHooksAt(new GitHubHookTarget(new Uri("https://backlog.example/other"), "s"));

        (await setup.LookAsync(setup.App)).ShouldTell(SetupState.Wrong, "sends to https://backlog.example/other, which does not end in /hooks/github");
    }

    [Fact]
    public async Task An_address_never_shows_what_follows_a_question_mark()
    {
        await using var setup = await ASetup.StartAsync();
        setup.GitHub.PointHooksAt(new GitHubHookTarget(new Uri("https://backlog.example/hooks/github?code=hidden"), "s"));

        (await setup.LookAsync(setup.App)).ShouldAllBe(f => !f.ToString().Contains("hidden", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_delivered_yet_is_no_fault()
    {
        await using var setup = await ASetup.StartAsync();

        (await setup.LookAsync(setup.App)).ShouldTell(SetupState.Off, "Nothing was delivered by the app's webhook");
    }

    [Fact]
    public async Task A_host_with_another_secret_is_told()
    {
        await using var setup = await ASetup.StartAsync();
        setup.Status = 401;
        await setup.GitHub.OpenIssueAsync(ASetup.Repo, "zoe", "One");
        await setup.GitHub.DrainAsync();

        (await setup.LookAsync(setup.App)).ShouldTell(SetupState.Wrong, "with 401: its secret is not the one that the webhook has", "github-webhook-secret");
    }

    [Fact]
    public async Task An_app_that_is_installed_nowhere_is_told_where_to_install_it()
    {
        await using var setup = await ASetup.StartAsync();
        await setup.GitHub.UninstallAppAsync("acme");

        var found = await setup.LookAtRepoAsync(setup.App);

        found.ShouldTell(SetupState.Wrong, "installed nowhere", "/apps/serverless-backlog/installations/new");
        found.ShouldTell(SetupState.Wrong, "not installed on acme/shop");
    }

    [Fact]
    public async Task A_repository_that_the_app_was_not_given_is_told()
    {
        await using var setup = await ASetup.StartAsync();
        await setup.GitHub.CreateRepositoryAsync("acme/other", new GitHubRepositorySetup { IsAppInstalled = false });

        var found = await setup.LookAsync(setup.App, "acme/other");

        found.ShouldTell(SetupState.Ok, "It is installed for acme");
        found.ShouldTell(SetupState.Wrong, "not installed on acme/other");
    }

    [Fact]
    public async Task A_suspended_installation_is_told_once()
    {
        await using var setup = await ASetup.StartAsync();
        await setup.GitHub.SuspendAppAsync("acme");

        (await setup.LookAtRepoAsync(setup.App)).ShouldTell(SetupState.Wrong, "suspended", "Unsuspend it in the settings of acme");
    }

    [Theory]
    [InlineData("issues", "read", SetupState.Wrong, "Issues: read and write")]
    [InlineData("pull_requests", null, SetupState.Warning, "Pull requests: read")]
    public async Task Permissions_that_an_owner_has_not_accepted_yet_are_told(string permission, string? level, SetupState state, string words)
    {
        await using var setup = await ASetup.StartAsync();
        await setup.GitHub.GrantAsync("acme", Changed(new GitHubAppIdentity().Permissions, permission, level));

        (await setup.LookAsync(setup.App)).ShouldTell(state, "acme has not accepted yet", words, "Review request");
    }

    [Fact]
    public async Task Installations_are_read_page_by_page()
    {
        await using var setup = await ASetup.StartAsync();
        for (var i = 0; i < 101; i++)
            await setup.GitHub.CreateRepositoryAsync($"owner{i}/shop");

        (await setup.LookAsync(setup.App)).Count(f => f.What.StartsWith("It is installed for", StringComparison.Ordinal)).ShouldBe(102);
    }

    private static Dictionary<string, string> Changed(IReadOnlyDictionary<string, string> permissions, string name, string? level)
    {
        var changed = new Dictionary<string, string>(permissions);
        changed.Remove(name);
        if (level is not null)
            changed[name] = level;
        return changed;
    }
}
