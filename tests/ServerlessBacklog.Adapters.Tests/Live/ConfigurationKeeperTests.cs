using Microsoft.Extensions.DependencyInjection;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.StandIns.GitHub;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings.Layers;

namespace ServerlessBacklog.Adapters.Tests.Live;

/// <summary>The configuration of a repository, from the push to the settings that hold.</summary>
public class ConfigurationKeeperTests
{
    private const string Path = ConfigurationKeeper.FilePath;

    private static readonly Dictionary<string, string?> Open = new() { ["Triage:WithoutGate"] = "true" };

    [Fact]
    public async Task A_file_on_the_default_branch_holds_within_two_minutes()
    {
        await using var live = await LiveGitHub.StartAsync(Open);
        await LookAsync(live);
        await live.GitHub.PushFileAsync(LiveGitHub.Repository, "ada", Path, "autonomy: {steps: {type: suggest}}");

        live.Time.Advance(TimeSpan.FromMinutes(2));
        await LookAsync(live);

        (await LevelAsync(live, "type")).ShouldBe(Autonomy.Suggest);
        (await live.Kept.EffectiveAsync(LiveGitHub.Repository, default)).Wanted.Values.Single(v => v.Path == "autonomy.steps.type").Source.ShouldContain("owner/repo");
    }

    [Fact]
    public async Task A_file_on_another_branch_changes_nothing()
    {
        await using var live = await LiveGitHub.StartAsync(Open);
        await live.GitHub.PushFileAsync(LiveGitHub.Repository, "ada", Path, "autonomy: {steps: {type: suggest}}", branch: "try");

        await LookAsync(live);

        (await LevelAsync(live, "type")).ShouldBe(Autonomy.Shadow);
    }

    [Fact]
    public async Task A_file_that_does_not_change_costs_no_request_that_counts()
    {
        await using var live = await LiveGitHub.StartAsync(Open);
        await live.GitHub.CreateRepositoryAsync("owner/.github");
        await live.GitHub.PushFileAsync("owner/.github", "ada", Path, "max_labels: 1");
        await live.GitHub.PushFileAsync(LiveGitHub.Repository, "ada", Path, "autonomy: {default: suggest}");
        await LookAsync(live);
        var before = await live.CountedAsync();

        for (var minute = 0; minute < 5; minute++)
        {
            live.Time.Advance(TimeSpan.FromMinutes(1));
            await LookAsync(live);
        }

        (await live.CountedAsync()).ShouldBe(before);
        before.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_broken_file_keeps_the_last_good_one_and_says_so_once_for_each_version()
    {
        await using var live = await LiveGitHub.StartAsync(Open);
        await PushAsync(live, "autonomy: {steps: {type: suggest}}");

        await PushAsync(live, "autonomy: {steps: {typ: auto}}");
        var first = (await AlarmsAsync(live)).ShouldHaveSingleItem();
        live.Time.Advance(TimeSpan.FromMinutes(1));
        await LookAsync(live);

        first.Text.ShouldContain("line 1: Unknown key 'typ'. Did you mean 'type'?");
        (await AlarmsAsync(live)).ShouldBe([first]);
        (await LevelAsync(live, "type")).ShouldBe(Autonomy.Suggest);

        await PushAsync(live, "autonomy: {default: atuo}");
        (await AlarmsAsync(live)).ShouldHaveSingleItem().Text.ShouldContain("atuo");
        (await LevelAsync(live, "type")).ShouldBe(Autonomy.Suggest);

        await PushAsync(live, "autonomy: {default: off}");
        (await AlarmsAsync(live)).ShouldBeEmpty();
        (await LevelAsync(live, "type")).ShouldBe(Autonomy.Off);
    }

    [Fact]
    public async Task A_broken_file_that_is_put_back_as_it_was_is_mended()
    {
        await using var live = await LiveGitHub.StartAsync(Open);
        await PushAsync(live, "max_labels: 2");
        await PushAsync(live, "max_labels: two");

        await PushAsync(live, "max_labels: 2");

        (await AlarmsAsync(live)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_removed_says_nothing_any_more()
    {
        await using var live = await LiveGitHub.StartAsync(Open);
        await PushAsync(live, "autonomy: {default: suggest}");

        await PushAsync(live, null);

        (await LevelAsync(live, "type")).ShouldBe(Autonomy.Shadow);
    }

    [Fact]
    public async Task The_organization_holds_under_the_repository_and_over_the_host()
    {
        await using var live = await LiveGitHub.StartAsync(new Dictionary<string, string?>(Open) { ["Triage:Autonomy"] = "auto" });
        await live.GitHub.CreateRepositoryAsync("owner/.github");
        await live.GitHub.PushFileAsync("owner/.github", "ada", Path, "autonomy: {default: suggest}");

        await PushAsync(live, "autonomy: {steps: {duplicates: off}}");

        (await LevelAsync(live, "type")).ShouldBe(Autonomy.Suggest);
        (await LevelAsync(live, "duplicates")).ShouldBe(Autonomy.Off);
    }

    [Fact]
    public async Task A_push_that_touches_the_file_is_acted_on_at_once_and_others_are_not()
    {
        await using var live = await LiveGitHub.StartAsync(Open);
        await LookAsync(live);
        live.GitHub.PointHooksAt(new GitHubHookTarget(new Uri("http://127.0.0.1:9/"), "secret", AppHook: false, RepositoryHook: true));
        await live.GitHub.PushFileAsync(LiveGitHub.Repository, "ada", "README.md", "Hello");
        await live.GitHub.PushFileAsync(LiveGitHub.Repository, "ada", Path, "autonomy: {default: suggest}", branch: "try");
        await live.GitHub.PushFileAsync(LiveGitHub.Repository, "ada", Path, "autonomy: {default: suggest}");
        await live.GitHub.DrainAsync();
        var pushes = live.GitHub.Deliveries.Where(d => d.Event == "push").ToList();

        var pending = new List<Delivery?>();
        foreach (var push in pushes)
            pending.Add((await live.Services.GetRequiredService<WebhookIntake>().TakeAsync("github", Request(push), default)).Pending);
        (await live.Services.GetRequiredService<DeliveryStart>().StartAsync(null!, pending[2]!, default)).ShouldBeTrue();

        pending.Select(p => p is null).ShouldBe([true, true, false]);
        (await LevelAsync(live, "type")).ShouldBe(Autonomy.Suggest);
        (await live.Services.GetRequiredService<IBacklogStore>().BacklogsAsync(default)).ShouldBe([LiveGitHub.Repository]);
    }

    [Fact]
    public async Task A_document_that_is_set_holds_and_a_wrong_one_is_refused()
    {
        await using var live = await LiveGitHub.StartAsync(Open);
        var configurations = live.Services.GetRequiredService<Configurations>();
        var name = Configurations.NameOf(LiveGitHub.Repository);

        await configurations.SetAsync(name, "c.yml", "autonomy: {default: suggest}", default);
        var refused = await Should.ThrowAsync<UserErrorException>(() => configurations.SetAsync(name, "c.yml", "autonomy: {default: max}", default));

        refused.Message.ShouldContain("c.yml, line 1");
        (await LevelAsync(live, "type")).ShouldBe(Autonomy.Suggest);
    }

    private static async Task PushAsync(LiveGitHub live, string? text)
    {
        await live.GitHub.PushFileAsync(LiveGitHub.Repository, "ada", Path, text);
        live.Time.Advance(TimeSpan.FromMinutes(2));
        await LookAsync(live);
    }

    private static Task LookAsync(LiveGitHub live) => live.Services.GetRequiredService<ConfigurationKeeper>().RefreshAsync(default);

    private static async Task<Autonomy> LevelAsync(LiveGitHub live, string step) => (await live.Kept.OfAsync(LiveGitHub.Repository, default)).Policy.For(step).Autonomy;

    private static Task<IReadOnlyList<Alarm>> AlarmsAsync(LiveGitHub live) => live.Services.GetRequiredService<IAlarms>().ListAsync(default);

    private static HookRequest Request(GitHubDelivery push) => new(
        name => name switch { "X-GitHub-Event" => push.Event, "X-GitHub-Delivery" => push.Delivery.ToString(), "Content-Type" => "application/json", _ => null },
        push.Payload);
}
