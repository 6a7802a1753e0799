using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Tests.Orchestrations;

/// <summary>Right before anything is written it is looked again at everything that may forbid it.</summary>
public class TriageItemLoweringTests
{
    private static readonly AddLabel Bug = TriageItemDriver.Bug;

    [Fact]
    public async Task While_writing_is_stopped_nothing_is_written_and_the_outcome_says_why()
    {
        await using var driver = await CreateAsync();
        await driver.Writes.StopAsync(new WriteStop("it labels too much", An.Instant), CancellationToken.None);

        await driver.TriageAsync();

        driver.Tracker.Calls.ShouldBeEmpty();
        (await ChangeAsync(driver)).Why.ShouldBe("writing is switched off: it labels too much");
    }

    [Fact]
    public async Task The_kill_switch_holds_an_orchestration_in_its_middle()
    {
        await using var driver = await CreateAsync();
        driver.Runtime.Attempts.Before = attempt => attempt.Activity == "ApplyDecision"
            ? driver.Writes.StopAsync(new WriteStop("stop", An.Instant), CancellationToken.None)
            : Task.CompletedTask;

        await driver.TriageAsync();

        driver.Tracker.Written.ShouldBeEmpty();
        (await ChangeAsync(driver)).State.ShouldBe(ChangeState.NotApplied);
    }

    [Fact]
    public async Task A_switch_that_is_thrown_while_the_tracker_writes_leaves_the_rest_undone()
    {
        await using var driver = await CreateAsync();
        driver.Tracker.Before = _ => throw new WritesStoppedException();

        await driver.TriageAsync();

        (await driver.ResultAsync()).Outcome.ShouldBe(OutcomeState.Applied);
        (await ChangeAsync(driver)).Why.ShouldNotBeNull().ShouldContain("switched off");
    }

    [Fact]
    public async Task What_a_person_took_away_is_not_put_back()
    {
        await using var driver = await CreateAsync();
        driver.Runtime.Attempts.Before = attempt => attempt.Activity == "ApplyDecision" ? TakeAwayAsync(driver) : Task.CompletedTask;

        await driver.TriageAsync();

        driver.Tracker.Calls.ShouldBeEmpty();
        (await ChangeAsync(driver)).Why.ShouldBe("grace took this away on 2026-06-01");
    }

    [Fact]
    public async Task What_a_person_took_away_before_is_not_even_decided()
    {
        await using var driver = await CreateAsync();
        await TakeAwayAsync(driver);

        await driver.TriageAsync();

        driver.Tracker.Calls.ShouldBeEmpty();
        var decision = await driver.DecisionAsync();
        (decision.Verdict, decision.Changes.ShouldHaveSingleItem().Why).ShouldBe((Verdict.Drop, "grace took this away on 2026-06-01"));
    }

    [Fact]
    public async Task A_person_who_approves_asks_for_it_again()
    {
        await using var driver = await CreateAsync(confidence: 0.7);
        await driver.TriageAsync();
        await TakeAwayAsync(driver);

        await driver.AnswerAsync(approved: true);

        driver.Tracker.Written.ShouldBe([Bug]);
    }

    [Fact]
    public async Task An_item_that_only_its_tracker_knows_to_be_changed_is_examined_anew()
    {
        await using var driver = await CreateAsync();
        var looks = 0;
        driver.Tracker.Looks = _ => ItemLook.Of(++looks < 2 ? Stored : Stored with { Title = "Edited unheard", UpdatedAt = An.Instant.AddMinutes(1) });

        await driver.TriageAsync();

        (await driver.DecisionsAsync()).Count.ShouldBe(2);
        driver.Tracker.Written.ShouldBe([Bug]);
        (await driver.ResultAsync()).Outcome.ShouldBe(OutcomeState.Applied);
        (await driver.OutcomeAsync((await driver.DecisionsAsync())[1].Id)).State.ShouldBe(OutcomeState.Superseded);
    }

    [Fact]
    public async Task An_item_that_is_another_one_at_each_look_ends_in_a_fault_and_not_in_a_circle()
    {
        await using var driver = await CreateAsync();
        var looks = 0;
        driver.Tracker.Looks = _ => ItemLook.Of(Stored with { Title = $"Title {++looks}", UpdatedAt = An.Instant.AddSeconds(looks) });

        await driver.TriageAsync();

        (await driver.StateAsync()).Error.ShouldNotBeNull().ShouldContain("another one each time");
        driver.Tracker.Written.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reaction_or_a_bots_touch_does_not_undo_a_decision()
    {
        await using var driver = await CreateAsync();
        var looks = 0;
        driver.Tracker.Looks = _ => ItemLook.Of(Stored with
        {
            UpdatedAt = An.Instant.AddMinutes(++looks),
            History = new WorkItemHistory { Reactions = new Reactions(ThumbsUp: looks) },
        });

        await driver.TriageAsync();

        driver.Tracker.Written.ShouldBe([Bug]);
        (await driver.DecisionsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_item_that_is_gone_is_left_alone()
    {
        await using var driver = await CreateAsync();
        var looks = 0;
        driver.Tracker.Looks = _ => ++looks < 2 ? ItemLook.Of(Stored) : new ItemLook(LookState.Gone);

        await driver.TriageAsync();

        driver.Tracker.Calls.ShouldBeEmpty();
        (await ChangeAsync(driver)).Why.ShouldBe("the item is gone");
    }

    [Fact]
    public async Task What_takes_a_change_back_is_written_down_before_it_is_made()
    {
        await using var driver = await CreateAsync();
        DecisionOutcome? during = null;
        driver.Tracker.Before = async _ => during = await driver.OutcomeAsync();

        await driver.TriageAsync();

        during.ShouldNotBeNull().Changes.ShouldHaveSingleItem().Inverse.ShouldBe(new RemoveLabel(Bug.Label));
        (await ChangeAsync(driver)).Inverse.ShouldBe(new RemoveLabel(Bug.Label));
    }

    [Fact]
    public async Task Our_own_half_made_change_is_no_change_of_others()
    {
        await using var driver = await CreateAsync();
        // The first attempt labels and dies before it can say so; the item then shows the label.
        driver.Tracker.Looks = _ => ItemLook.Of(driver.Tracker.Written.Count == 0 ? Stored : Stored with { Labels = [Bug.Label], UpdatedAt = An.Instant.AddMinutes(1) });
        driver.Tracker.After = call => call == 1 ? throw new IOException("The host dies here.") : Task.CompletedTask;

        await driver.TellAsync();
        await driver.Runtime.EndAsync(TriageItemDriver.Id, TimeSpan.FromMinutes(1));

        driver.Tracker.Written.ShouldBe([Bug]);
        var change = await ChangeAsync(driver);
        (change.State, change.Inverse).ShouldBe((ChangeState.Applied, new RemoveLabel(Bug.Label)));
        (await driver.DecisionsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Too_many_writes_on_one_item_within_minutes_stop_and_raise_an_alarm()
    {
        await using var driver = await CreateAsync();
        await driver.Store.SaveOutcomeAsync(TriageItemDriver.Backlog, new DecisionOutcome
        {
            Decision = "earlier",
            Item = An.Ref(1),
            State = OutcomeState.Applied,
            At = An.Instant.AddMinutes(-1),
            Changes = [.. Enumerable.Range(0, 5).Select(i => new ChangeOutcome($"{i}", Bug, ChangeState.Applied))],
        }, CancellationToken.None);

        await driver.TriageAsync();

        driver.Tracker.Calls.ShouldBeEmpty();
        (await driver.Alarms.ListAsync(CancellationToken.None)).ShouldHaveSingleItem().Key.ShouldStartWith("loop:");
    }

    private static WorkItem Stored => An.Item(1) with { UpdatedAt = An.Instant.AddMinutes(-5) };

    private static async Task<TriageItemDriver> CreateAsync(double confidence = 1)
    {
        var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, new FakeStep("type").Proposing(Bug, confidence));
        await driver.SaveAsync(Stored);
        return driver;
    }

    private static Task TakeAwayAsync(TriageItemDriver driver) =>
        driver.Store.SaveOverridesAsync(TriageItemDriver.Backlog, An.Ref(1), [new HumanOverride(Bug.Slot, null, "grace", An.Instant)], CancellationToken.None);

    private static async Task<ChangeOutcome> ChangeAsync(TriageItemDriver driver) => (await driver.OutcomeAsync()).Changes.ShouldHaveSingleItem();
}
