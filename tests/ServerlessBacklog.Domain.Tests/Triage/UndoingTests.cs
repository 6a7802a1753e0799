using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Domain.Tests.Triage;

public class UndoingTests
{
    private static readonly WorkItem Before = An.Item(1) with { Priority = "P3", Labels = [new Label("old")], Assignees = [new Person("ada")] };

    public static TheoryData<Change> Seen =>
    [
        new AddLabel(new Label("bug")),
        new SetField(WorkItemField.Priority, "P1"),
        new SetField(WorkItemField.Type, "Bug"),
        new Assign(new Person("bob")),
        new Unassign(new Person("ada")),
        new AddLink(LinkKind.DuplicateOf, An.Ref(7)),
        new Close(CloseReason.NotPlanned),
        new SetBlock("draft", "As *one*"),
    ];

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Seen))]
    public void What_was_done_is_taken_back_exactly(Change change)
    {
        var now = ChangedItem.With(Before, change);

        var undoing = Undoing.Of(now, Made(change));

        undoing.Conflicts.ShouldBeEmpty();
        ContentHash.ForWriting(undoing.Changes.Aggregate(now, ChangedItem.With)).ShouldBe(ContentHash.ForWriting(Before));
    }

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Seen))]
    public void What_somebody_has_changed_since_is_left_and_said(Change change)
    {
        // The item as it would be had a person taken it back already.
        var undoing = Undoing.Of(Before, Made(change));

        undoing.Changes.ShouldBeEmpty();
        undoing.Conflicts.ShouldHaveSingleItem().Why.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void Changes_go_back_in_the_opposite_order_and_only_those_that_were_made()
    {
        var (first, second, left) = (new AddLabel(new Label("a")), new SetField(WorkItemField.Priority, "P1"), new AddLabel(new Label("b")));
        var now = ChangedItem.With(ChangedItem.With(Before, first), second);
        var outcome = Made(first) with { Changes = [Of(first), Of(second), Of(left) with { State = ChangeState.NotApplied, Inverse = null }] };

        Undoing.Of(now, outcome).Changes.ShouldBe([new SetField(WorkItemField.Priority, "P3"), new RemoveLabel(new Label("a"))]);
    }

    [Fact]
    public void A_close_that_is_only_announced_is_called_off_and_an_answer_stays()
    {
        var outcome = Made(new Close(CloseReason.NotPlanned)) with
        {
            Changes =
            [
                new ChangeOutcome("k", new Close(CloseReason.NotPlanned), ChangeState.Waiting) { Inverse = new RemoveNotice("d") },
                new ChangeOutcome("r", new AddReply("c", "Done"), ChangeState.Applied),
            ],
        };

        Undoing.Of(Before, outcome).Changes.ShouldBe([new RemoveNotice("d")]);
    }

    private static ChangeOutcome Of(Change change) => new("k", change, ChangeState.Applied) { Inverse = Inverse.Of(Before, change) };

    private static DecisionOutcome Made(Change change) =>
        new() { Decision = "d", Item = Before.Ref, State = OutcomeState.Applied, At = An.Instant, Changes = [Of(change)] };
}
