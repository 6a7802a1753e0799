using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Outcomes;

namespace ServerlessBacklog.Triage.Tests.Outcomes;

public class OutcomeLabelsTests
{
    private static readonly SetField Bug = new(WorkItemField.Type, "bug");
    private static readonly DateTimeOffset Day0 = An.Instant;

    [Theory]
    [InlineData(OutcomeState.Asked, 13, OutcomeLabel.Pending)]
    [InlineData(OutcomeState.Asked, 14, OutcomeLabel.Ignored)]
    [InlineData(OutcomeState.Snoozed, 3, OutcomeLabel.Pending)]
    [InlineData(OutcomeState.Expired, 0, OutcomeLabel.Ignored)]
    [InlineData(OutcomeState.Rejected, 0, OutcomeLabel.Rejected)]
    public void An_ask_that_led_to_no_change_is_labelled_by_how_it_ended(OutcomeState state, int days, OutcomeLabel label) =>
        Label(Verdict.Ask, AnOutcome(state, by: state == OutcomeState.Rejected ? "ann" : null), days).ShouldBe(label);

    [Fact]
    public void A_yes_is_accepted_at_once_and_with_another_value_it_is_edited()
    {
        Label(Verdict.Ask, AnOutcome(OutcomeState.Applied, "ann", new ChangeOutcome("k", Bug, ChangeState.Applied)), 0).ShouldBe(OutcomeLabel.Accepted);
        Label(Verdict.Ask, AnOutcome(OutcomeState.Applied, "ann", new ChangeOutcome("k", new SetField(WorkItemField.Type, "docs"), ChangeState.Applied)), 0).ShouldBe(OutcomeLabel.Edited);
    }

    [Fact]
    public void What_a_person_left_out_of_their_yes_is_rejected() =>
        Label(Verdict.Ask, AnOutcome(OutcomeState.Applied, "ann"), 0).ShouldBe(OutcomeLabel.Rejected);

    [Fact]
    public void A_sure_change_is_accepted_only_once_nobody_took_it_back_for_14_days()
    {
        var applied = AnOutcome(OutcomeState.Applied, null, new ChangeOutcome("k", Bug, ChangeState.Applied));

        Label(Verdict.Apply, applied, 13).ShouldBe(OutcomeLabel.Pending);
        Label(Verdict.Apply, applied, 14).ShouldBe(OutcomeLabel.Accepted);
    }

    [Fact]
    public void An_undo_and_a_hand_that_changed_it_back_both_count_as_reverted_and_a_pin_as_edited()
    {
        var applied = AnOutcome(OutcomeState.Applied, null, new ChangeOutcome("k", Bug, ChangeState.Applied));

        Label(Verdict.Apply, AnOutcome(OutcomeState.Applied, null, new ChangeOutcome("k", Bug, ChangeState.Undone)), 1).ShouldBe(OutcomeLabel.Reverted);
        Label(Verdict.Apply, applied, 20, new HumanOverride("field:Type", "bug", "ann", Day0.AddDays(5))).ShouldBe(OutcomeLabel.Reverted);
        Label(Verdict.Apply, applied, 20, new HumanOverride("field:Type", "docs", "ann", Day0.AddDays(5)) { IsPin = true }).ShouldBe(OutcomeLabel.Edited);
        Label(Verdict.Apply, applied, 20, new HumanOverride("field:Type", "bug", "ann", Day0.AddDays(5)) { IsPin = true }).ShouldBe(OutcomeLabel.Accepted);
        Label(Verdict.Apply, applied, 20, new HumanOverride("field:Type", "bug", "ann", Day0.AddDays(-5))).ShouldBe(OutcomeLabel.Accepted);
        Label(Verdict.Apply, applied, 20, new HumanOverride("label:x", null, "ann", Day0.AddDays(5))).ShouldBe(OutcomeLabel.Accepted);
    }

    [Fact]
    public void An_announced_close_is_pending_and_one_that_was_stopped_is_rejected()
    {
        var close = new Close(CloseReason.NotPlanned);
        var stopped = AnOutcome(OutcomeState.Applied, "ann", new ChangeOutcome("k", close, ChangeState.NotApplied, "bob objected"));

        Label(Verdict.Ask, AnOutcome(OutcomeState.Applied, "ann", new ChangeOutcome("k", close, ChangeState.Waiting)), 3, change: close).ShouldBe(OutcomeLabel.Pending);
        Label(Verdict.Ask, stopped, 3, new HumanOverride("close", null, "bob", Day0.AddDays(1)), close).ShouldBe(OutcomeLabel.Rejected);
        Label(Verdict.Ask, stopped, 3, change: close).ShouldBeNull();
    }

    [Theory]
    [InlineData(OutcomeState.Superseded)]
    [InlineData(OutcomeState.Applying)]
    public void What_was_overtaken_or_is_under_way_is_no_case(OutcomeState state) =>
        Label(Verdict.Ask, AnOutcome(state), 30).ShouldBeNull();

    [Fact]
    public void What_people_said_themselves_is_no_case_of_a_step()
    {
        var outcome = AnOutcome(OutcomeState.Applied, "ann", new ChangeOutcome("k", Bug, ChangeState.Applied));

        OutcomeLabels.Of(ADecision(Verdict.Ask, Bug) with { By = "ann" }, outcome, [], Day0).ShouldBeEmpty();
        OutcomeLabels.Of(ADecision(Verdict.Ask, Bug) with { Undoes = "d0" }, outcome, [], Day0).ShouldBeEmpty();
        OutcomeLabels.Of(ADecision(Verdict.Drop, Bug), outcome, [], Day0).ShouldBeEmpty();
    }

    private static OutcomeLabel? Label(Verdict verdict, DecisionOutcome outcome, int days, HumanOverride? taken = null, Change? change = null) =>
        OutcomeLabels.Of(ADecision(verdict, change ?? Bug), outcome, taken is null ? [] : [taken], Day0.AddDays(days)).SingleOrDefault()?.Label;

    private static Decision ADecision(Verdict verdict, Change change) => new()
    {
        Id = "d1", Item = An.Ref(1), ItemHash = "h", PolicyVersion = "p", DecidedAt = Day0, Verdict = verdict, Reason = "r",
        Changes = [new DecidedChange(change, "type", new Confidence(0.8), verdict, verdict, "why")],
    };

    private static DecisionOutcome AnOutcome(OutcomeState state, string? by = null, params ChangeOutcome[] changes) =>
        new() { Decision = "d1", Item = An.Ref(1), State = state, At = Day0, By = by, Changes = changes };
}
