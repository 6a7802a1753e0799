using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Adapters.Tests.Trackers.GitHub.Setup;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.StandIns;
using ServerlessBacklog.StandIns.GitHub;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub;

public sealed class RoleTests : IAsyncLifetime
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider clock = new(An.Instant);
    private readonly RSA key = RSA.Create(2048);

    private GitHubStandIn github = null!;

    public async ValueTask InitializeAsync()
    {
        clock.SetUtcNow(TimeProvider.System.GetUtcNow());
        github = await GitHubStandIn.StartAsync(new GitHubStandInOptions
        {
            Clock = clock,
            Rates = null,
            Tokens = new Dictionary<string, string> { ["writer"] = "wanda", ["triager"] = "tom" },
            App = new GitHubAppIdentity { PublicKeyPem = key.ExportSubjectPublicKeyInfoPem() },
        });
        var setup = new GitHubRepositorySetup
        {
            Roles = new Dictionary<string, string>
            {
                ["adam"] = "admin", ["mia"] = "maintain", ["wanda"] = "write", ["tom"] = "triage", ["rosa"] = "read", ["ida"] = "issue-herder", ["paul"] = "publisher",
            },
            CustomRoles = new Dictionary<string, string> { ["issue-herder"] = "triage", ["publisher"] = "write" },
        };
        await github.CreateRepositoryAsync("octo/lab", setup);
        await github.CreateRepositoryAsync("octo/secret", setup with { IsPrivate = true });
        await github.OpenIssueAsync("octo/lab", "stranger", "Crash");
        await github.GrantAsync("octo", new Dictionary<string, string> { ["metadata"] = "read", ["issues"] = "write" });
    }

    public ValueTask DisposeAsync()
    {
        key.Dispose();
        return github.DisposeAsync();
    }

    [Theory]
    [InlineData("adam", TrackerRole.Admin)]
    [InlineData("mia", TrackerRole.Writer)]
    [InlineData("wanda", TrackerRole.Writer)]
    [InlineData("tom", TrackerRole.Triager)]
    [InlineData("rosa", TrackerRole.Reader)]
    [InlineData("ADAM", TrackerRole.Admin)]
    [InlineData("ida", TrackerRole.Reader)]
    [InlineData("paul", TrackerRole.Writer)]
    public async Task A_role_is_what_GitHub_says(string login, TrackerRole role)
    {
        (await Token("writer").RoleOfAsync("octo/lab", new Person(login), None)).ShouldBe(role);
        (await App().RoleOfAsync("octo/secret", new Person(login), None)).ShouldBe(role);
    }

    [Theory]
    [InlineData("stranger")]
    [InlineData("nobody-at-all")]
    [InlineData("renovate[bot]")]
    [InlineData("../../../user")]
    [InlineData("adam/permission?x=")]
    [InlineData("..")]
    public async Task Strangers_read_what_is_public_and_nothing_else(string login)
    {
        (await App().RoleOfAsync("octo/lab", new Person(login), None)).ShouldBe(TrackerRole.Reader);
        (await App().RoleOfAsync("octo/secret", new Person(login), None)).ShouldBe(TrackerRole.None);
    }

    [Fact]
    public async Task A_role_is_asked_for_anew_each_time()
    {
        var tracker = Token("writer");
        (await tracker.RoleOfAsync("octo/lab", new Person("adam"), None)).ShouldBe(TrackerRole.Admin);
        github.Fail(new Fault { Path = "/collaborators/adam/", Status = 404, Body = """{"message":"Not Found"}""" });

        (await tracker.RoleOfAsync("octo/lab", new Person("adam"), None)).ShouldBe(TrackerRole.Reader);
    }

    [Fact]
    public async Task A_token_that_may_not_see_roles_is_told_what_to_do() =>
        (await Should.ThrowAsync<UserErrorException>(() => Token("triager").RoleOfAsync("octo/lab", new Person("adam"), None))).Message.ShouldContain("role Write");

    [Fact]
    public async Task Without_credentials_nobodys_role_is_told() =>
        (await Should.ThrowAsync<UserErrorException>(() => Token(null).RoleOfAsync("octo/lab", new Person("adam"), None))).Message.ShouldContain("GITHUB_TOKEN");

    [Fact]
    public async Task A_repository_that_cannot_be_seen_gives_nobody_a_role() =>
        await Should.ThrowAsync<UserErrorException>(() => Token("writer").RoleOfAsync("octo/none", new Person("adam"), None));

    [Theory]
    [InlineData("""{"permission":"write","role_name":"something new"}""", TrackerRole.Writer)]
    [InlineData("""{"permission":"admin"}""", TrackerRole.Admin)]
    [InlineData("""{"permission":"something new"}""", TrackerRole.None)]
    [InlineData("""{}""", TrackerRole.None)]
    public async Task A_role_that_is_not_known_counts_as_its_permission(string answer, TrackerRole role)
    {
        github.Fail(new Fault { Path = "/collaborators/", Status = 200, Body = answer });

        (await Token("writer").RoleOfAsync("octo/lab", new Person("adam"), None)).ShouldBe(role);
    }

    private GitHubTracker Token(string? token) => new(new GitHubOptions { ApiBaseUrl = github.Address.ToString(), Token = token }, new ASetup.PlainHttp(), clock);

    private GitHubTracker App() =>
        new(new GitHubOptions { ApiBaseUrl = github.Address.ToString(), AppId = $"{new GitHubAppIdentity().Id}", PrivateKey = key.ExportRSAPrivateKeyPem() }, new ASetup.PlainHttp(), clock);
}
