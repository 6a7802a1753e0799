using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Adapters.Tests.Trackers.GitHub;
using ServerlessBacklog.Adapters.Tests.Trackers.GitHub.Setup;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.StandIns;
using ServerlessBacklog.StandIns.GitHub;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Writing;

public sealed class GitHubWritingTests : WritingContract
{
    private const string Repository = "octo/lab";

    private readonly FakeTimeProvider clock = new(An.Instant);
    private readonly RSA key = RSA.Create(2048);

    private GitHubStandIn github = null!;

    protected override ILiveTracker Tracker => TrackerOf("app-user");

    /// <summary>An app that was granted issues to read.</summary>
    protected override ILiveTracker Reader => new GitHubTracker(
        new GitHubOptions { ApiBaseUrl = github.Address.ToString(), AppId = $"{new GitHubAppIdentity().Id}", PrivateKey = key.ExportRSAPrivateKeyPem() }, new ASetup.PlainHttp(), clock);

    protected override string CreatePath => "/issues";

    protected override int Writes => github.Writes.Count(w => w.Status < 300);

    public override async ValueTask InitializeAsync()
    {
        github = await GitHubStandIn.StartAsync(new GitHubStandInOptions
        {
            Clock = clock,
            Rates = null,
            Tokens = new Dictionary<string, string> { ["app-user"] = "backlog-user" },
            App = new GitHubAppIdentity { PublicKeyPem = key.ExportSubjectPublicKeyInfoPem() },
        });
        await github.CreateRepositoryAsync(Repository, new GitHubRepositorySetup { Roles = new Dictionary<string, string> { ["backlog-user"] = "triage", ["ada"] = "write" } });
        await github.GrantAsync("octo", new Dictionary<string, string> { ["metadata"] = "read", ["issues"] = "read" });
    }

    public override ValueTask DisposeAsync()
    {
        key.Dispose();
        return github.DisposeAsync();
    }

    [Fact]
    public async Task A_child_that_was_created_and_not_linked_is_linked_by_the_next_attempt()
    {
        var parent = await CreateAsync("Formats");
        var change = new AddChild("Part", "Text");
        github.Fail(new Fault { Method = "POST", Path = "/sub_issues", Cut = true });
        await Should.ThrowAsync<HttpRequestException>(() => ApplyAsync(parent, change));

        ShouldBeApplied(await ApplyAsync(parent, change, mayBeDone: true));

        github.Issues(Repository).Select(i => i.Parent).ShouldBe([null, $"{Repository}#{parent.Number}"]);
    }

    [Fact]
    public async Task GitHub_takes_a_hundred_children()
    {
        var parent = await CreateAsync("Formats");
        for (var i = 0; i < 100; i++)
            await github.AddSubIssueAsync(Repository, int.Parse(parent.Number), int.Parse((await CreateAsync($"Child {i}")).Number), "ada");
        var count = CountItems();

        WhyNot(await ApplyAsync(parent, new AddChild("Part", "Text"))).ShouldContain("100");

        CountItems().ShouldBe(count);
    }

    [Fact]
    public async Task GitHub_takes_eight_levels()
    {
        var levels = new List<WorkItemRef> { await CreateAsync("Level 1") };
        for (var i = 2; i <= 8; i++)
        {
            levels.Add(await CreateAsync($"Level {i}"));
            await github.AddSubIssueAsync(Repository, int.Parse(levels[^2].Number), int.Parse(levels[^1].Number), "ada");
        }

        WhyNot(await ApplyAsync(levels[7], new AddChild("Part", "Text"))).ShouldContain("8 levels");
        ShouldBeApplied(await ApplyAsync(levels[6], new AddChild("Part", "Text")));
    }

    [Fact]
    public async Task A_child_that_is_not_linked_is_closed_again()
    {
        var parent = await CreateAsync("Formats");
        github.Fail(new Fault { Method = "POST", Path = "/sub_issues", Status = 422, Body = """{"message":"No."}""" });

        WhyNot(await ApplyAsync(parent, new AddChild("Part", "Text"))).ShouldContain("closed again");

        github.Issues(Repository)[^1].StateReason.ShouldBe("not_planned");
    }

    protected override async Task<WorkItemRef> CreateAsync(string title, string description = "It **crashes** at start.") =>
        new("github", Repository, $"{await github.OpenIssueAsync(Repository, "ada", title, description.Length == 0 ? null : description)}");

    protected override string Description(WorkItemRef item) => github.Issue(Repository, int.Parse(item.Number)).Body ?? "";

    protected override Task WriteAsync(WorkItemRef item, string description) => github.EditAsync(Repository, int.Parse(item.Number), "ada", body: description);

    protected override Task CommentAsync(WorkItemRef item, string text) => github.CommentAsync(Repository, int.Parse(item.Number), "ada", text);

    protected override IReadOnlyList<string> Comments(WorkItemRef item) => [.. github.Issue(Repository, int.Parse(item.Number)).Comments.Select(c => c.Body)];

    protected override string BotName => "renovate[bot]";

    protected override FakeTimeProvider Clock => clock;

    protected override IReadOnlyList<HookRequest> Told =>
        [.. github.Deliveries.Where(d => d.Event == "issue_comment").Select(d => AHook.Call(d.Event, Encoding.UTF8.GetString(d.Payload.Span), $"{d.Delivery}"))];

    protected override Person PersonOf(string name) => new(name);

    protected override Task ReactAsync(WorkItemRef item, int comment, string name, bool isAgainst = true) =>
        github.ReactToCommentAsync(Repository, CommentId(item, comment), name, isAgainst ? "-1" : "+1");

    protected override Task DeleteAsync(WorkItemRef item) => github.DeleteAsync(Repository, int.Parse(item.Number), "ada");

    protected override Task DeleteCommentAsync(WorkItemRef item, int comment, string name) => github.DeleteCommentAsync(Repository, CommentId(item, comment), name);

    protected override Task ListenAsync()
    {
        github.PauseDeliveries();
        github.PointHooksAt(new GitHubHookTarget(new Uri("http://127.0.0.1:9/hooks/github"), "s3cret"));
        return Task.CompletedTask;
    }

    private long CommentId(WorkItemRef item, int comment) => github.Issue(Repository, int.Parse(item.Number)).Comments[comment].Id;

    protected override void LoseAnswer(string method, string path) => github.Fail(Fault.LostAnswer(method, path));

    protected override int CountItems() => github.Issues(Repository).Count;

    private GitHubTracker TrackerOf(string token) => new(new GitHubOptions { ApiBaseUrl = github.Address.ToString(), Token = token }, new ASetup.PlainHttp(), clock);
}
