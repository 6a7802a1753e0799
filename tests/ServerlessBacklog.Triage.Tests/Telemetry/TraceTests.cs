using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Telemetry;
using ServerlessBacklog.Triage.Tests.Orchestrations;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Tests.Telemetry;

/// <summary>One trace follows a delivery, through whatever processes and days.</summary>
public class TraceTests
{
    private static readonly AddLabel Bug = TriageItemDriver.Bug;

    [Fact]
    public async Task One_trace_follows_a_delivery_from_the_hook_to_its_effect()
    {
        using var telemetry = new TelemetryRecorder();
        await using var driver = await TelemetryDriver.CreateAsync(new FakeStep("type").Proposing(Bug), new FakeStep("other"));

        await driver.TriageAsync();

        driver.Tracker.Written.ShouldBe([Bug]);
        Tree(telemetry).ShouldBe(
        [
            "receive delivery",
            "receive delivery > start delivery",
            "receive delivery > start delivery > ApplyDecision",
            "receive delivery > start delivery > ApplyDecision > write github",
            "receive delivery > start delivery > PlanItem",
            "receive delivery > start delivery > RecordDecision",
            "receive delivery > start delivery > RunStep",
            "receive delivery > start delivery > RunStep",
        ]);
        telemetry.Spans.Select(s => s.TraceId).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Spans_say_which_delivery_item_and_change_they_are_about()
    {
        using var telemetry = new TelemetryRecorder();
        await using var driver = await TelemetryDriver.CreateAsync(new FakeStep("type").Proposing(Bug));

        await driver.TriageAsync();

        TagsOf(telemetry.Span("receive delivery")).ShouldBe(
            "backlog.delivery=d1 backlog.event=issues.edited backlog.item=github:owner/repo#1 backlog.name=owner/repo backlog.result=accepted backlog.tracker=github");
        TagsOf(telemetry.Span("RunStep")).ShouldBe("backlog.item=github:owner/repo#1 backlog.name=owner/repo backlog.step=type");
        var written = telemetry.Span("write github").Events.ShouldHaveSingleItem();
        written.Tags.ToDictionary(t => t.Key, t => t.Value).ShouldBe(
            new Dictionary<string, object?> { [SpanTags.Change] = "add_label", [SpanTags.Result] = "applied" }, ignoreOrder: true);
    }

    [Fact]
    public async Task What_people_wrote_is_on_no_span()
    {
        using var telemetry = new TelemetryRecorder();
        await using var driver = await TelemetryDriver.CreateAsync(new FakeStep("type") { Look = item => $"It says {item.Title}." }.Proposing(new AddComment("A canary sings.")));

        await driver.TriageAsync("A canary in the mine");

        driver.Tracker.Written.ShouldHaveSingleItem().ShouldBeOfType<AddComment>();
        var said = telemetry.Spans.SelectMany(s => s.TagObjects.Concat(s.Events.SelectMany(e => e.Tags)).Select(t => $"{t.Value}").Append(s.DisplayName).Append(s.StatusDescription));
        string.Join('\n', said).ShouldNotContain("canary", Case.Insensitive);
    }

    [Fact]
    public async Task A_delivery_whose_process_died_before_it_was_started_keeps_its_trace()
    {
        using var telemetry = new TelemetryRecorder();
        await using var driver = await TelemetryDriver.CreateAsync(new FakeStep("type").Proposing(Bug));
        await driver.ReceiveAsync();

        await driver.Runtime.RestartAsync();
        await driver.StartAsync();
        await driver.Runtime.SettleAsync();

        telemetry.Spans.Select(s => s.TraceId).Distinct().ShouldHaveSingleItem().ShouldBe(telemetry.Span("receive delivery").TraceId);
        Tree(telemetry).ShouldContain("receive delivery > start delivery > ApplyDecision > write github");
    }

    [Fact]
    public async Task A_runner_that_dies_in_the_middle_goes_on_in_the_same_trace()
    {
        using var telemetry = new TelemetryRecorder();
        await using var driver = await TelemetryDriver.CreateAsync(new FakeStep("type").Proposing(Bug));
        await driver.ReceiveAsync();
        await driver.StartAsync();

        driver.Runtime.CrashAfter(2);
        await driver.Runtime.SettleAsync();
        driver.Runtime.HasCrashed.ShouldBeTrue();
        await driver.Runtime.RestartAsync();
        await driver.Runtime.SettleAsync();

        driver.Tracker.Written.ShouldBe([Bug]);
        telemetry.Spans.Select(s => s.TraceId).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task What_is_approved_days_later_is_written_in_the_trace_of_its_delivery()
    {
        using var telemetry = new TelemetryRecorder();
        await using var driver = await TelemetryDriver.CreateAsync(new FakeStep("type").Proposing(Bug, confidence: 0.7));
        await driver.TriageAsync();
        driver.Tracker.Written.ShouldNotContain(Bug);

        await driver.Runtime.AdvanceAsync(TimeSpan.FromDays(3));
        await driver.Runtime.RestartAsync();
        await driver.ApproveAsync();

        driver.Tracker.Written.ShouldContain(Bug);
        WriteOfBug(telemetry).TraceId.ShouldBe(telemetry.Span("receive delivery").TraceId);
    }

    [Fact]
    public async Task An_instance_that_begins_anew_goes_on_in_the_trace_of_the_newer_delivery()
    {
        using var telemetry = new TelemetryRecorder();
        await using var driver = await TelemetryDriver.CreateAsync(new FakeStep("type").Proposing(Bug, confidence: 0.7));
        await driver.TriageAsync();
        await driver.TriageAsync("Crash on load", "d2");
        await driver.ApproveAsync();

        var traces = telemetry.Spans.Where(s => s.OperationName == "receive delivery").Select(s => s.TraceId).ToList();

        traces.Distinct().Count().ShouldBe(2);
        telemetry.Spans.Where(s => s.OperationName == "PlanItem").Select(s => s.TraceId).ShouldBe(traces);
        WriteOfBug(telemetry).TraceId.ShouldBe(traces[1]);
    }

    [Fact]
    public async Task The_trace_of_a_delivery_wins_over_the_span_of_the_runtime_which_is_linked_to()
    {
        using var telemetry = new TelemetryRecorder();
        using var runtimes = new ActivitySource("A runtime");
        using var listener = new ActivityListener { ShouldListenTo = s => s == runtimes, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(listener);
        await using var services = new ServiceCollection().AddScoped<Echo>().BuildServiceProvider();
        var entry = ActivityEntry.Of<Echo, Spoken, Spoken>(new("Echo", RetryPolicy.Default));
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        using (var around = runtimes.StartActivity("invoke"))
        {
            await entry.RunAsync(services, WorkflowJson.Write(new Spoken(Trace), "input"), CancellationToken.None);

            var span = telemetry.Span("Echo");
            span.TraceId.ToString().ShouldBe("0af7651916cd43dd8448eb211c80319c");
            span.ParentSpanId.ToString().ShouldBe("b7ad6b7169203331");
            span.Links.ShouldHaveSingleItem().Context.SpanId.ShouldBe(around.ShouldNotBeNull().SpanId);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("00-zz-01")]
    [InlineData("{}")]
    public async Task What_is_no_trace_begins_one(string trace)
    {
        using var telemetry = new TelemetryRecorder();
        await using var services = new ServiceCollection().AddScoped<Echo>().BuildServiceProvider();

        await ActivityEntry.Of<Echo, Spoken, Spoken>(new("Echo", RetryPolicy.Default)).RunAsync(services, WorkflowJson.Write(new Spoken(trace), "input"), CancellationToken.None);

        telemetry.Span("Echo").ParentSpanId.ShouldBe(default);
    }

    [Fact]
    public async Task A_failed_attempt_says_what_kind_of_fault_and_where_and_not_its_message()
    {
        using var telemetry = new TelemetryRecorder();
        await using var driver = await TelemetryDriver.CreateAsync(new FakeStep("type") { Look = item => throw new FormatException($"A canary: {item.Title}") });

        await driver.TriageAsync();

        var failed = telemetry.Spans.First(s => s.OperationName == "RunStep");
        failed.Status.ShouldBe(ActivityStatusCode.Error);
        failed.GetTagItem("error.type").ShouldBe("System.InvalidOperationException");
        var fault = failed.Events.ShouldHaveSingleItem().Tags.ToDictionary(t => t.Key, t => $"{t.Value}");
        fault["exception.stacktrace"].ShouldContain("RunStep");
        string.Join('\n', fault.Values).ShouldNotContain("canary");
    }

    [Fact]
    public async Task A_sweep_is_one_trace_from_its_timer_to_its_pages()
    {
        using var telemetry = new TelemetryRecorder();
        await using var driver = await TelemetryDriver.CreateAsync(new FakeStep("type"));
        await driver.Store.SaveItemsAsync(TelemetryDriver.Backlog, [An.Item(1), An.Item(2)], CancellationToken.None);

        await Timers.Sweep.RunAsync(driver.Upkeep, driver.Runtime.Client, CancellationToken.None);
        await driver.Runtime.SettleAsync();

        Tree(telemetry).ShouldBe(["sweep all", "sweep all > ExaminePage", "sweep all > FinishSweep", "sweep all > PlanSweep"]);
    }

    [Fact]
    public async Task What_a_reconcile_finds_is_triaged_in_its_trace()
    {
        using var telemetry = new TelemetryRecorder();
        await using var driver = await TelemetryDriver.CreateAsync(new FakeStep("type").Proposing(Bug));
        await driver.TriageAsync();
        await ReconcileAsync();
        driver.Tracker.Pages = _ => new() { Items = [An.Item(1, "Edited, and no webhook told") with { UpdatedAt = An.Instant.AddHours(1) }] };

        await ReconcileAsync();
        (await driver.StartAsync()).ShouldBeGreaterThan(0);
        await driver.Runtime.SettleAsync();

        Tree(telemetry).ShouldContain("reconcile all > PullChanges > start delivery > RecordDecision");

        async Task ReconcileAsync()
        {
            await Timers.Reconcile.RunAsync(driver.Upkeep, driver.Runtime.Client, CancellationToken.None);
            await driver.Runtime.SettleAsync();
        }
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_is_handed_on()
    {
        await using var driver = await TelemetryDriver.CreateAsync(new FakeStep("type"));

        await driver.TriageAsync();

        (await driver.Deliveries.RecentAsync(10, CancellationToken.None)).ShouldHaveSingleItem().Trace.ShouldBeNull();
        driver.Runtime.History(InstanceIds.OfItem(TelemetryDriver.Backlog, An.Ref(1))).Select(e => e.Data ?? "").ShouldAllBe(json => !json.Contains("Trace"));
    }

    private static Activity WriteOfBug(TelemetryRecorder telemetry) =>
        telemetry.Spans.Single(s => s.OperationName == "write github" && s.Events.Any(e => e.Tags.Contains(new(SpanTags.Change, "add_label"))));

    /// <summary>Each span with those above it, as far as they were heard.</summary>
    private static IEnumerable<string> Tree(TelemetryRecorder telemetry)
    {
        var byId = telemetry.Spans.ToDictionary(s => s.SpanId);
        return telemetry.Spans.Select(PathOf).Order(StringComparer.Ordinal);

        string PathOf(Activity span) => byId.TryGetValue(span.ParentSpanId, out var parent) ? $"{PathOf(parent)} > {span.OperationName}" : span.OperationName;
    }

    private static string TagsOf(Activity span) => string.Join(' ', span.TagObjects.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}={t.Value}"));

    public sealed record Spoken(string? Trace) : ITraced;

    private sealed class Echo : IActivity<Spoken, Spoken>
    {
        public Task<Spoken> RunAsync(Spoken input, CancellationToken cancellation) => Task.FromResult(input);
    }
}
