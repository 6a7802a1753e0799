using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.AzureDevOps;

public sealed class CredentialTests
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_identity_of_entra_signs_with_a_bearer_token_for_azure_devops()
    {
        var identity = new Somebody();

        var header = await new AzureDevOpsCredentials(new AzureDevOpsOptions { Token = "unused" }, identity).HeaderAsync(None);

        header!.ToString().ShouldBe("Bearer entra-token");
        identity.Scopes.ShouldBe(["499b84ac-1321-427f-aa17-267ca6975798/.default"]);
    }

    [Fact]
    public async Task An_identity_that_gets_no_token_is_told_what_to_check() =>
        (await Should.ThrowAsync<UserErrorException>(() => new AzureDevOpsCredentials(new AzureDevOpsOptions(), new Nobody()).HeaderAsync(None).AsTask()))
            .Message.ShouldContain("AzureDevOps:TenantId");

    [Fact]
    public void An_account_is_named_without_its_token()
    {
        var account = new AzureDevOpsCredentials(new AzureDevOpsOptions { Token = "hush" }).Account;

        account.ShouldMatch("^token:[0-9a-f]{16}$");
        new AzureDevOpsCredentials(new AzureDevOpsOptions { Token = "other" }).Account.ShouldNotBe(account);
        new AzureDevOpsCredentials(new AzureDevOpsOptions()).Account.ShouldBe("anonymous");
    }

    [Fact]
    public void The_settings_are_read_as_they_are_documented()
    {
        var options = Read(
            ("BaseUrl", "https://tfs.example.com/tfs/"), ("HookSecrets:0", "one"), ("HookSecrets:1", " two "), ("HookSecrets:2", ""), ("Token", "t"),
            ("Subscriptions:0", "s"), ("AllowedBots:0", "b"), ("OwnIdentity", "me"), ("HookQueue", "hooks"), ("UseIdentity", "true"));

        options.BaseUrl.ShouldBe(new Uri("https://tfs.example.com/tfs"));
        options.HookSecrets.ShouldBe(["one", "two"]);
        (options.Token, options.OwnIdentity, options.HookQueue, options.UseIdentity).ShouldBe(("t", "me", "hooks", true));
        options.Subscriptions.ShouldBe(["s"]);
        options.AllowedBots.ShouldBe(["b"]);
    }

    [Fact]
    public void The_token_of_the_command_line_goes_to_the_cloud_only()
    {
        Read().Token.ShouldBe("from-environment");
        Read(("Token", "set")).Token.ShouldBe("set");
        Read(("BaseUrl", "https://tfs.example.com")).Token.ShouldBeNull();
    }

    [Theory]
    [InlineData("BaseUrl", "dev.azure.com")]
    [InlineData("BaseUrl", "ftp://dev.azure.com")]
    [InlineData("BaseUrl", "https://me:hush@dev.azure.com")]
    [InlineData("BaseUrl", "https://dev.azure.com?token=hush")]
    [InlineData("UseIdentity", "sometimes")]
    [InlineData("ClientSecret", "hush")]
    public void A_wrong_setting_is_named_without_a_secret(string name, string value)
    {
        var fault = Should.Throw<UserErrorException>(() => Read((name, value)));

        fault.Message.ShouldContain($"AzureDevOps:{name}");
        fault.Message.ShouldNotContain("hush");
    }

    private static AzureDevOpsOptions Read(params (string Name, string Value)[] settings) => AzureDevOpsOptions.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => $"AzureDevOps:{s.Name}", s => (string?)s.Value)).Build(),
        name => name == "AZURE_DEVOPS_EXT_PAT" ? "from-environment" : null);

    private sealed class Somebody : TokenCredential
    {
        public string[] Scopes { get; private set; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return new AccessToken("entra-token", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }

    private sealed class Nobody : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new CredentialUnavailableException("Nobody here.");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new CredentialUnavailableException("Nobody here.");
    }
}
