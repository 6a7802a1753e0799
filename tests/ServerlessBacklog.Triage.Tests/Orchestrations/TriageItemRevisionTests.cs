using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;

namespace ServerlessBacklog.Triage.Tests.Orchestrations;

/// <summary>One live instance per item: what becomes of it when the item changes under its hands.</summary>
public class TriageItemRevisionTests
{
    private static readonly WorkItem Edited = An.Item(1, "Something else to do");

    [Fact]
    public async Task A_newer_revision_withdraws_the_ask_and_asks_anew_under_another_decision()
    {
        var step = Unsure();
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, step);
        var withdrawn = (await driver.AskAsync()).Decision;

        (await driver.TriageAsync(Edited)).ShouldBe(TriageStart.Told);

        var asked = (await driver.AskAsync()).Decision;
        asked.ShouldNotBe(withdrawn);
        (await driver.OutcomeAsync(withdrawn)).State.ShouldBe(OutcomeState.Superseded);
        (await driver.OutcomeAsync(asked)).State.ShouldBe(OutcomeState.Asked);
        step.TakeExamined().ShouldBe(["1", "1"]);
    }

    [Fact]
    public async Task A_late_approval_of_a_withdrawn_ask_changes_nothing()
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, Unsure());
        var withdrawn = (await driver.AskAsync()).Decision;
        await driver.TriageAsync(Edited);

        await driver.AnswerAsync(approved: true, withdrawn);

        (await driver.AskAsync()).Decision.ShouldNotBe(withdrawn);
        driver.Tracker.Calls.ShouldBeEmpty();
        await driver.AnswerAsync(approved: true);
        (await driver.ResultAsync()).Outcome.ShouldBe(OutcomeState.Applied);
        (await driver.OutcomeAsync(withdrawn)).State.ShouldBe(OutcomeState.Superseded);
        driver.Tracker.Calls.ShouldHaveSingleItem().ShouldHaveSingleItem().Key.ShouldNotStartWith(withdrawn.ShouldNotBeNull());
    }

    [Fact]
    public async Task The_same_revision_told_twice_is_no_news()
    {
        var step = Unsure();
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, step);
        var asked = await driver.AskAsync();

        (await driver.TriageAsync()).ShouldBe(TriageStart.Told);
        (await driver.TriageAsync()).ShouldBe(TriageStart.Told);

        (await driver.AskAsync()).ShouldBe(asked);
        step.TakeExamined().ShouldBe(["1"]);
        (await driver.TriageAsync(Edited)).ShouldBe(TriageStart.Told);
        (await driver.AskAsync()).Decision.ShouldNotBe(asked.Decision);
    }

    [Fact]
    public async Task Of_two_edits_at_once_the_last_is_asked_about()
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, Unsure());
        var first = (await driver.AskAsync()).Decision;

        await driver.TellAsync(An.Item(1, "First edit"));
        await driver.TellAsync(Edited);
        await driver.Runtime.SettleAsync();

        var asked = (await driver.AskAsync()).Decision;
        (await driver.DecisionsAsync()).Single(d => d.Id == asked).ItemHash.ShouldBe(ContentHash.Of(Edited));
        (await driver.OutcomeAsync(first)).State.ShouldBe(OutcomeState.Superseded);
        await driver.AnswerAsync(approved: true, asked);
        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug]);
    }

    [Fact]
    public async Task An_edit_that_is_taken_back_while_it_waits_asks_the_first_question_again()
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, Unsure());
        var first = (await driver.AskAsync()).Decision;

        await driver.TriageAsync(Edited);
        await driver.TriageAsync(An.Item(1));

        (await driver.AskAsync()).Decision.ShouldBe(first);
        await driver.AnswerAsync(approved: true);
        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug]);
        (await driver.OutcomeAsync(first)).State.ShouldBe(OutcomeState.Applied);
    }

    [Fact]
    public async Task A_revision_that_comes_while_steps_run_leads_to_a_second_generation()
    {
        var titles = new List<string>();
        var early = new FakeStep("early");
        var late = new FakeStep("late", stage: 2) { Look = item => { titles.Add(item.Title); return "seen"; } }.Proposing(TriageItemDriver.Bug);
        await using var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, early, late);
        driver.Runtime.Attempts.Before = TellingOnce(driver, "early");

        await driver.TriageAsync();

        (await driver.ResultAsync()).Outcome.ShouldBe(OutcomeState.Applied);
        titles.ShouldBe([Edited.Title], "What was planned on the old content is left.");
        early.TakeExamined().ShouldBe(["1"]);
        (await driver.DecisionsAsync()).ShouldHaveSingleItem().ItemHash.ShouldBe(ContentHash.Of(Edited));
        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug]);
        driver.Runtime.Attempts.Of("PlanItem").Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_revision_that_no_step_saw_is_examined_in_a_second_generation()
    {
        var step = new FakeStep("type").Proposing(TriageItemDriver.Bug);
        await using var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, step);
        step.Look = item =>
        {
            // The step has read the old content by now.
            if (item.Title != Edited.Title)
                driver.TellAsync(Edited).GetAwaiter().GetResult();
            return "seen";
        };

        await driver.TriageAsync();

        (await driver.ResultAsync()).Outcome.ShouldBe(OutcomeState.Applied);
        (await driver.DecisionAsync()).ItemHash.ShouldBe(ContentHash.Of(Edited));
        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug]);
        var stale = (await driver.DecisionsAsync()).Single(d => d.ItemHash != ContentHash.Of(Edited));
        (await driver.OutcomeAsync(stale.Id)).Changes.ShouldHaveSingleItem().Why.ShouldBe("the item was changed after the decision");
    }

    [Fact]
    public async Task An_item_that_is_closed_while_it_waits_withdraws_the_ask_for_good()
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, Unsure());
        var withdrawn = (await driver.AskAsync()).Decision;

        await driver.TriageAsync(An.Item(1) with { State = WorkItemState.Closed });

        (await driver.ResultAsync()).Decision.ShouldBeNull();
        (await driver.OutcomeAsync(withdrawn)).State.ShouldBe(OutcomeState.Superseded);
        driver.Tracker.Calls.ShouldBeEmpty();
    }

    private static FakeStep Unsure() => new FakeStep("type").Proposing(TriageItemDriver.Bug, 0.7);

    /// <summary>Stores the edit and tells of it when the step is about to run for the first time.</summary>
    private static Func<Attempt, Task> TellingOnce(TriageItemDriver driver, string step)
    {
        var told = false;
        return async attempt =>
        {
            if (told || attempt.Activity != "RunStep" || attempt.InputAs<StepRequest>().Step != step)
                return;
            told = true;
            (await driver.TellAsync(Edited)).ShouldBe(TriageStart.Told);
        };
    }
}
