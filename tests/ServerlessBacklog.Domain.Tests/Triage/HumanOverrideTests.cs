using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Domain.Tests.Triage;

public class HumanOverrideTests
{
    private static HumanOverride On(string slot, string? value = null) => new(slot, value, "ada", An.Instant);

    [Fact]
    public void A_label_that_a_person_took_off_stays_off_and_others_may_come()
    {
        var off = On(new AddLabel(new Label("Bug")).Slot);

        off.Forbids(new AddLabel(new Label("bug"))).ShouldBeTrue();
        off.Forbids(new AddLabel(new Label("ui"))).ShouldBeFalse();
    }

    [Fact]
    public void A_person_who_was_unassigned_is_not_assigned_again_and_another_may_be()
    {
        var off = On("assign", "Bob");

        off.Forbids(new Assign(new Person("bob"))).ShouldBeTrue();
        off.Forbids(new Assign(new Person("eve"))).ShouldBeFalse();
    }

    [Fact]
    public void A_value_that_was_changed_back_is_refused_and_another_is_not()
    {
        var off = On("field:Priority", "P1");

        off.Forbids(new SetField(WorkItemField.Priority, "p1")).ShouldBeTrue();
        off.Forbids(new SetField(WorkItemField.Priority, "P2")).ShouldBeFalse();
        off.Forbids(new SetField(WorkItemField.Type, "P1")).ShouldBeFalse();
    }

    [Fact]
    public void Without_a_value_the_whole_slot_is_held_back() =>
        On("field:Priority").Forbids(new SetField(WorkItemField.Priority, "P3")).ShouldBeTrue();
}
