using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Telemetry;
using ServerlessBacklog.Triage.Tests.Orchestrations;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Tests.Telemetry;

/// <summary>What is counted, and under which words: dashboards and alarms go by them (docs/observability.md).</summary>
public class MetricTests
{
    [Fact]
    public async Task Deliveries_are_counted_by_what_became_of_them()
    {
        using var telemetry = new TelemetryRecorder();
        await using var driver = await TelemetryDriver.CreateAsync();
        await driver.ReceiveAsync(id: "1");
        await driver.ReceiveAsync(id: "1");
        await driver.ReceiveAsync(id: "2", secret: "wrong");
        driver.Tracker.Webhooks.Shape = told => told with { ContentKey = "same" };
        await driver.ReceiveAsync(id: "3");
        await driver.ReceiveAsync(id: "4");
        driver.Tracker.Webhooks.Shape = told => told with { Kind = EventKind.Unknown };
        await driver.ReceiveAsync(id: "5");
        driver.Tracker.Webhooks.Shape = told => told with { Kind = EventKind.Ignored };
        await driver.ReceiveAsync(id: "6");
        driver.Tracker.Webhooks.Shape = told => told with { Kind = EventKind.Ping };
        await driver.ReceiveAsync(id: "7");
        driver.Tracker.Webhooks.Shape = _ => throw new BadHookException("It cannot be read.");
        await driver.ReceiveAsync(id: "8");

        telemetry.Of("backlog.deliveries").ShouldBe(
        [
            "result=accepted tracker=github: 1",
            "result=repeated tracker=github: 1",
            "result=refused tracker=github: 1",
            "result=accepted tracker=github: 1",
            "result=same_content tracker=github: 1",
            "result=unknown tracker=github: 1",
            "result=ignored tracker=github: 1",
            "result=ping tracker=github: 1",
            "result=unreadable tracker=github: 1",
        ]);
    }

    /// <summary>Else anybody could make as many series as he likes.</summary>
    [Fact]
    public async Task A_call_to_a_tracker_that_there_is_not_is_not_counted()
    {
        using var telemetry = new TelemetryRecorder();
        await using var driver = await TelemetryDriver.CreateAsync();

        await driver.Runtime.Services.GetRequiredService<WebhookIntake>().ReceiveAsync("nobody-4711", FakeHooks.Call("x"), CancellationToken.None);

        telemetry.Of("backlog.deliveries").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_delivery_that_fails_to_the_last_is_counted_once_as_put_aside()
    {
        using var telemetry = new TelemetryRecorder();
        await using var driver = await TelemetryDriver.CreateAsync();
        await driver.ReceiveAsync();
        driver.Tracker.Webhooks.Before = _ => throw new BadHookException("It cannot be read any more.");

        for (var tries = 0; tries < DeliveryStart.MaxTries + 2; tries++)
            await driver.StartAsync();

        telemetry.Of("backlog.deliveries.put_aside").ShouldBe(["tracker=github: 1"]);
    }

    [Fact]
    public async Task Decisions_are_counted_by_what_is_done_and_what_would_be()
    {
        using var telemetry = new TelemetryRecorder();
        await using var auto = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, new FakeStep("type").Proposing(TriageItemDriver.Bug));
        await using var shadow = await TriageItemDriver.TriageAsync(DecisionPolicy.Default, new FakeStep("type").Proposing(TriageItemDriver.Bug));
        await using var nothing = await TriageItemDriver.TriageAsync(DecisionPolicy.Default, new FakeStep("type"));

        telemetry.Of("backlog.decisions").ShouldBe(["verdict=apply would_be=apply: 1", "verdict=drop would_be=apply: 1", "verdict=drop would_be=drop: 1"]);
    }

    [Fact]
    public async Task Decisions_of_a_sweep_are_counted_together()
    {
        using var telemetry = new TelemetryRecorder();
        await using var driver = await TelemetryDriver.CreateAsync(new FakeStep("type") { Look = item => item.Ref.Number });
        await driver.Store.SaveItemsAsync(TelemetryDriver.Backlog, [An.Item(1), An.Item(2), An.Item(3)], CancellationToken.None);

        await driver.Runtime.Client.StartAsync(SweepBacklog.Ref, InstanceIds.OfSweep(TelemetryDriver.Backlog), new(TelemetryDriver.Backlog), CancellationToken.None);
        await driver.Runtime.SettleAsync();

        telemetry.Of("backlog.decisions").ShouldBe(["verdict=drop would_be=drop: 3"]);
    }

    [Fact]
    public async Task Effects_are_counted_by_kind_and_by_what_became_of_them()
    {
        using var telemetry = new TelemetryRecorder();
        await using var driver = await TelemetryDriver.CreateAsync(
            new FakeStep("type").Proposing(TriageItemDriver.Bug), new FakeStep("size").Proposing(new SetField(WorkItemField.Estimate, "3")));

        await driver.TriageAsync();

        telemetry.Of("backlog.effects").ShouldBe(
            ["change=add_label result=applied tracker=github: 1", "change=set_field result=applied tracker=github: 1"], ignoreOrder: true);
    }

    [Fact]
    public async Task Each_attempt_of_an_activity_is_measured_with_its_result()
    {
        using var telemetry = new TelemetryRecorder();
        var tries = 0;
        await using var driver = await TelemetryDriver.CreateAsync(
            new FakeStep("type") { Look = _ => Interlocked.Increment(ref tries) == 1 ? throw new InvalidOperationException("Once.") : "Looked." });

        await driver.TriageAsync();
        await driver.Runtime.AdvanceAsync(TimeSpan.FromSeconds(3));

        telemetry.ValuesOf("backlog.activities.duration").ShouldAllBe(seconds => seconds > 0 && seconds < 60);
        telemetry.Of("backlog.activities.duration").Select(m => m.Split(':')[0]).ShouldBe(
        [
            "activity=PlanItem result=ok",
            "activity=RunStep result=failed",
            "activity=RunStep result=ok",
            "activity=RecordDecision result=ok",
        ]);
    }

    [Fact]
    public async Task An_orchestration_that_fails_is_counted_once_however_often_it_was_replayed()
    {
        using var telemetry = new TelemetryRecorder();
        await using var driver = await TelemetryDriver.CreateAsync(new FakeStep("type"));
        driver.Runtime.Attempts.Before = attempt => attempt.Activity == "RecordDecision" ? throw new IOException("The store is gone.") : Task.CompletedTask;
        await driver.TriageAsync();

        for (var restarts = 0; restarts < 6; restarts++)
        {
            await driver.Runtime.RestartAsync();
            await driver.Runtime.AdvanceAsync(TimeSpan.FromMinutes(5));
        }

        (await driver.Runtime.Client.FindAsync(InstanceIds.OfItem(TelemetryDriver.Backlog, An.Ref(1)), CancellationToken.None))!.Status.ShouldBe(InstanceStatus.Failed);
        telemetry.Of("backlog.orchestrations.failed").ShouldBe(["orchestration=TriageItem: 1"]);
    }

    [Fact]
    public async Task The_minute_timer_measures_what_waits_what_is_wrong_and_how_long_ago_the_last_sweep_was()
    {
        using var telemetry = new TelemetryRecorder();
        await using var driver = await TelemetryDriver.CreateAsync(new FakeStep("type"));
        await driver.ReceiveAsync();
        await driver.Alarms.RaiseAsync(new Alarm("a", "Something is wrong.", An.Instant), CancellationToken.None);
        await driver.Store.SetCursorAsync("owner/repo", FinishSweep.SweptCursor, An.Instant.AddHours(-30).ToString("O"), CancellationToken.None);

        await new BacklogGauges(driver.Store, driver.Deliveries, driver.Alarms, new FakeTimeProvider(An.Instant))
            .MeasureAsync(new[] { "owner/repo", "never/swept" }.ToAsyncEnumerable(), CancellationToken.None);

        telemetry.Of("backlog.deliveries.pending").ShouldBe([": 1"]);
        telemetry.Of("backlog.alarms").ShouldBe([": 1"]);
        telemetry.Of("backlog.sweep.age").ShouldBe(["backlog=owner/repo: 108000"]);
    }

    [Fact]
    public async Task The_minute_timer_measures_after_it_has_started_what_waits()
    {
        using var telemetry = new TelemetryRecorder();
        await using var driver = await TelemetryDriver.CreateAsync(new FakeStep("type"));
        await driver.ReceiveAsync();

        await Timers.Recover.RunAsync(driver.Upkeep, driver.Runtime.Client, CancellationToken.None);

        telemetry.Of("backlog.deliveries.pending").ShouldBe([": 0"]);
        telemetry.Spans.Select(s => s.OperationName).ShouldContain("start delivery");
    }
}
