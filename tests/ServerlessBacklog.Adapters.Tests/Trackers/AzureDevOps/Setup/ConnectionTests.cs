using ServerlessBacklog.Adapters.Trackers.AzureDevOps;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Setup;
using ServerlessBacklog.StandIns.AzureDevOps;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.AzureDevOps.Setup;

public sealed class ConnectionTests
{
    [Fact]
    public async Task Five_hooks_are_made_and_the_host_takes_their_calls()
    {
        await using var azure = await ConnectedAzure.StartAsync();

        (await azure.ConnectAsync()).ShouldBe(new HookChanges(Made: 5, Mended: 0));
        await azure.CreateItemAsync();

        azure.DevOps.Subscriptions.Select(s => s.EventType).ShouldBe(new AzureDevOpsHookTarget(new Uri(azure.Host)).EventTypes, ignoreOrder: true);
        azure.DevOps.Subscriptions.ShouldAllBe(s => s.Url == new Uri($"{azure.Host}/hooks/azuredevops") && s.Project == "Shop");
        azure.DevOps.Deliveries.ShouldHaveSingleItem().StatusCode.ShouldBe(202);
        var body = azure.DevOps.Writes[0].Body;
        foreach (var input in new[] { "\"resourceDetailsToSend\":\"all\"", "\"messagesToSend\":\"none\"", "\"detailedMessagesToSend\":\"none\"", "\"basicAuthUsername\":\"backlog\"", $"\"httpHeaders\":\"X-Backlog-Secret:{ConnectedAzure.Secret}\"" })
            body.ShouldContain(input);
    }

    [Fact]
    public async Task Doing_it_again_leaves_five_with_the_new_secret_and_enables_them()
    {
        await using var azure = await ConnectedAzure.StartAsync();
        await azure.ConnectAsync(secret: "the-secret-of-last-year-which-is-known");
        await azure.DevOps.SetSubscriptionStatusAsync("Shop", "disabledBySystem");
        var before = azure.DevOps.Subscriptions.Select(s => s.Id);

        (await azure.ConnectAsync(url: $"{azure.Host}/hooks/azuredevops/")).ShouldBe(new HookChanges(Made: 0, Mended: 5));
        await azure.CreateItemAsync();

        azure.DevOps.Subscriptions.Select(s => s.Id).ShouldBe(before);
        azure.DevOps.Subscriptions.ShouldAllBe(s => s.Status == "enabled");
        azure.DevOps.Deliveries.ShouldHaveSingleItem().StatusCode.ShouldBe(202);
    }

    [Fact]
    public async Task Hooks_to_elsewhere_of_other_events_and_of_other_projects_are_not_touched()
    {
        await using var azure = await ConnectedAzure.StartAsync();
        await azure.DevOps.CreateProjectAsync("Other");
        var target = new AzureDevOpsHookTarget(new Uri($"{azure.Host}/hooks/azuredevops"));
        await azure.DevOps.SubscribeAsync("Other", target);
        await azure.DevOps.SubscribeAsync("Shop", new AzureDevOpsHookTarget(new Uri($"{azure.Host}/elsewhere")));
        await azure.DevOps.SubscribeAsync("Shop", target with { EventTypes = ["build.complete"] });
        await azure.DevOps.SetSubscriptionStatusAsync("Shop", "disabledByUser");

        (await azure.ConnectAsync()).ShouldBe(new HookChanges(Made: 5, Mended: 0));

        azure.DevOps.Subscriptions.Count.ShouldBe(16);
        azure.DevOps.Subscriptions.Count(s => s.Status == "disabledByUser").ShouldBe(6);
        azure.DevOps.Writes.ShouldAllBe(w => w.Method == "POST");
    }

    [Fact]
    public async Task What_was_begun_is_completed()
    {
        await using var azure = await ConnectedAzure.StartAsync();
        await azure.DevOps.SubscribeAsync("Shop", new AzureDevOpsHookTarget(new Uri($"{azure.Host}/hooks/azuredevops")) { EventTypes = ["workitem.deleted"] });

        (await azure.ConnectAsync()).ShouldBe(new HookChanges(Made: 4, Mended: 1));
    }

    [Theory]
    [InlineData("backlog.bot@contoso.com", ConnectedAzure.Token)]
    [InlineData("nobody@contoso.com", "reader")]
    public async Task Who_may_not_edit_hooks_is_told_which_right_it_takes(string mayNot, string token)
    {
        await using var azure = await ConnectedAzure.StartAsync(o => o with { MayNotEditHooks = new HashSet<string> { mayNot } });
        azure.Options = azure.Options with { Token = token };

        var refused = await Should.ThrowAsync<UserErrorException>(() => azure.ConnectAsync());

        refused.Message.ShouldContain("'Edit subscriptions'");
        refused.Message.ShouldContain("project administrator");
        azure.DevOps.Subscriptions.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_project_that_is_not_there_and_nobody_signed_in_are_said_before_anything_is_made()
    {
        await using var azure = await ConnectedAzure.StartAsync();
        (await Should.ThrowAsync<UserErrorException>(() => azure.ConnectAsync("contoso/Nowhere"))).Message.ShouldContain("no project 'Nowhere'");
        azure.Options = azure.Options with { Token = null };

        (await Should.ThrowAsync<UserErrorException>(() => azure.ConnectAsync())).Message.ShouldContain("AzureDevOps:UseIdentity");
        azure.DevOps.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_secret_that_no_header_can_carry_is_refused()
    {
        await using var azure = await ConnectedAzure.StartAsync();

        (await Should.ThrowAsync<UserErrorException>(() => azure.ConnectAsync(secret: "with\nX-Other: line"))).Message.ShouldNotContain("X-Other");
        azure.DevOps.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ConnectedAzure.Secret, SetupState.Ok, "takes the secret")]
    [InlineData("another-one-that-is-long-enough", SetupState.Wrong, "does not take the secret")]
    [InlineData(null, SetupState.Wrong, "has no secret")]
    public async Task The_host_is_asked_whether_it_takes_the_secret(string? hostSecret, SetupState state, string words)
    {
        await using var azure = await ConnectedAzure.StartAsync();
        azure.HostSecret = hostSecret;

        var finding = await azure.AskHostAsync();

        finding.State.ShouldBe(state);
        finding.What.ShouldContain(words);
        finding.What.ShouldNotContain(ConnectedAzure.Secret);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(200)]
    [InlineData(404)]
    public async Task What_is_no_host_of_ours_is_said(int status)
    {
        await using var azure = await ConnectedAzure.StartAsync();
        azure.HostStatus = status;

        (await azure.AskHostAsync()).What.ShouldContain($"takes no service hooks in (HTTP {status})");
    }

    [Theory]
    [InlineData("https://my-app.azurewebsites.net", "https://my-app.azurewebsites.net/hooks/azuredevops")]
    [InlineData("https://my-app.azurewebsites.net/", "https://my-app.azurewebsites.net/hooks/azuredevops")]
    [InlineData("https://my-app.azurewebsites.net/hooks/azuredevops", "https://my-app.azurewebsites.net/hooks/azuredevops")]
    [InlineData("https://20.1.2.3/behind/a/proxy", "https://20.1.2.3/behind/a/proxy/hooks/azuredevops")]
    public void The_path_of_hooks_is_added_where_it_is_missing(string given, string address) =>
        HookAddress.Of(given, AzureDevOpsOptions.Cloud).ShouldBe(new Uri(address));

    [Theory]
    [InlineData("http://my-app.azurewebsites.net", "https://")]
    [InlineData("https://localhost:7071", "its own machine")]
    [InlineData("https://app.localhost", "its own machine")]
    [InlineData("https://127.0.0.1", "its own machine")]
    [InlineData("https://[::1]", "its own machine")]
    [InlineData("https://10.0.0.4", "private")]
    [InlineData("https://172.20.1.1", "private")]
    [InlineData("https://192.168.1.5", "private")]
    [InlineData("https://169.254.169.254", "private")]
    [InlineData("https://[fd00::1]", "private")]
    [InlineData("https://[::ffff:10.0.0.1]", "private")]
    [InlineData("ftp://my-app", "no address")]
    [InlineData("my-app.azurewebsites.net", "no address")]
    [InlineData("https://me:hunter2@my-app", "password")]
    [InlineData("https://my-app/?code=hunter2", "query")]
    public void An_address_that_Azure_DevOps_would_not_call_is_refused(string given, string words)
    {
        var refused = Should.Throw<UserErrorException>(() => HookAddress.Of(given, AzureDevOpsOptions.Cloud));

        refused.Message.ShouldContain(words);
        refused.Message.ShouldNotContain("hunter2");
    }

    [Fact]
    public void A_server_of_ones_own_may_call_private_addresses_and_one_on_this_machine_this_machine()
    {
        HookAddress.Of("https://10.0.0.4", new Uri("https://tfs.corp.example/tfs")).Host.ShouldBe("10.0.0.4");
        HookAddress.Of("http://127.0.0.1:7071", new Uri("http://127.0.0.1:5000")).Port.ShouldBe(7071);
    }
}
