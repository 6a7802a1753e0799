using ServerlessBacklog.StandIns.AzureDevOps;

namespace ServerlessBacklog.EndToEnd.Tests.Live;

/// <summary><c>backlog connect azuredevops</c> as it is called, against a played service and a host that serves.</summary>
public sealed class ConnectAzureDevOpsTests : IAsyncLifetime
{
    private const string Token = "hush-token-of-the-bot";
    private readonly LiveProcess host = new();
    private AzureDevOpsStandIn devOps = null!;

    public async ValueTask InitializeAsync()
    {
        devOps = await AzureDevOpsStandIn.StartAsync(
            new AzureDevOpsStandInOptions { Tokens = new Dictionary<string, string> { [Token] = "backlog.bot@contoso.com" } }, TestContext.Current.CancellationToken);
        await devOps.CreateProjectAsync("Web Shop");
        host.Environment["AzureDevOps__BaseUrl"] = devOps.Address.ToString();
        host.Environment["AzureDevOps__Token"] = Token;
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await devOps.DisposeAsync();
    }

    [Fact]
    public async Task One_command_connects_a_project_and_its_hooks_are_taken()
    {
        // The host is not there yet, and has no secret: the hooks and the secret are made, and what is left to do is said.
        var first = (await ConnectAsync("--url", $"{host.Address}")).ShouldEndWith(1);
        var path = Path.Combine(host.DataDirectory, "secrets", "azuredevops-hook-secret");
        var secret = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        first.Output.ShouldContain("5 made, 0 that were there");
        first.Output.ShouldContain("does not answer");
        first.Output.ShouldContain("az keyvault secret set --vault-name NAME --name azuredevops-hook-secret --file");
        first.Output.ShouldContain("backlog triage \"azuredevops:contoso/Web Shop\"");

        await host.StartAsync();
        var second = (await ConnectAsync("--url", $"{host.Address}")).ShouldEndWith(0);
        second.Output.ShouldContain("0 made, 5 that were there");
        second.Output.ShouldContain("takes the secret");
        devOps.Subscriptions.Count.ShouldBe(5);

        await devOps.CreateItemAsync("Web Shop", "anna.berg@contoso.com", "Bug", "Crash at checkout");
        await devOps.DrainAsync();
        devOps.Deliveries.ShouldHaveSingleItem().StatusCode.ShouldBe(202);
        var check = (await ConnectAsync("--check")).ShouldEndWith(0);
        check.Output.ShouldContain("5 in order, the newest call of 1 got through");

        foreach (var said in new[] { first, second, check })
        {
            (said.Output + said.Errors).ShouldNotContain(secret);
            (said.Output + said.Errors).ShouldNotContain(Token);
        }
    }

    [Fact]
    public async Task A_host_with_another_secret_is_told_by_the_host_and_by_the_history()
    {
        host.Environment["AzureDevOps__HookSecrets__0"] = "the-secret-that-the-host-was-started-with";
        await host.StartAsync();
        host.Environment["AzureDevOps__HookSecrets__0"] = "the-secret-that-the-command-is-called-with";

        var connected = (await ConnectAsync("--url", $"{host.Address}")).ShouldEndWith(1);
        await devOps.CreateItemAsync("Web Shop", "anna.berg@contoso.com", "Bug", "Crash at checkout");
        await devOps.DrainAsync();
        var check = (await ConnectAsync("--check", "--json")).ShouldEndWith(1);

        connected.Output.ShouldContain("does not take the secret that the hooks send");
        check.Output.ShouldContain("was refused (401)");
        check.Output.ShouldContain("on probation");
        (connected.Output + check.Output).ShouldNotContain("that-the-command-is-called-with");
        Directory.Exists(Path.Combine(host.DataDirectory, "secrets")).ShouldBeFalse("a secret that is set is not kept");
    }

    [Fact]
    public async Task What_is_missing_or_refused_is_one_sentence_and_changes_nothing()
    {
        (await ConnectAsync()).ShouldEndWith(2).Errors.ShouldContain("--url is missing");
        (await host.RunAsync("connect", "azuredevops", "Shop", "--url", "https://a.example")).ShouldEndWith(1).Errors.ShouldContain("no Azure DevOps project");
        host.Environment["AzureDevOps__Token"] = "revoked-long-ago";
        (await ConnectAsync("--url", $"{host.Address}")).ShouldEndWith(1).Errors.ShouldContain("wrong, expired or revoked");
        host.Environment["AzureDevOps__BaseUrl"] = "https://dev.azure.com";
        (await ConnectAsync("--url", "http://localhost:7071")).ShouldEndWith(1).Errors.ShouldContain("its own machine");

        devOps.Subscriptions.ShouldBeEmpty();
        Directory.Exists(Path.Combine(host.DataDirectory, "secrets")).ShouldBeFalse();
    }

    private Task<Outcome> ConnectAsync(params string[] options) => host.RunAsync(["connect", "azuredevops", "contoso/Web Shop", .. options]);
}
