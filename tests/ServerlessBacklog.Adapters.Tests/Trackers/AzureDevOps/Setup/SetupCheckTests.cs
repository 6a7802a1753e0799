using ServerlessBacklog.StandIns;
using ServerlessBacklog.StandIns.AzureDevOps;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.AzureDevOps.Setup;

public sealed class SetupCheckTests
{
    private const string Shop = "contoso/Shop";

    [Fact]
    public async Task What_nobody_configured_is_off()
    {
        await using var azure = await ConnectedAzure.StartAsync();
        azure.Options = azure.Options with { Token = null, HookSecrets = [] };

        (await azure.CheckAsync()).ShouldHaveSingleItem().State.ShouldBe(SetupState.Off);
    }

    [Fact]
    public async Task A_connected_project_is_in_order_before_and_after_the_first_call()
    {
        await using var azure = await ConnectedAzure.StartAsync();
        await azure.ConnectAsync();

        var before = await azure.CheckAsync(Shop);
        await azure.CreateItemAsync();
        var after = await azure.CheckAsync(Shop);

        before.ShouldAllBe(f => f.State == SetupState.Ok);
        before.ShouldContain(f => f.What.Contains("Signed in to 'contoso' as Backlog Bot, by a personal access token") && f.Mend!.Contains("managed identity"));
        before.ShouldContain(f => f.What.Contains("its work items can be read"));
        before.ShouldContain(f => f.What.Contains($"{azure.Host}/hooks/azuredevops: 5 in order, none called so far"));
        after.ShouldAllBe(f => f.State == SetupState.Ok);
        after.ShouldContain(f => f.What.Contains("5 in order, the newest call of 1 got through"));
    }

    [Theory]
    [InlineData(null, "No secret of service hooks is set")]
    [InlineData("short", "can be guessed")]
    public async Task A_secret_that_is_missing_or_short_is_a_warning(string? secret, string words)
    {
        await using var azure = await ConnectedAzure.StartAsync();
        azure.Options = azure.Options with { HookSecrets = secret is null ? [] : [secret] };

        (await azure.CheckAsync(Shop))[0].ShouldSatisfyAllConditions(f => f.State.ShouldBe(SetupState.Warning), f => f.What.ShouldContain(words));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("revoked-token")]
    public async Task A_token_that_is_wrong_or_revoked_is_said_once_and_nothing_else_is_asked(string token)
    {
        await using var azure = await ConnectedAzure.StartAsync();
        azure.Options = azure.Options with { Token = token };

        var wrong = (await azure.CheckAsync(Shop, "contoso/Other")).Where(f => f.State == SetupState.Wrong).ShouldHaveSingleItem();

        wrong.What.ShouldContain("does not take the token: it is wrong, expired or revoked");
        wrong.Mend!.ShouldContain("Work Items (Read & write)");
    }

    [Fact]
    public async Task A_project_that_is_not_seen_does_not_hide_the_others()
    {
        await using var azure = await ConnectedAzure.StartAsync();
        await azure.ConnectAsync();

        var findings = await azure.CheckAsync("contoso/Nowhere", Shop);

        findings.Where(f => f.State == SetupState.Wrong).ShouldHaveSingleItem().What.ShouldContain("no project 'Nowhere' that this account can see");
        findings.ShouldContain(f => f.What.Contains("5 in order"));
    }

    [Fact]
    public async Task An_organization_that_is_not_there_is_named()
    {
        await using var azure = await ConnectedAzure.StartAsync();

        (await azure.CheckAsync("fabrikam/Shop")).Where(f => f.State == SetupState.Wrong).ShouldHaveSingleItem().What.ShouldContain("no organization 'fabrikam'");
    }

    [Fact]
    public async Task Nobody_signed_in_is_a_warning()
    {
        await using var azure = await ConnectedAzure.StartAsync();
        azure.Options = azure.Options with { Token = null };

        (await azure.CheckAsync(Shop)).ShouldContain(f => f.State == SetupState.Warning && f.What.StartsWith("Nobody is signed in"));
    }

    [Fact]
    public async Task An_identity_of_ours_that_is_somebody_else_is_a_warning()
    {
        await using var azure = await ConnectedAzure.StartAsync();
        azure.Options = azure.Options with { OwnIdentity = "somebody.else@contoso.com" };

        (await azure.CheckAsync(Shop)).ShouldContain(f => f.State == SetupState.Warning && f.Mend!.Contains("Set it to backlog.bot@contoso.com"));
    }

    [Fact]
    public async Task Hooks_that_may_not_be_seen_are_a_warning_that_names_the_permission()
    {
        await using var azure = await ConnectedAzure.StartAsync(o => o with { MayNotViewHooks = new HashSet<string> { "backlog.bot@contoso.com" } });

        (await azure.CheckAsync(Shop)).ShouldContain(f => f.State == SetupState.Warning && f.Mend!.Contains("'View subscriptions'"));
    }

    [Fact]
    public async Task Teams_that_may_not_be_read_are_a_warning_that_names_the_scope()
    {
        await using var azure = await ConnectedAzure.StartAsync(o => o with { MayNotReadTeams = new HashSet<string> { "backlog.bot@contoso.com" } });

        (await azure.CheckAsync(Shop)).ShouldContain(f => f.State == SetupState.Warning && f.Mend!.Contains("Project and Team (Read)"));
    }

    [Fact]
    public async Task Hooks_that_are_missing_are_named()
    {
        await using var azure = await ConnectedAzure.StartAsync();
        var none = await azure.CheckAsync(Shop);
        await SubscribeAsync(azure, "workitem.created", "workitem.updated");

        var some = await azure.CheckAsync(Shop);

        none.ShouldContain(f => f.State == SetupState.Warning && f.What.StartsWith("No service hook of 'contoso/Shop' leads here"));
        some.ShouldContain(f => f.State == SetupState.Warning && f.What == "'contoso/Shop' has no service hook for workitem.commented, workitem.deleted, workitem.restored.");
    }

    [Fact]
    public async Task Hooks_of_another_project_do_not_count()
    {
        await using var azure = await ConnectedAzure.StartAsync();
        await azure.DevOps.CreateProjectAsync("Other");
        await azure.ConnectAsync("contoso/Other");

        (await azure.CheckAsync(Shop)).ShouldContain(f => f.What.StartsWith("No service hook of 'contoso/Shop' leads here"));
    }

    [Theory]
    [InlineData("onProbation", "on probation")]
    [InlineData("disabledBySystem", "failed for too long")]
    [InlineData("disabledByUser", "by a person")]
    [InlineData("disabledByInactiveIdentity", "its creator has left the project")]
    public async Task A_hook_in_trouble_is_wrong(string status, string words)
    {
        await using var azure = await ConnectedAzure.StartAsync();
        await azure.ConnectAsync();
        await azure.DevOps.SetSubscriptionStatusAsync("Shop", status);

        (await azure.CheckAsync(Shop)).Count(f => f.State == SetupState.Wrong && f.What.Contains(words)).ShouldBe(5);
    }

    [Fact]
    public async Task A_hook_without_a_secret_is_wrong()
    {
        await using var azure = await ConnectedAzure.StartAsync();
        await azure.DevOps.SubscribeAsync("Shop", new AzureDevOpsHookTarget(new Uri($"{azure.Host}/hooks/azuredevops")));

        (await azure.CheckAsync(Shop)).Count(f => f.State == SetupState.Wrong && f.What.Contains("sends no secret")).ShouldBe(5);
    }

    [Fact]
    public async Task A_hook_that_is_not_among_those_that_are_listened_to_is_wrong()
    {
        await using var azure = await ConnectedAzure.StartAsync();
        await azure.ConnectAsync();
        azure.Options = azure.Options with { Subscriptions = [$"{azure.DevOps.Subscriptions[0].Id}"] };

        (await azure.CheckAsync(Shop)).Count(f => f.State == SetupState.Wrong && f.What.Contains("not among AzureDevOps:Subscriptions")).ShouldBe(4);
    }

    [Theory]
    [InlineData(401, "its secret is none of those that are set")]
    [InlineData(403, "no secret is set at")]
    [InlineData(404, "found nothing that takes hooks in")]
    [InlineData(500, "was answered 500")]
    public async Task A_newest_call_that_failed_tells_what_came_back(int status, string words)
    {
        await using var azure = await ConnectedAzure.StartAsync();
        await azure.ConnectAsync();
        azure.HostStatus = status;
        await azure.CreateItemAsync();

        var wrong = (await azure.CheckAsync(Shop)).Where(f => f.State == SetupState.Wrong).Select(f => f.What).ToList();

        wrong.ShouldContain(what => what.Contains("'workitem.created'") && what.Contains(words));
        wrong.ShouldContain(what => what.Contains("on probation"));
    }

    [Fact]
    public async Task A_call_that_failed_before_the_hook_was_mended_says_nothing()
    {
        await using var azure = await ConnectedAzure.StartAsync();
        await azure.ConnectAsync(secret: "another-secret-than-the-host-has");
        await azure.CreateItemAsync();
        (await azure.CheckAsync(Shop)).ShouldContain(f => f.State == SetupState.Wrong);
        azure.Clock.Advance(TimeSpan.FromMinutes(1));

        await azure.ConnectAsync();

        (await azure.CheckAsync(Shop)).ShouldAllBe(f => f.State == SetupState.Ok);
    }

    [Fact]
    public async Task Kinds_of_links_that_have_no_duplicate_are_a_warning()
    {
        await using var azure = await ConnectedAzure.StartAsync();
        azure.DevOps.Fail(new Fault { Method = "GET", Path = "/contoso/_apis/wit/workitemrelationtypes", Status = 200, Body = """{"value":[{"referenceName":"System.LinkTypes.Related","name":"Related"}]}""" });

        (await azure.CheckAsync(Shop)).ShouldContain(f => f.State == SetupState.Warning && f.What.Contains("no kind of link named 'Duplicate Of'"));
    }

    private static Task SubscribeAsync(ConnectedAzure azure, params string[] events) => azure.DevOps.SubscribeAsync("Shop", new AzureDevOpsHookTarget(new Uri($"{azure.Host}/hooks/azuredevops"))
    {
        Headers = new Dictionary<string, string> { ["X-Backlog-Secret"] = ConnectedAzure.Secret },
        EventTypes = events,
    });
}
