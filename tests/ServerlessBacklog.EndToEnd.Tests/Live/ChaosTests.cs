using System.Diagnostics;
using System.Globalization;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.LocalRunner;
using ServerlessBacklog.StandIns;
using ServerlessBacklog.StandIns.GitHub;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.EndToEnd.Tests.Live;

/// <summary>
/// Deliveries are lost, repeated and shuffled, and the host is killed at random moments. After the reconcile every item is right and every
/// effect was made once. The whole size of it: <c>CHAOS_ISSUES=200 CHAOS_KILLS=50</c>.
/// </summary>
public class ChaosTests(ITestOutputHelper output)
{
    private const string Repository = "octo/shop";
    private const string Secret = "It's a Secret to Everybody";
    private const string Bot = "triage-bot";

    /// <summary>Acts on one issue: it is opened, and nine more.</summary>
    private const int ActsPerIssue = 10;

    private static readonly int Issues = Number("CHAOS_ISSUES", 24);
    private static readonly int Kills = Number("CHAOS_KILLS", 8);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(Number("CHAOS_PATIENCE", 300));

    private readonly Random random = new(Number("CHAOS_SEED", 20261127));

    [Fact]
    public async Task Whatever_is_lost_repeated_shuffled_or_killed_every_item_is_right_and_every_effect_was_made_once()
    {
        await using var gitHub = await GitHubStandIn.StartAsync(new GitHubStandInOptions
        {
            Tokens = new Dictionary<string, string> { ["ghp_standin"] = Bot },
            Rates = null,
            Deliveries = new DeliveryFaults { DropShare = 0.1, RepeatTimes = 3, Shuffle = true, Senders = 4, Seed = 7 },
        });
        await using var host = new LiveProcess
        {
            Environment =
            {
                ["GitHub__ApiBaseUrl"] = gitHub.Address.ToString(),
                ["GitHub__Token"] = "ghp_standin",
                ["GitHub__WebhookSecrets__0"] = Secret,
                ["Triage__Autonomy"] = "suggest",
                ["Trackers__Pace__SkipLoopback"] = "true",
                ["Timers__Recover"] = "*/2 * * * * *",
                ["Timers__Reconcile"] = "*/5 * * * * *",
                ["Timers__Redeliver"] = "*/7 * * * * *",
            },
        };
        await gitHub.CreateRepositoryAsync(Repository, new GitHubRepositorySetup
        {
            Roles = new Dictionary<string, string> { [Bot] = "write", ["ada"] = "write", ["grace"] = "triage" },
        });
        // The repository is connected: what it holds is read once, then webhooks tell of the rest.
        await gitHub.OpenIssueAsync(Repository, "ada", "An old one", "It was there before.");
        (await host.RunAsync("triage", $"github:{Repository}")).ShouldEndWith(0);
        gitHub.PointHooksAt(new GitHubHookTarget(new Uri(host.Address, "/hooks/github"), Secret, AppHook: false, RepositoryHook: true));
        gitHub.PauseDeliveries();
        await PlayAsync(gitHub);
        await host.StartAsync();
        var watch = Stopwatch.StartNew();

        gitHub.ResumeDeliveries();
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(random.Next(50, 1500));
            // What is on its way fails; the rest is not spent on a host that is down.
            gitHub.PauseDeliveries();
            await host.KillAsync();
            await host.StartAsync();
            gitHub.ResumeDeliveries();
        }

        await gitHub.DrainAsync();
        output.WriteLine($"{gitHub.Deliveries.Count} attempts, {gitHub.Deliveries.Count(d => !d.IsGood)} of them failed, {Kills} kills: {watch.Elapsed.TotalSeconds:0} s");
        var wrong = await SettleAsync(host, gitHub);
        output.WriteLine($"at rest after {watch.Elapsed.TotalSeconds:0} s");

        foreach (var status in gitHub.Deliveries.CountBy(d => d.StatusCode ?? -1))
            output.WriteLine($"status {status.Key}: {status.Value}");
        wrong.ShouldBeEmpty();
        foreach (var issue in gitHub.Issues(Repository))
            issue.Comments.Count(c => c.Author == Bot).ShouldBeLessThanOrEqualTo(1, $"#{issue.Number}");
        gitHub.Issues(Repository).Count(i => i.Comments.Any(c => c.Author == Bot)).ShouldBeGreaterThan(Issues / 8, "A third begins vague, and something is said on those that stay so.");
        Created(gitHub).ShouldBeUnique("No comment was made a second time after it was deleted.");
        gitHub.Mentions.Where(m => m.By == Bot).ShouldBeEmpty();
        output.WriteLine($"{gitHub.Issues(Repository).Count} issues, {Created(gitHub).Count} comments of ours, {gitHub.Writes.Count} writes");
    }

    private async Task PlayAsync(GitHubStandIn gitHub)
    {
        var numbers = new List<int>();
        for (var i = 0; i < Issues; i++)
        {
            numbers.Add(i % 3 == 0
                ? await gitHub.OpenIssueAsync(Repository, "reporter", $"It does not work {i}", "Please fix.")
                : await gitHub.OpenIssueAsync(Repository, "reporter", $"Crash when opening basket {i}", $"Steps: open basket {i}. Expected: it opens. Actual: error code 0x{i:x8}. Version 1.{i}, Windows 11."));
        }

        for (var act = 1; act < ActsPerIssue; act++)
        {
            foreach (var number in numbers)
                await PlayAsync(gitHub, number);
        }
    }

    private async Task PlayAsync(GitHubStandIn gitHub, int number)
    {
        var issue = gitHub.Issue(Repository, number);
        switch (random.Next(7))
        {
            case 0:
                await gitHub.EditAsync(Repository, number, "reporter", title: $"{issue.Title} again");
                break;
            case 1:
                await gitHub.CommentAsync(Repository, number, "ada", $"Seen here too, {random.Next(1000)}.");
                break;
            case 2 when !issue.Labels.Contains("bug"):
                await gitHub.LabelAsync(Repository, number, "ada", "bug");
                break;
            case 2:
                await gitHub.UnlabelAsync(Repository, number, "ada", "bug");
                break;
            case 3:
                await gitHub.AssignAsync(Repository, number, "ada", "grace");
                break;
            case 4 when issue.IsOpen && random.Next(3) == 0:
                await gitHub.CloseAsync(Repository, number, "ada");
                break;
            case 4 when !issue.IsOpen:
                await gitHub.ReopenAsync(Repository, number, "ada");
                break;
            default:
                await gitHub.EditAsync(Repository, number, "reporter", body: $"{issue.Body} More of it: {random.Next(1000)}.");
                break;
        }
    }

    /// <summary>Waits until everything is right and nothing moves any more.</summary>
    /// <returns>What is still wrong when patience ends.</returns>
    private static async Task<List<string>> SettleAsync(LiveProcess host, GitHubStandIn gitHub)
    {
        var quiet = 0;
        var wrong = new List<string>();
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience && quiet < 3; await Task.Delay(2000))
        {
            var writes = gitHub.Writes.Count;
            await gitHub.DrainAsync();
            wrong = await WrongAsync(host, gitHub);
            quiet = wrong.Count == 0 && gitHub.Writes.Count == writes ? quiet + 1 : 0;
        }

        return wrong;
    }

    private static async Task<List<string>> WrongAsync(LiveProcess host, GitHubStandIn gitHub)
    {
        using var storage = LocalStorage.Open(host.DataDirectory);
        var stored = new Dictionary<string, WorkItem>();
        await foreach (var item in storage.Backlogs.ItemsAsync(Repository, CancellationToken.None))
            stored[item.Ref.Number] = item;
        var wrong = new List<string>();
        foreach (var issue in gitHub.Issues(Repository))
        {
            if (!stored.Remove($"{issue.Number}", out var item))
                wrong.Add($"#{issue.Number} is not stored");
            else if (Shape(item) != Shape(issue))
                wrong.Add($"#{issue.Number} is {Shape(item)} and should be {Shape(issue)}");
            else if (IsOpenAndUnseen(issue, await storage.Backlogs.DecisionsAsync(Repository, item.Ref, CancellationToken.None)))
                wrong.Add($"#{issue.Number} was never decided on");
        }

        wrong.AddRange(stored.Keys.Select(n => $"#{n} is stored and does not exist"));
        if ((await storage.Deliveries.CountAsync(CancellationToken.None)) is { Pending: > 0 } or { Failed: > 0 })
            wrong.Add("deliveries are pending or have failed");
        await using var runner = LocalRunner.LocalRunner.Open(new LocalRunnerOptions { Path = Path.Combine(host.DataDirectory, "workflow.db"), ReadOnly = true });
        wrong.AddRange((await runner.ListAsync(new InstanceFilter(InstanceStatus.Failed), 5)).Select(i => $"{i.State.Id} failed: {i.State.Error}"));
        if (await runner.QueuedAsync() > 0)
            wrong.Add("work waits for its turn");
        return wrong;
    }

    private static bool IsOpenAndUnseen(GitHubIssue issue, IReadOnlyList<Domain.Triage.Decision> decisions) => issue.IsOpen && decisions.Count == 0;

    private static string Shape(WorkItem item) => string.Create(CultureInfo.InvariantCulture,
        $"'{item.Title}' '{item.Body}' open={item.IsOpen} [{string.Join(',', item.Labels.Select(l => l.Name).Order())}] [{string.Join(',', item.Assignees.Select(a => a.Login).Order())}] {string.Join('|', item.History.Comments.Where(c => !c.Author.IsBot).Select(c => c.Body).Order())}");

    private static string Shape(GitHubIssue issue) => string.Create(CultureInfo.InvariantCulture,
        $"'{issue.Title}' '{issue.Body}' open={issue.IsOpen} [{string.Join(',', issue.Labels.Order())}] [{string.Join(',', issue.Assignees.Order())}] {string.Join('|', issue.Comments.Where(c => c.Author != Bot).Select(c => c.Body).Order())}");

    /// <summary>The issues on which a comment was created, once for each.</summary>
    private static List<string> Created(GitHubStandIn gitHub) =>
        [.. gitHub.Writes.Where(w => w.By == Bot && w.Method == "POST" && w.Status < 300 && w.Path.EndsWith("/comments", StringComparison.Ordinal)).Select(w => w.Path)];

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
