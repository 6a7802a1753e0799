using System.Text;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.EndToEnd.Tests.Live;
using ServerlessBacklog.StandIns.GitHub;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.EndToEnd.Tests.Telemetry;

/// <summary>The built program, a GitHub that is played, and a collector that reads what really goes over the wire.</summary>
public class ExportTests
{
    private const string Repository = "octo/shop";
    private const string Secret = "It's a Secret to Everybody";
    private const string Token = "ghp_standin";

    [Fact]
    public async Task One_signed_webhook_gives_one_trace_that_ends_with_the_write_and_tells_nothing_of_what_was_written()
    {
        await using var collector = await Collector.StartAsync();
        await using var gitHub = await GitHubAsync();
        await using var host = HostOf(collector, gitHub);
        await gitHub.OpenIssueAsync(Repository, "reporter", "An old canary", "It was there before.");
        (await host.RunAsync("triage", $"github:{Repository}")).ShouldEndWith(0);
        gitHub.PointHooksAt(new GitHubHookTarget(new Uri(host.Address, "/hooks/github"), Secret, AppHook: false, RepositoryHook: true));
        await host.StartAsync();

        await gitHub.OpenIssueAsync(Repository, "reporter", "It does not work, canary", "Please fix the canary.");
        await gitHub.DrainAsync();
        await collector.WaitForAsync("a write and what is above it", c => c.Spans.Any(s => s.Name == "write github") && c.Spans.Any(s => s.Name == "ApplyDecision"));

        var spans = collector.Spans;
        var write = spans.First(s => s.Name == "write github");
        var trace = spans.Where(s => s.Trace == write.Trace).DistinctBy(s => s.Id).ToList();
        PathTo(write, trace).ShouldBe(["receive delivery", "start delivery", "ApplyDecision", "write github"]);
        trace.Count(s => s.Name == "receive delivery").ShouldBe(1);
        trace.Count(s => s.Name == "PlanItem").ShouldBe(1);
        trace.Count(s => s.Name == "RunStep").ShouldBeGreaterThan(5);
        trace.Count(s => s.Name == "RecordDecision").ShouldBe(1);
        trace.ShouldContain(s => s.Name == "POST 127.0.0.1" && s.Parent == write.Id);
        await collector.WaitForAsync("metrics", c => c.Metrics.IsSupersetOf(
        [
            "backlog.deliveries", "backlog.deliveries.pending", "backlog.decisions", "backlog.effects", "backlog.activities.duration", "backlog.alarms", "backlog.sweep.age",
        ]));
        collector.Resource["service.name"].ShouldBe("ServerlessBacklog");
        collector.Resource["backlog.host"].ShouldBe("local");
        var everything = collector.Everything;
        everything.ShouldContain("github:octo/shop#");
        foreach (var secret in new[] { "canary", Secret, Token, "sha256=", "Bearer" })
            everything.ShouldNotContain(secret, Case.Insensitive);
    }

    [Fact]
    public async Task A_delivery_of_a_process_that_died_goes_on_in_its_trace_and_log_lines_name_it()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        await using var collector = await Collector.StartAsync();
        await using var gitHub = await GitHubAsync();
        await using var host = HostOf(collector, gitHub);
        var number = await gitHub.OpenIssueAsync(Repository, "reporter", "It does not work", "Please fix.");
        using (var storage = LocalStorage.Open(host.DataDirectory))
        {
            var left = new Delivery
            {
                Tracker = "github",
                Id = "left-behind",
                Event = "issues.opened",
                ReceivedAt = TimeProvider.System.GetUtcNow(),
                State = DeliveryState.Pending,
                Backlog = Repository,
                Item = new WorkItemRef("github", Repository, $"{number}"),
                Trace = $"00-{Trace}-b7ad6b7169203331-01",
            };
            await storage.Deliveries.AddAsync(left, CancellationToken.None);
            await storage.Deliveries.AddAsync(left with { Id = "broken", Body = Encoding.UTF8.GetBytes("no JSON, canary") }, CancellationToken.None);
        }

        await host.StartAsync();
        await collector.WaitForAsync("the decision on it", c => c.Spans.Any(s => s.Name == "RecordDecision"));
        await collector.WaitForAsync("the log line of the one that cannot be read", c => c.Logs.Any(l => l.Attributes.GetValueOrDefault("backlog.delivery") == "broken"));

        collector.Spans.First(s => s.Name == "start delivery").ShouldSatisfyAllConditions(
            span => span.Trace.ShouldBe(Trace),
            span => span.Parent.ShouldBe("b7ad6b7169203331"));
        collector.Spans.First(s => s.Name == "RecordDecision").Trace.ShouldBe(Trace);
        var line = collector.Logs.First(l => l.Attributes.GetValueOrDefault("backlog.delivery") == "broken");
        line.Text.ShouldContain("could not be started");
        line.Trace.ShouldBe(Trace);
        line.Attributes["backlog.item"].ShouldBe($"github:{Repository}#{number}");
        collector.Everything.ShouldNotContain("canary");
    }

    [Fact]
    public async Task A_run_of_seconds_loses_nothing()
    {
        await using var collector = await Collector.StartAsync();
        using var backlog = new Backlog();
        backlog.Write("items.csv", "Issue key,Summary,Status\nSHOP-1,Crash on save,Open\nSHOP-2,Crash on load,Open\n");
        foreach (var (name, value) in collector.Settings)
            backlog.Environment[name] = value;
        // Only the end of the program can have sent it then.
        backlog.Environment["OTEL_BSP_SCHEDULE_DELAY"] = backlog.Environment["OTEL_METRIC_EXPORT_INTERVAL"] = "600000";

        (await backlog.RunAsync("triage", "file:items.csv")).ShouldEndWith(0);

        var sweep = collector.Spans.Single(s => s.Name == "sweep");
        foreach (var name in new[] { "PlanSweep", "ExaminePage", "FinishSweep" })
            collector.Spans.Single(s => s.Name == name).ShouldSatisfyAllConditions(s => s.Trace.ShouldBe(sweep.Trace), s => s.Parent.ShouldBe(sweep.Id));
        collector.Metrics.ShouldContain("backlog.decisions");
        collector.Everything.ShouldNotContain("Crash on save");
    }

    [Fact]
    public async Task A_collector_that_nobody_runs_stops_nothing()
    {
        using var backlog = new Backlog { Environment = { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1", ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" } };
        backlog.Write("items.csv", "Issue key,Summary,Status\nSHOP-1,Crash on save,Open\n");

        var outcome = (await backlog.RunAsync("triage", "file:items.csv")).ShouldEndWith(0);

        outcome.Errors.ShouldNotContain("127.0.0.1");
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=secret-key-4711")]
    public async Task A_setting_that_is_wrong_is_named_and_not_repeated_where_it_may_be_secret(string setting, string value)
    {
        using var backlog = new Backlog { Environment = { [setting] = value } };

        var outcome = (await backlog.RunAsync("status")).ShouldEndWith(1);

        outcome.Errors.ShouldContain($"The setting {setting} is no ");
        outcome.Errors.ShouldNotContain("4711");
    }

    private static async Task<GitHubStandIn> GitHubAsync()
    {
        var gitHub = await GitHubStandIn.StartAsync(new GitHubStandInOptions { Tokens = new Dictionary<string, string> { [Token] = "triage-bot" }, Rates = null });
        await gitHub.CreateRepositoryAsync(Repository, new GitHubRepositorySetup { Roles = new Dictionary<string, string> { ["triage-bot"] = "write" } });
        return gitHub;
    }

    private static LiveProcess HostOf(Collector collector, GitHubStandIn gitHub)
    {
        var host = new LiveProcess
        {
            Environment =
            {
                ["GitHub__ApiBaseUrl"] = gitHub.Address.ToString(),
                ["GitHub__Token"] = Token,
                ["GitHub__WebhookSecrets__0"] = Secret,
                ["Triage__Autonomy"] = "suggest",
                ["Trackers__Pace__SkipLoopback"] = "true",
                ["Timers__Recover"] = "* * * * * *",
            },
        };
        foreach (var (name, value) in collector.Settings)
            host.Environment[name] = value;
        return host;
    }

    private static IEnumerable<string> PathTo(Span span, IReadOnlyList<Span> trace) =>
        trace.FirstOrDefault(s => s.Id == span.Parent) is { } parent ? [.. PathTo(parent, trace), span.Name] : [span.Name];
}
