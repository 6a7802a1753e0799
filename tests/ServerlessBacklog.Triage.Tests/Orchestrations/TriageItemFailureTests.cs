using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Tests.Orchestrations;

/// <summary>Steps and trackers that fail, and a process that dies at any moment.</summary>
public class TriageItemFailureTests
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);
    private static readonly WorkItem Edited = An.Item(1, "Something else to do");

    [Fact]
    public async Task A_failing_step_is_tried_three_times_with_growing_delays_then_left_out_and_named()
    {
        var bad = new FakeStep("bad") { Look = _ => throw new InvalidDataException("poison") };
        await using var driver = await TriageItemDriver.TriageAsync(
            TriageItemDriver.Auto, bad.Proposing(new SetField(WorkItemField.Area, "mail")), new FakeStep("good").Proposing(TriageItemDriver.Bug));

        await driver.Runtime.EndAsync(TriageItemDriver.Id, Within);

        var result = await driver.ResultAsync();
        (result.Outcome, result.FailedSteps.ShouldHaveSingleItem()).ShouldBe((OutcomeState.Applied, "bad"));
        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug]);
        var tries = driver.Runtime.Attempts.Of("RunStep").Where(a => a.InputAs<StepRequest>().Step == "bad").Select(a => (a.At - An.Instant).TotalSeconds);
        tries.ShouldBe([0, 2, 6]);
    }

    [Fact]
    public async Task An_item_of_which_a_step_failed_stays_due_for_a_sweep()
    {
        var poisoned = false;
        var (bad, good) = (new FakeStep("bad"), new FakeStep("good"));
        bad.Look = _ => poisoned ? throw new InvalidDataException("poison") : "fine";
        await using var driver = await SweptAsync(bad, good);
        poisoned = true;
        await driver.TriageAsync(Edited);
        await driver.Runtime.EndAsync(TriageItemDriver.Id, Within);
        poisoned = false;
        bad.TakeExamined();
        good.TakeExamined();

        var report = await SweepAsync(driver);

        (report.Plan.Due, report.Counts.Findings).ShouldBe((1, 1));
        bad.TakeExamined().ShouldBe(["1"]);
        good.TakeExamined().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_item_whose_steps_all_spoke_is_not_due_for_a_sweep()
    {
        await using var driver = await SweptAsync(new FakeStep("bad"), new FakeStep("good"));
        await driver.TriageAsync(Edited);

        (await SweepAsync(driver)).Plan.Due.ShouldBe(0);
    }

    [Fact]
    public async Task A_step_that_succeeds_on_its_second_attempt_counts()
    {
        var step = new FakeStep("type").Proposing(TriageItemDriver.Bug);
        var calls = 0;
        step.Look = _ => ++calls == 1 ? throw new InvalidDataException("hiccup") : "fine";
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, step);

        await driver.Runtime.EndAsync(TriageItemDriver.Id, Within);

        (await driver.ResultAsync()).FailedSteps.ShouldBeEmpty();
        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug]);
        calls.ShouldBe(2);
    }

    [Fact]
    public async Task An_update_that_fails_before_it_is_written_is_made_by_the_next_attempt()
    {
        await using var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, new FakeStep("type").Proposing(TriageItemDriver.Bug));
        driver.Tracker.Before = call => call == 1 ? throw new IOException("no line") : Task.CompletedTask;

        await driver.TriageAsync();
        await driver.Runtime.EndAsync(TriageItemDriver.Id, Within);

        (await driver.ResultAsync()).Outcome.ShouldBe(OutcomeState.Applied);
        driver.Tracker.Calls.Select(c => c.Single().MayBeDone).ShouldBe([false, true]);
        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug]);
    }

    [Fact]
    public async Task An_update_that_was_written_before_the_attempt_failed_is_not_written_twice()
    {
        await using var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, new FakeStep("type").Proposing(TriageItemDriver.Bug));
        driver.Tracker.After = call => call == 1 ? throw new IOException("the answer was lost") : Task.CompletedTask;

        await driver.TriageAsync();
        await driver.Runtime.EndAsync(TriageItemDriver.Id, Within);

        driver.Tracker.Calls.Select(c => c.Single().MayBeDone).ShouldBe([false, true]);
        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug]);
        (await driver.OutcomeAsync()).Changes.ShouldHaveSingleItem().State.ShouldBe(ChangeState.Applied);
    }

    [Fact]
    public async Task A_written_update_whose_answer_was_lost_is_known_for_ours_when_it_comes_back_as_a_change()
    {
        // The tracker's own delivery of our change is stored before the second attempt.
        await using var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, new FakeStep("type").Proposing(TriageItemDriver.Bug));
        driver.Tracker.After = async call =>
        {
            if (call > 1)
                return;
            await driver.SaveAsync(An.Item(1) with { Labels = [TriageItemDriver.Bug.Label] });
            throw new IOException("the answer was lost");
        };

        await driver.TriageAsync();
        await driver.Runtime.EndAsync(TriageItemDriver.Id, Within);

        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug]);
        var change = (await driver.OutcomeAsync()).Changes.ShouldHaveSingleItem();
        (change.State, change.Why).ShouldBe((ChangeState.Applied, null));
        (await driver.DecisionsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_update_that_fails_to_the_last_is_made_by_the_next_triage()
    {
        await using var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, new FakeStep("type").Proposing(TriageItemDriver.Bug));
        driver.Tracker.Before = call => call <= ApplyDecision.Ref.Retry.MaxAttempts ? throw new IOException("no line") : Task.CompletedTask;
        await driver.TriageAsync();
        await AwayAsync(driver);
        (await driver.StateAsync()).Status.ShouldBe(InstanceStatus.Failed);

        await driver.TriageAsync();

        (await driver.ResultAsync()).Outcome.ShouldBe(OutcomeState.Applied);
        driver.Tracker.Calls[^1].ShouldHaveSingleItem().MayBeDone.ShouldBeTrue();
        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug]);
    }

    [Fact]
    public async Task An_approval_is_not_lost_when_the_tracker_is_away_and_the_instance_is_tried_again()
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, new FakeStep("type").Proposing(TriageItemDriver.Bug, 0.7));
        driver.Tracker.Before = call => call <= ApplyDecision.Ref.Retry.MaxAttempts ? throw new IOException("no line") : Task.CompletedTask;
        await driver.AnswerAsync(approved: true);
        await AwayAsync(driver);
        (await driver.StateAsync()).Status.ShouldBe(InstanceStatus.Failed);

        (await driver.Runtime.Runner.RetryAsync(TriageItemDriver.Id)).ShouldBeTrue();
        await driver.Runtime.SettleAsync();

        (await driver.ResultAsync()).Outcome.ShouldBe(OutcomeState.Applied);
        (await driver.OutcomeAsync()).By.ShouldBe("ada");
        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug]);
    }

    [Fact]
    public async Task A_crash_after_every_commit_of_an_approval_gives_the_same_end_with_one_write()
    {
        var commits = 0;
        for (var crashed = true; crashed; )
            crashed = await WalkAsync(++commits);

        commits.ShouldBeGreaterThan(12, "The runner hardly ever crashed.");
    }

    /// <summary>Lets time pass until an update has been tried for the last time.</summary>
    private static async Task AwayAsync(TriageItemDriver driver)
    {
        for (var attempt = 0; attempt < ApplyDecision.Ref.Retry.MaxAttempts; attempt++)
            await driver.Runtime.AdvanceAsync(ApplyDecision.Ref.Retry.MaxDelay);
    }

    /// <summary>The whole walk of a mixed decision that is approved.</summary>
    /// <returns>Whether the runner died on the way.</returns>
    private static async Task<bool> WalkAsync(int crashAfter)
    {
        var crashed = false;
        await using var driver = await TriageItemDriver.CreateAsync(
            TriageItemDriver.Auto,
            new FakeStep("type").Proposing(TriageItemDriver.Bug),
            new FakeStep("late", stage: 2).Proposing(new Close(CloseReason.NotPlanned)));
        driver.Runtime.CrashAfter(crashAfter);

        await driver.TellAsync();
        await SettleAsync();
        await driver.AnswerAsync(approved: true, (await driver.AskAsync()).Decision);
        await SettleAsync();

        var state = await driver.Runtime.EndAsync(TriageItemDriver.Id, Within);
        state.Status.ShouldBe(InstanceStatus.Completed, $"after commit {crashAfter}: {state.Error}");
        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug, new Close(CloseReason.NotPlanned)], $"after commit {crashAfter}");
        var outcome = await driver.OutcomeAsync();
        (outcome.State, outcome.By).ShouldBe((OutcomeState.Applied, "ada"), $"after commit {crashAfter}");
        outcome.Changes.Select(c => c.State).ShouldBe([ChangeState.Applied, ChangeState.Applied], $"after commit {crashAfter}");
        (await driver.DecisionsAsync()).Count.ShouldBe(1, $"after commit {crashAfter}");
        return crashed;

        async Task SettleAsync()
        {
            await driver.Runtime.SettleAsync();
            if (!driver.Runtime.HasCrashed)
                return;
            crashed = true;
            await driver.Runtime.RestartAsync();
            await driver.Runtime.SettleAsync();
        }
    }

    /// <summary>Item 1 among others of other words, all of them swept.</summary>
    private static async Task<TriageItemDriver> SweptAsync(params FakeStep[] steps)
    {
        var driver = await TriageItemDriver.CreateAsync(DecisionPolicy.Default, steps);
        await driver.SaveAsync([.. new[] { "alpha", "beta", "gamma", "delta" }.Select((title, i) => An.Item(i + 2, title))]);
        (await SweepAsync(driver)).Plan.Due.ShouldBe(5);
        return driver;
    }

    private static async Task<SweepReport> SweepAsync(TriageItemDriver driver)
    {
        var id = InstanceIds.OfSweep(TriageItemDriver.Backlog);
        await driver.Client.StartAsync(SweepBacklog.Ref, id, new SweepInput(TriageItemDriver.Backlog), CancellationToken.None);
        return (await driver.Runtime.EndAsync(id)).OutputAs<SweepReport>();
    }
}
