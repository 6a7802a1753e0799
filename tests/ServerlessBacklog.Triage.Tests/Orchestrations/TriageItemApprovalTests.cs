using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Tests.Orchestrations;

/// <summary>A person is asked; silence means that nothing is done.</summary>
public class TriageItemApprovalTests
{
    private static readonly Close Closing = new(CloseReason.NotPlanned);

    [Fact]
    public async Task An_ask_waits_and_its_approval_applies_exactly_the_asked_changes_once()
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, Unsure());

        var ask = await driver.AskAsync();
        (ask.Decision, ask.Until).ShouldBe(((await driver.DecisionAsync()).Id, An.Instant.AddDays(7)));
        (await driver.OutcomeAsync()).State.ShouldBe(OutcomeState.Asked);
        driver.Tracker.Calls.ShouldBeEmpty();

        (await driver.AnswerAsync(approved: true, note: "Yes, please.")).ShouldBe(RaiseAnswer.Delivered);

        (await driver.ResultAsync()).Outcome.ShouldBe(OutcomeState.Applied);
        var outcome = await driver.OutcomeAsync();
        (outcome.State, outcome.By, outcome.Note).ShouldBe((OutcomeState.Applied, "ada", "Yes, please."));
        outcome.Changes.ShouldHaveSingleItem().State.ShouldBe(ChangeState.Applied);
        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug]);
    }

    [Fact]
    public async Task A_mixed_decision_applies_the_sure_part_at_once_and_the_asked_part_after_approval()
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, new FakeStep("type").Proposing(TriageItemDriver.Bug), ProposesToClose());

        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug]);
        (await driver.OutcomeAsync()).State.ShouldBe(OutcomeState.Asked);
        await driver.AnswerAsync(approved: true);

        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug, Closing]);
        driver.Tracker.Calls[1].ShouldHaveSingleItem().Change.ShouldBe(Closing);
        (await driver.OutcomeAsync()).Changes.Select(c => (c.Change, c.State)).ShouldBe(
            [(TriageItemDriver.Bug, ChangeState.Applied), (Closing, ChangeState.Applied)]);
    }

    [Fact]
    public async Task The_sure_part_of_a_mixed_decision_stands_when_the_rest_is_refused()
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, new FakeStep("type").Proposing(TriageItemDriver.Bug), ProposesToClose());

        var asked = (await driver.DecisionAsync()).Id;
        await driver.AnswerAsync(approved: false);
        await driver.TriageAsync();

        (await driver.ResultAsync()).Decision.ShouldNotBeNull();
        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug]);
        var outcome = await driver.OutcomeAsync(asked);
        (outcome.State, outcome.By).ShouldBe((OutcomeState.Rejected, "ada"));
        outcome.Changes.ShouldHaveSingleItem().State.ShouldBe(ChangeState.Applied);
    }

    [Fact]
    public async Task An_approval_that_comes_before_the_instance_waits_counts()
    {
        await using var first = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, Unsure());
        var decision = (await first.DecisionAsync()).Id;
        var step = Unsure();
        await using var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, step);
        driver.Runtime.Attempts.Before = attempt => attempt.Activity == "RunStep"
            ? driver.Client.RaiseAsync(TriageItemDriver.Id, ApprovalAnswer.EventName(decision), new ApprovalAnswer(true, "ada"), CancellationToken.None)
            : Task.CompletedTask;

        await driver.TriageAsync();

        (await driver.ResultAsync()).Outcome.ShouldBe(OutcomeState.Applied);
        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug]);
        (await driver.OutcomeAsync()).By.ShouldBe("ada");
    }

    [Fact]
    public async Task A_rejection_leaves_the_item_untouched()
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, Unsure());

        await driver.AnswerAsync(approved: false, note: "It is a wish.");

        (await driver.ResultAsync()).Outcome.ShouldBe(OutcomeState.Rejected);
        var outcome = await driver.OutcomeAsync();
        (outcome.State, outcome.By, outcome.Note).ShouldBe((OutcomeState.Rejected, "ada", "It is a wish."));
        driver.Tracker.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_persons_no_is_not_asked_again_by_the_next_triage_of_the_same_content()
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, Unsure());
        var refused = (await driver.DecisionAsync()).Id;
        await driver.AnswerAsync(approved: false);

        await driver.TriageAsync();

        (await driver.ResultAsync()).Outcome.ShouldBeNull();
        (await driver.OutcomeAsync(refused)).State.ShouldBe(OutcomeState.Rejected);
        (await driver.DecisionAsync()).Changes.ShouldHaveSingleItem().Why.ShouldBe("ada took this away on 2026-06-01");
        driver.Tracker.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Approval_that_times_out_leaves_the_item_untouched(bool restarted)
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, Unsure());
        if (restarted)
            await driver.Runtime.RestartAsync();

        await driver.Runtime.AdvanceAsync(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        (await driver.AskAsync()).Until.ShouldBe(An.Instant.AddDays(7));
        if (restarted)
            await driver.Runtime.RestartAsync();
        await driver.Runtime.AdvanceAsync(TimeSpan.FromMinutes(1));

        (await driver.ResultAsync()).Outcome.ShouldBe(OutcomeState.Expired);
        (await driver.OutcomeAsync()).State.ShouldBe(OutcomeState.Expired);
        driver.Tracker.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_ask_that_ran_out_is_not_repeated_for_the_same_content()
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, Unsure());
        await driver.Runtime.AdvanceAsync(TimeSpan.FromDays(7));

        await driver.TriageAsync();

        (await driver.ResultAsync()).Outcome.ShouldBeNull();
        (await driver.OutcomeAsync()).State.ShouldBe(OutcomeState.Expired);
    }

    [Theory]
    [InlineData(Autonomy.Auto)]
    [InlineData(Autonomy.Suggest)]
    public async Task Closing_is_never_applied_without_approval_whatever_the_policy(Autonomy autonomy)
    {
        var boldest = new DecisionPolicy { Fallback = new StepPolicy(autonomy, ApplyAt: 0, AskAt: 0) };

        await using var driver = await TriageItemDriver.TriageAsync(boldest, ProposesToClose());

        (await driver.AskAsync()).Decision.ShouldBe((await driver.DecisionAsync()).Id);
        await driver.Runtime.AdvanceAsync(TimeSpan.FromDays(7));
        (await driver.ResultAsync()).Outcome.ShouldBe(OutcomeState.Expired);
        driver.Tracker.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_after_the_end_is_a_conflict_and_one_to_nobody_is_not_found()
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, Unsure());

        (await PostAsync(driver, "github:owner/repo#1")).ShouldBe(202);
        await driver.Runtime.SettleAsync();

        (await PostAsync(driver, "github:owner/repo#1")).ShouldBe(409);
        (await PostAsync(driver, "github:owner/repo#2")).ShouldBe(404);
        driver.Tracker.Written.ShouldBe([TriageItemDriver.Bug]);
    }

    [Fact]
    public async Task A_yes_to_an_ask_that_was_withdrawn_is_refused_and_does_not_wait_for_the_next_one()
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, Unsure());
        var withdrawn = (await driver.DecisionAsync()).Id;
        await driver.TriageAsync(An.Item(1, "Quite another thing"));

        (await PostAsync(driver, "github:owner/repo#1", withdrawn)).ShouldBe(409);
        await driver.TriageAsync(An.Item(1));

        (await driver.AskAsync()).Decision.ShouldBe(withdrawn);
        driver.Tracker.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_step_that_is_turned_down_while_a_person_is_asked_is_not_carried_out()
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, Unsure());

        await new KeptSettings(driver.Store).KeepAsync(TriageItemDriver.Backlog, new TriageSettings(), CancellationToken.None);
        await driver.AnswerAsync(approved: true);

        driver.Tracker.Calls.ShouldBeEmpty();
        var change = (await driver.OutcomeAsync()).Changes.ShouldHaveSingleItem();
        (change.State, change.Why).ShouldBe((ChangeState.NotApplied, "the step was turned down after the decision"));
    }

    [Fact]
    public async Task A_close_is_not_carried_out_without_a_person_even_when_a_decision_says_so()
    {
        await using var driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto);
        var close = new DecidedChange(new Close(CloseReason.NotPlanned), "type", Confidence.Certain, Verdict.Apply, Verdict.Apply, "a fault");
        var decision = new Decision
        {
            Id = "faulty",
            Item = An.Ref(1),
            ItemHash = ContentHash.Of(An.Item(1)),
            PolicyVersion = "any",
            DecidedAt = An.Instant,
            Verdict = Verdict.Apply,
            Changes = [close],
            Reason = "A fault.",
        };
        await driver.Store.SaveDecisionsAsync(TriageItemDriver.Backlog, [decision], CancellationToken.None);

        using var scope = driver.Runtime.Services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<ApplyDecision>()
            .RunAsync(new ApplyRequest(TriageItemDriver.Backlog, An.Ref(1), "faulty", An.Instant), CancellationToken.None);

        driver.Tracker.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_item_that_is_changed_before_the_approval_is_left_as_it_is_and_asked_about_anew()
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, Unsure());
        var asked = (await driver.DecisionAsync()).Id;

        await driver.SaveAsync(An.Item(1, "Quite another thing"));
        await driver.AnswerAsync(approved: true);

        driver.Tracker.Calls.ShouldBeEmpty();
        (await driver.AskAsync()).Decision.ShouldNotBe(asked);
        var outcome = await driver.OutcomeAsync(asked);
        (outcome.By, outcome.State).ShouldBe(("ada", OutcomeState.Superseded));
        var change = outcome.Changes.ShouldHaveSingleItem();
        (change.State, change.Why).ShouldBe((ChangeState.NotApplied, "the item was changed after the decision"));
    }

    private static FakeStep Unsure() => new FakeStep("type").Proposing(TriageItemDriver.Bug, 0.7);

    private static FakeStep ProposesToClose() => new FakeStep("grooming").Proposing(Closing);

    private static async Task<int> PostAsync(TriageItemDriver driver, string item, string? decision = null)
    {
        var parameters = new Dictionary<string, string>
        {
            ["backlog"] = TriageItemDriver.Backlog,
            ["item"] = item,
            ["decision"] = decision ?? (await driver.DecisionAsync()).Id,
        };
        var call = new Call(parameters.GetValueOrDefault, Encoding.UTF8.GetBytes("""{"approved": true, "by": "ada"}"""), driver.Client, CancellationToken.None);
        return (await driver.Runtime.Services.GetRequiredService<Requests>().HandleAsync(Routes.Answer, call)).Status;
    }
}
