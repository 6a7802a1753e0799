using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Orchestrations;

/// <summary>What the triage of one item decides and does by itself.</summary>
public class TriageItemTests
{
    [Fact]
    public async Task Every_step_of_a_stage_runs_and_the_later_stage_sees_the_earlier_findings()
    {
        var late = new FakeStep("late", StepReads.Content | StepReads.Findings, stage: 2)
        {
            Shape = (finding, item, context) => finding with
            {
                Reason = string.Join(", ", context.Earlier[item.Ref].Select(f => f.Reason)),
            },
        };

        await using var driver = await TriageItemDriver.TriageAsync(
            DecisionPolicy.Default, late, new FakeStep("one") { Look = _ => "first" }, new FakeStep("two") { Look = _ => "second" });

        (await driver.ResultAsync()).FailedSteps.ShouldBeEmpty();
        (await driver.FindingsAsync()).ToDictionary(f => f.Finding.Step, f => f.Finding.Reason).ShouldBe(
            new Dictionary<string, string> { ["late"] = "first, second", ["one"] = "first", ["two"] = "second" }, ignoreOrder: true);
    }

    [Fact]
    public async Task Steps_of_a_stage_run_side_by_side()
    {
        using var both = new Barrier(2);
        var met = 0;
        string Meet(WorkItem item)
        {
            if (both.SignalAndWait(TimeSpan.FromSeconds(60)))
                Interlocked.Increment(ref met);
            return "met";
        }

        await using var driver = await TriageItemDriver.TriageAsync(
            DecisionPolicy.Default, new FakeStep("one") { Look = Meet }, new FakeStep("two") { Look = Meet });

        met.ShouldBe(2);
    }

    [Fact]
    public async Task Decision_and_findings_are_stored_before_anything_is_applied()
    {
        await using var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, new FakeStep("type").Proposing(TriageItemDriver.Bug));
        var stored = (Findings: 0, Decision: "", State: (OutcomeState?)null, Changes: (IReadOnlyList<ChangeOutcome>)[]);
        driver.Tracker.Before = async _ =>
        {
            var outcome = await driver.OutcomeAsync();
            stored = ((await driver.FindingsAsync()).Count, (await driver.DecisionAsync()).Id, outcome.State, outcome.Changes);
        };

        await driver.TriageAsync();

        stored.Findings.ShouldBe(1);
        stored.Decision.ShouldBe((await driver.ResultAsync()).Decision);
        stored.State.ShouldBe(OutcomeState.Applying);
        stored.Changes.ShouldHaveSingleItem().State.ShouldBe(ChangeState.Intended);
    }

    [Fact]
    public async Task Shadow_mode_asks_nobody_and_writes_nothing()
    {
        await using var driver = await TriageItemDriver.TriageAsync(
            DecisionPolicy.Default,
            new FakeStep("type").Proposing(TriageItemDriver.Bug),
            new FakeStep("grooming").Proposing(new Close(CloseReason.NotPlanned)));

        (await driver.ResultAsync()).Outcome.ShouldBeNull();
        (await driver.DecisionAsync()).Changes.Select(c => c.WouldBe).ShouldBe([Verdict.Ask, Verdict.Apply], ignoreOrder: true);
        driver.Tracker.Calls.ShouldBeEmpty();
        (await driver.Store.OutcomeAsync(TriageItemDriver.Backlog, An.Ref(1), (await driver.DecisionAsync()).Id, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_sure_change_is_applied_once()
    {
        var step = new FakeStep("type").Proposing(TriageItemDriver.Bug);
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, step);

        (await driver.ResultAsync()).Outcome.ShouldBe(OutcomeState.Applied);
        (await driver.OutcomeAsync()).Changes.ShouldHaveSingleItem().State.ShouldBe(ChangeState.Applied);
        await driver.TriageAsync();

        (await driver.ResultAsync()).Outcome.ShouldBeNull();
        step.TakeExamined().ShouldBe(["1"], "The second triage found everything fresh.");
        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug]);
    }

    [Fact]
    public async Task Sure_changes_travel_to_the_tracker_in_one_call()
    {
        var area = new SetField(WorkItemField.Area, "mail");

        await using var driver = await TriageItemDriver.TriageAsync(
            TriageItemDriver.Auto, new FakeStep("type").Proposing(TriageItemDriver.Bug), new FakeStep("area").Proposing(area));

        driver.Tracker.Calls.ShouldHaveSingleItem().Select(e => e.Change).ShouldBe([TriageItemDriver.Bug, area], ignoreOrder: true);
        driver.Tracker.Calls[0].ShouldAllBe(e => !e.MayBeDone);
    }

    [Theory]
    [InlineData("closed")]
    [InlineData("unknown")]
    [InlineData("pull request")]
    public async Task An_item_that_is_not_open_ends_without_a_decision(string what)
    {
        var step = new FakeStep("type").Proposing(TriageItemDriver.Bug);
        await using var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, step);
        if (what == "unknown")
            driver.Store.Remove(TriageItemDriver.Backlog, An.Ref(1));
        else
            await driver.SaveAsync(what == "closed" ? An.Item(1) with { State = WorkItemState.Closed } : An.Item(1) with { Kind = WorkItemKind.PullRequest });

        await ItemTriage.StartAsync(driver.Client, TriageItemDriver.Backlog, An.Ref(1), "content", CancellationToken.None);
        await driver.Runtime.SettleAsync();

        (await driver.ResultAsync()).Decision.ShouldBeNull();
        step.TakeExamined().ShouldBeEmpty();
        (await driver.DecisionsAsync()).ShouldBeEmpty();
        driver.Tracker.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_triage_is_started_once_and_told_of_news_while_it_is_under_way()
    {
        await using var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, new FakeStep("type").Proposing(TriageItemDriver.Bug, 0.7));

        (await driver.TriageAsync()).ShouldBe(TriageStart.Started);
        (await driver.TriageAsync()).ShouldBe(TriageStart.Told);
        await driver.AnswerAsync(approved: false);

        (await driver.TriageAsync()).ShouldBe(TriageStart.Started);
    }

    [Fact]
    public async Task A_tracker_that_can_only_be_read_is_left_alone_and_the_outcome_says_why()
    {
        await using var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, new FakeStep("type").Proposing(TriageItemDriver.Bug));
        driver.Tracker.CanWrite = false;

        await driver.TriageAsync();

        (await driver.ResultAsync()).Outcome.ShouldBe(OutcomeState.Applied);
        var change = (await driver.OutcomeAsync()).Changes.ShouldHaveSingleItem();
        (change.State, change.Why).ShouldBe((ChangeState.NotApplied, "'github' can only be read"));
    }
}
