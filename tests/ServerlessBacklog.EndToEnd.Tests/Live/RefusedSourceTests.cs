using System.Security.Cryptography;
using ServerlessBacklog.StandIns;
using ServerlessBacklog.StandIns.AzureDevOps;
using ServerlessBacklog.StandIns.GitHub;

namespace ServerlessBacklog.EndToEnd.Tests.Live;

/// <summary><c>backlog triage</c> of a tracker that refuses: one sentence that says what to do, and no trace of a token.</summary>
public sealed class RefusedSourceTests : IAsyncLifetime
{
    private const string Token = "ghp_a-token-that-nobody-may-see";
    private const string AzureToken = "pat-that-nobody-may-see";

    private readonly Backlog program = new();
    private readonly RSA key = RSA.Create(2048);
    private GitHubStandIn github = null!;
    private AzureDevOpsStandIn azure = null!;

    public async ValueTask InitializeAsync()
    {
        github = await GitHubStandIn.StartAsync(new GitHubStandInOptions
        {
            App = new GitHubAppIdentity { PublicKeyPem = key.ExportSubjectPublicKeyInfoPem() },
            Tokens = new Dictionary<string, string> { [Token] = "ada" },
        });
        azure = await AzureDevOpsStandIn.StartAsync(new AzureDevOpsStandInOptions
        {
            Tokens = new Dictionary<string, string> { [AzureToken] = "ada@contoso.com" },
        });
        await azure.CreateProjectAsync("Shop");
        program.Environment["GitHub__ApiBaseUrl"] = github.Address.ToString().TrimEnd('/');
        program.Environment["AzureDevOps__BaseUrl"] = azure.Address.ToString().TrimEnd('/');
        program.Environment["Trackers__Pace__SkipLoopback"] = "true";
    }

    public async ValueTask DisposeAsync()
    {
        await github.DisposeAsync();
        await azure.DisposeAsync();
        key.Dispose();
        program.Dispose();
    }

    [Fact]
    public async Task A_repository_that_does_not_exist() => await ShouldRefuseAsync("github:owner/nope", "Look at the spelling");

    [Fact]
    public async Task A_private_repository_without_and_with_a_token_that_does_not_see_it()
    {
        await github.CreateRepositoryAsync("owner/secret", new GitHubRepositorySetup { IsPrivate = true });
        await ShouldRefuseAsync("github:owner/secret", "set GITHUB_TOKEN");

        program.Environment["GitHub__Token"] = Token;

        await ShouldRefuseAsync("github:owner/secret", "may not be seen with these credentials");
    }

    [Fact]
    public async Task A_token_that_is_no_good()
    {
        await github.CreateRepositoryAsync("owner/repo");
        program.Environment["GitHub__Token"] = "ghp_made-up-and-not-to-be-seen";

        await ShouldRefuseAsync("github:owner/repo", "Make a new token");
    }

    [Fact]
    public async Task A_token_without_rights()
    {
        await github.CreateRepositoryAsync("owner/repo");
        program.Environment["GitHub__Token"] = Token;
        github.Fail(new Fault { Times = 100, Status = 403, Body = """{"message":"Resource not accessible by personal access token"}""" });

        await ShouldRefuseAsync("github:owner/repo", "Issues: read");
    }

    [Fact]
    public async Task An_organization_that_asks_for_single_sign_on()
    {
        await github.CreateRepositoryAsync("owner/repo", new GitHubRepositorySetup { NeedsSingleSignOn = true });
        program.Environment["GitHub__Token"] = Token;

        await ShouldRefuseAsync("github:owner/repo", "authorize the token for it");
    }

    [Theory]
    [InlineData("suspended", "Unsuspend it")]
    [InlineData("uninstalled", "nstall")]
    public async Task An_app_that_was(string fate, string mend)
    {
        await github.CreateRepositoryAsync("owner/repo", new GitHubRepositorySetup { IsPrivate = true });
        await (fate == "suspended" ? github.SuspendAppAsync("owner") : github.UninstallAppAsync("owner"));
        program.Environment["GitHub__AppId"] = "4711";
        program.Environment["GitHub__PrivateKey"] = key.ExportPkcs8PrivateKeyPem();

        await ShouldRefuseAsync("github:owner/repo", mend);
    }

    [Fact]
    public async Task An_app_whose_key_is_another_one()
    {
        await github.CreateRepositoryAsync("owner/repo");
        using var other = RSA.Create(2048);
        program.Environment["GitHub__AppId"] = "4711";
        program.Environment["GitHub__PrivateKey"] = other.ExportPkcs8PrivateKeyPem();

        await ShouldRefuseAsync("github:owner/repo", "PrivateKey");
    }

    [Theory]
    [InlineData("this is no key")]
    [InlineData("missing.pem")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public async Task An_app_whose_key_is_none(string pem)
    {
        program.Environment["GitHub__AppId"] = "4711";
        program.Environment["GitHub__PrivateKey"] = pem;

        await ShouldRefuseAsync("github:owner/repo", "PrivateKey");
    }

    [Fact]
    public async Task A_repository_without_issues()
    {
        await github.CreateRepositoryAsync("owner/repo", new GitHubRepositorySetup { HasIssues = false });

        await ShouldRefuseAsync("github:owner/repo", "witch");
    }

    [Theory]
    [InlineData("github:../x")]
    [InlineData("github:a/b/c")]
    [InlineData("github:owner/..")]
    [InlineData("github:owner")]
    [InlineData("github:owner/re%2e%2epo")]
    [InlineData("github:https://evil.example/x")]
    public async Task A_name_that_no_repository_has(string source) => await ShouldRefuseAsync(source, "github:owner/repo");

    [Theory]
    [InlineData("azuredevops:contoso")]
    [InlineData("azuredevops:../x")]
    [InlineData("azuredevops:contoso/a/b")]
    public async Task A_name_that_no_project_has(string source) => await ShouldRefuseAsync(source, "azuredevops:org/project");

    [Fact]
    public async Task A_project_that_does_not_exist()
    {
        program.Environment["AzureDevOps__Token"] = AzureToken;

        await ShouldRefuseAsync("azuredevops:contoso/nope", "nope");
    }

    [Fact]
    public async Task An_organization_that_does_not_exist()
    {
        program.Environment["AzureDevOps__Token"] = AzureToken;

        await ShouldRefuseAsync("azuredevops:nobody/Shop", "nobody");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("made-up-and-not-to-be-seen")]
    [InlineData("revoked-and-not-to-be-seen")]
    public async Task A_token_of_Azure_DevOps_that_is_missing_or_no_good(string? token)
    {
        if (token is not null)
            program.Environment["AzureDevOps__Token"] = token;

        await ShouldRefuseAsync("azuredevops:contoso/Shop", "set AzureDevOps:Token");
    }

    [Theory]
    [InlineData("github:owner/repo")]
    [InlineData("azuredevops:contoso/Shop")]
    public async Task A_host_that_cannot_be_reached(string source)
    {
        program.Environment["GitHub__ApiBaseUrl"] = program.Environment["AzureDevOps__BaseUrl"] = "http://127.0.0.1:1";
        program.Environment["AzureDevOps__Token"] = AzureToken;

        await ShouldRefuseAsync(source, "127.0.0.1");
    }

    [Theory]
    [InlineData("GitHub__ApiBaseUrl", "github:owner/repo", "not an address", "GitHub:ApiBaseUrl")]
    [InlineData("GitHub__ApiBaseUrl", "github:owner/repo", "http://example.org", "GitHub:ApiBaseUrl")]
    [InlineData("AzureDevOps__BaseUrl", "azuredevops:contoso/Shop", "not an address", "AzureDevOps:BaseUrl")]
    public async Task An_address_that_is_none(string setting, string source, string value, string mend)
    {
        program.Environment[setting] = value;

        await ShouldRefuseAsync(source, mend);
    }

    private async Task ShouldRefuseAsync(string source, string mend)
    {
        var ended = await program.RunAsync("triage", source, "--report", "r.html");

        ended.ExitCode.ShouldBeOneOf(1, 2);
        var lines = ended.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldStartWith("backlog: ", customMessage: ended.Errors);
        lines.Length.ShouldBeLessThanOrEqualTo(2, ended.Errors);
        ended.Errors.ShouldContain(mend);
        ended.Errors.ShouldNotContain("   at ");
        ended.Errors.ShouldNotContain("Exception");
        (ended.Errors + ended.Output).ShouldNotContain("to-be-seen");
        (ended.Errors + ended.Output).ShouldNotContain("nobody-may-see");
        File.Exists(program.PathOf("r.html")).ShouldBeFalse();
    }
}
