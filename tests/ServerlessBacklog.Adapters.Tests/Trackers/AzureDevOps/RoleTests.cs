using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Adapters.Tests.Trackers.GitHub.Setup;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.StandIns;
using ServerlessBacklog.StandIns.AzureDevOps;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.AzureDevOps;

public sealed class RoleTests : IAsyncLifetime
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider clock = new(An.Instant);

    private AzureDevOpsStandIn azure = null!;

    public async ValueTask InitializeAsync()
    {
        azure = await AzureDevOpsStandIn.StartAsync(new AzureDevOpsStandInOptions
        {
            Clock = clock,
            Rates = null,
            Tokens = new Dictionary<string, string> { ["bot"] = "backlog.bot@contoso.com", ["narrow"] = "narrow.bot@contoso.com" },
            MayNotReadTeams = new HashSet<string> { "narrow.bot@contoso.com" },
        });
        await azure.CreateProjectAsync("Web Shop", new AzureDevOpsProjectSetup { Members = ["ada@contoso.com", "mona@contoso.com"], Admins = ["adam@contoso.com"] });
    }

    public ValueTask DisposeAsync() => azure.DisposeAsync();

    [Theory]
    [InlineData("adam@contoso.com", TrackerRole.Admin)]
    [InlineData("ada@contoso.com", TrackerRole.Writer)]
    [InlineData("ADA@contoso.com", TrackerRole.Writer)]
    [InlineData("eve@contoso.com", TrackerRole.None)]
    [InlineData("Ada", TrackerRole.None)]
    [InlineData("Adam", TrackerRole.None)]
    public async Task Teams_tell_who_may_do_what_and_a_name_that_is_shown_tells_nothing(string login, TrackerRole role)
    {
        using var tracker = Tracker();

        (await tracker.RoleOfAsync("contoso/Web Shop", new Person(login), None)).ShouldBe(role);
    }

    [Fact]
    public async Task Who_administers_one_team_and_is_in_another_administers()
    {
        await azure.CreateTeamAsync("Web Shop", "Checkout", ["zoe@contoso.com", "adam@contoso.com"], "mona@contoso.com");
        using var tracker = Tracker();

        (await RoleAsync(tracker, "zoe")).ShouldBe(TrackerRole.Writer);
        (await RoleAsync(tracker, "mona")).ShouldBe(TrackerRole.Admin);
        (await RoleAsync(tracker, "adam")).ShouldBe(TrackerRole.Admin);
    }

    [Fact]
    public async Task Hundreds_of_teams_and_members_are_read_to_the_end()
    {
        foreach (var number in Enumerable.Range(1, 120))
            await azure.CreateTeamAsync("Web Shop", $"Team {number}", number == 120 ? [.. Enumerable.Range(1, 250).Select(n => $"user{n}@contoso.com")] : []);
        using var tracker = Tracker();

        (await RoleAsync(tracker, "user250")).ShouldBe(TrackerRole.Writer);
        (await RoleAsync(tracker, "user251")).ShouldBe(TrackerRole.None);
    }

    [Fact]
    public async Task Teams_are_believed_for_five_minutes()
    {
        using var tracker = Tracker();
        (await RoleAsync(tracker, "ada")).ShouldBe(TrackerRole.Writer);
        await azure.LeaveTeamsAsync("Web Shop", "ada@contoso.com");

        clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        (await RoleAsync(tracker, "ada")).ShouldBe(TrackerRole.Writer);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await RoleAsync(tracker, "ada")).ShouldBe(TrackerRole.None);
    }

    [Fact]
    public async Task A_failed_question_is_asked_again()
    {
        using var tracker = Tracker();
        azure.Fail(new Fault { Path = "/members", Status = 503 });

        await Should.ThrowAsync<HttpRequestException>(() => RoleAsync(tracker, "adam"));

        (await RoleAsync(tracker, "adam")).ShouldBe(TrackerRole.Admin);
    }

    [Theory]
    [InlineData("""{"isTeamAdmin":true,"identity":{"uniqueName":"vstfs:///team","id":"1","isContainer":true}},{"identity":{"uniqueName":"left@contoso.com","id":"2","inactive":true}},{"identity":{}},{},7""", TrackerRole.None)]
    [InlineData("""{"isTeamAdmin":false,"identity":{"displayName":"Left","uniqueName":"left@contoso.com","id":"2"}}""", TrackerRole.Writer)]
    public async Task Groups_and_those_who_left_are_no_members(string members, TrackerRole role)
    {
        azure.Fail(new Fault { Path = "/members", Status = 200, Body = $$"""{"count":1,"value":[{{members}}]}""" });
        using var tracker = Tracker();

        (await RoleAsync(tracker, "left")).ShouldBe(role);
        (await tracker.RoleOfAsync("contoso/Web Shop", new Person("vstfs:///team"), None)).ShouldBe(TrackerRole.None);
    }

    [Fact]
    public async Task A_token_without_the_scope_is_told_which_one()
    {
        using var tracker = Tracker("narrow");

        (await Should.ThrowAsync<UserErrorException>(() => RoleAsync(tracker, "ada"))).Message.ShouldContain("Project and Team (Read)");
    }

    [Fact]
    public async Task A_project_that_is_not_there_gives_nobody_a_role()
    {
        using var tracker = Tracker();

        (await Should.ThrowAsync<UserErrorException>(() => tracker.RoleOfAsync("contoso/None", new Person("ada@contoso.com"), None))).Message.ShouldContain("no project 'None'");
    }

    private static Task<TrackerRole> RoleAsync(AzureDevOpsTracker tracker, string name) => tracker.RoleOfAsync("contoso/Web Shop", new Person($"{name}@contoso.com"), None);

    private AzureDevOpsTracker Tracker(string token = "bot")
    {
        var options = new AzureDevOpsOptions { BaseUrl = azure.Address, Token = token };
        return new AzureDevOpsTracker(options, new AzureDevOpsCredentials(options), new ASetup.PlainHttp(), clock);
    }
}
