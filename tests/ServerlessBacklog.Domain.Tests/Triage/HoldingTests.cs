using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Domain.Tests.Triage;

/// <summary>What people have refused or pinned is not proposed again.</summary>
public class HoldingTests
{
    private static readonly AddLabel Bug = new(new Label("bug"));
    private static readonly SetField High = new(WorkItemField.Priority, "P1");

    [Fact]
    public void Without_overrides_a_decision_stays_the_very_same()
    {
        var decision = Decided(Bug);

        Holding.Apply(decision, [], An.Instant).ShouldBeSameAs(decision);
        Holding.Apply(decision, [new HumanOverride("label:other", null, "ada", An.Instant)], An.Instant).ShouldBeSameAs(decision);
    }

    [Fact]
    public void What_a_person_refused_is_dropped_and_the_rest_stands()
    {
        var held = Holding.Apply(Decided(Bug, High), [HumanOverride.Refusing(Bug, "ada", An.Instant)], An.Instant);

        held.Changes.Select(c => (c.Change, c.Verdict)).ShouldBe([(Bug, Verdict.Drop), (High, Verdict.Apply)], ignoreOrder: true);
        held.Verdict.ShouldBe(Verdict.Apply);
        held.Id.ShouldNotBe(Decided(Bug, High).Id);
    }

    [Theory]
    [InlineData("P1", Verdict.Apply)]
    [InlineData("p1", Verdict.Apply)]
    [InlineData("P3", Verdict.Drop)]
    public void A_pin_lets_its_own_value_pass_and_no_other(string value, Verdict verdict)
    {
        var pin = new HumanOverride(High.Slot, "P1", "ada", An.Instant) { IsPin = true, Because = "the customer waits" };

        Holding.Apply(Decided(new SetField(WorkItemField.Priority, value)), [pin], An.Instant).Verdict.ShouldBe(verdict);
        pin.Forbids(new ClearField(WorkItemField.Priority)).ShouldBeTrue();
    }

    [Fact]
    public void A_pin_ends_on_its_day()
    {
        var pin = new HumanOverride(High.Slot, "P3", "ada", An.Instant) { IsPin = true, Until = An.Instant.AddDays(10) };

        Holding.Apply(Decided(High), [pin], An.Instant.AddDays(9)).Verdict.ShouldBe(Verdict.Drop);
        Holding.Apply(Decided(High), [pin], An.Instant.AddDays(10)).Verdict.ShouldBe(Verdict.Apply);
    }

    [Fact]
    public void A_refused_duplicate_is_refused_for_that_pair()
    {
        var refused = HumanOverride.Refusing(new Close(CloseReason.Duplicate, An.Ref(7)), "ada", An.Instant);

        refused.Forbids(new Close(CloseReason.Duplicate, An.Ref(7))).ShouldBeTrue();
        refused.Forbids(new Close(CloseReason.Duplicate, An.Ref(8))).ShouldBeFalse();
        refused.Forbids(new Close(CloseReason.NotPlanned)).ShouldBeFalse();
        new HumanOverride("close", null, "ada", An.Instant).Forbids(new Close(CloseReason.NotPlanned)).ShouldBeTrue();
    }

    private static Decision Decided(params Change[] changes) => new DecisionPolicy { Fallback = new StepPolicy(Autonomy.Auto) }.Decide(
        An.Ref(1), "content", [new Finding { Step = "type", Item = An.Ref(1), Status = FindingStatus.Decided, Reason = "", Proposals = [.. changes.Select(c => new Proposal(c, Confidence.Certain))] }], An.Instant);
}
