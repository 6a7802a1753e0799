using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Adapters.Tests.Trackers.GitHub.Setup;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.StandIns;
using ServerlessBacklog.StandIns.AzureDevOps;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Writing;

public sealed class AzureDevOpsWritingTests : WritingContract
{
    private readonly FakeTimeProvider clock = new(An.Instant);

    private AzureDevOpsStandIn azure = null!;

    protected override ILiveTracker Tracker => TrackerOf("writer");

    protected override ILiveTracker Reader => TrackerOf("reader");

    protected override string CreatePath => "Task";

    protected override int Writes => azure.Writes.Count(w => w.Status < 300);

    public override async ValueTask InitializeAsync()
    {
        azure = await AzureDevOpsStandIn.StartAsync(new AzureDevOpsStandInOptions
        {
            Clock = clock,
            Rates = null,
            Tokens = new Dictionary<string, string> { ["writer"] = "backlog.bot@contoso.com", ["reader"] = "reader@contoso.com" },
            ReadOnlyTokens = new HashSet<string> { "reader" },
        });
        await azure.CreateProjectAsync("Shop");
    }

    public override ValueTask DisposeAsync() => azure.DisposeAsync();

    [Theory]
    [InlineData("Epic", "Feature")]
    [InlineData("Feature", "User Story")]
    [InlineData("Bug", "Task")]
    public async Task A_child_is_of_the_type_that_comes_below(string type, string below)
    {
        var parent = await azure.CreateItemAsync("Shop", "ada@contoso.com", type, "Formats");

        ShouldBeApplied(await ApplyAsync(Ref(parent), new AddChild("Part", "Text")));

        azure.Items("Shop")[^1].Type.ShouldBe(below);
    }

    [Fact]
    public async Task The_block_of_a_bug_goes_where_its_form_shows_it()
    {
        var bug = await azure.CreateItemAsync(
            "Shop", "ada@contoso.com", "Bug", "Crash", fields: new Dictionary<string, string> { ["Microsoft.VSTS.TCM.ReproSteps"] = "<p>Press it.</p>" });

        ShouldBeApplied(await ApplyAsync(Ref(bug), new SetBlock("draft", "As a user, I want it.")));

        azure.Item(bug).Fields.Keys.ShouldNotContain("System.Description");
        azure.Item(bug).Fields["Microsoft.VSTS.TCM.ReproSteps"].ShouldStartWith("<p>Press it.</p><div>");
        (await LookAsync(Ref(bug))).Blocks["draft"].ShouldBe("As a user, I want it.");
    }

    [Fact]
    public async Task On_a_server_without_reactions_nobody_is_against_a_notice()
    {
        await using var server = await AzureDevOpsStandIn.StartAsync(new AzureDevOpsStandInOptions
        {
            Clock = clock, HasReactions = false, Tokens = new Dictionary<string, string> { ["writer"] = "backlog.bot@contoso.com" },
        });
        await server.CreateProjectAsync("Shop");
        var item = Ref(await server.CreateItemAsync("Shop", "ada@contoso.com", "Bug", "Crash"));
        using var tracker = TrackerOf("writer", server);
        var looked = (await tracker.LookAsync(item, None)).Item!;
        await tracker.ApplyAsync(looked, [new Effect("d1:notice", new GiveNotice("d1", "It will be closed."), false)], None);

        (await tracker.FindNoticeAsync(item, "d1", None)).ShouldNotBeNull().Against.ShouldBeEmpty();
    }

    protected override async Task<WorkItemRef> CreateAsync(string title, string description = "It **crashes** at start.") =>
        Ref(await azure.CreateItemAsync("Shop", "ada@contoso.com", "User Story", title, description.Length == 0 ? null : description));

    protected override string Description(WorkItemRef item) => azure.Item(int.Parse(item.Number)).Fields.GetValueOrDefault("System.Description") ?? "";

    protected override Task WriteAsync(WorkItemRef item, string description) => azure.SetAsync(int.Parse(item.Number), "ada@contoso.com", "System.Description", description);

    protected override Task CommentAsync(WorkItemRef item, string text) => azure.CommentAsync(int.Parse(item.Number), "ada@contoso.com", text);

    protected override IReadOnlyList<string> Comments(WorkItemRef item) => [.. azure.Item(int.Parse(item.Number)).Comments.Select(c => c.Text)];

    protected override string BotName => @"Build\1234";

    protected override FakeTimeProvider Clock => clock;

    protected override IReadOnlyList<HookRequest> Told =>
        [.. azure.Deliveries.Where(d => d.EventType == "workitem.commented").Select(d => new HookRequest(name => name == "Content-Type" ? "application/json" : null, d.Payload))];

    protected override Person PersonOf(string name) => new(Unique(name));

    protected override Task ReactAsync(WorkItemRef item, int comment, string name, bool isAgainst = true) =>
        azure.ReactToCommentAsync(int.Parse(item.Number), CommentId(item, comment), Unique(name), isAgainst ? "dislike" : "like");

    protected override Task DeleteAsync(WorkItemRef item) => azure.DeleteAsync(int.Parse(item.Number), "ada@contoso.com");

    protected override Task DeleteCommentAsync(WorkItemRef item, int comment, string name) =>
        azure.DeleteCommentAsync(int.Parse(item.Number), CommentId(item, comment), Unique(name));

    protected override Task ListenAsync()
    {
        azure.PauseDeliveries();
        return azure.SubscribeAsync("Shop", new AzureDevOpsHookTarget(new Uri("http://127.0.0.1:9/hooks/azuredevops")));
    }

    private int CommentId(WorkItemRef item, int comment) => azure.Item(int.Parse(item.Number)).Comments[comment].Id;

    private static string Unique(string name) => name.Contains('\\') ? name : $"{name}@contoso.com";

    protected override void LoseAnswer(string method, string path) => azure.Fail(Fault.LostAnswer(method, path));

    protected override int CountItems() => azure.Items("Shop").Count;

    private static WorkItemRef Ref(int id) => new("azuredevops", "contoso/Shop", $"{id}");

    private AzureDevOpsTracker TrackerOf(string token, AzureDevOpsStandIn? server = null)
    {
        var options = new AzureDevOpsOptions { BaseUrl = (server ?? azure).Address, Token = token };
        return new AzureDevOpsTracker(options, new AzureDevOpsCredentials(options), new ASetup.PlainHttp(), clock);
    }
}
