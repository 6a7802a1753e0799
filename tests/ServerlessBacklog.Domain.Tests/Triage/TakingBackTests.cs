using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Domain.Tests.Triage;

public class TakingBackTests
{
    private static readonly WorkItem Item = An.Item(1) with
    {
        Labels = [new Label("bug")],
        Assignees = [new Person("ada")],
        Type = "task",
        Areas = ["mail", "search"],
        StoryPoints = 3,
        TrackerState = "New",
        Links = [new WorkItemLink(LinkKind.RelatedTo, An.Ref(7))],
    };

    /// <summary>Changes that make a difference on <see cref="Item"/>.</summary>
    public static TheoryData<Change> Differences =>
    [
        new AddLabel(new Label("ui")),
        new RemoveLabel(new Label("bug")),
        new SetField(WorkItemField.Type, "bug"),
        new SetField(WorkItemField.Priority, "P1"),
        new SetField(WorkItemField.Severity, "high"),
        new SetField(WorkItemField.Area, "import"),
        new SetField(WorkItemField.Estimate, "5"),
        new ClearField(WorkItemField.Estimate),
        new Assign(new Person("bob")),
        new Unassign(new Person("ada")),
        new AddLink(LinkKind.DuplicateOf, An.Ref(9)),
        new RemoveLink(LinkKind.RelatedTo, An.Ref(7)),
        new Close(CloseReason.NotPlanned),
    ];

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Differences))]
    public void A_change_and_its_inverse_leave_the_item_as_it_was(Change change)
    {
        var inverse = Inverse.Of(Item, change).ShouldNotBeNull();

        var changed = ChangedItem.With(Item, change);
        var back = ChangedItem.With(changed, inverse);

        ContentHash.ForWriting(changed).ShouldNotBe(ContentHash.ForWriting(Item));
        ContentHash.ForWriting(back).ShouldBe(ContentHash.ForWriting(Item));
    }

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Differences))]
    public void An_inverse_has_the_slot_of_its_change(Change change) => Inverse.Of(Item, change)!.Slot.ShouldBe(change.Slot);

    [Fact]
    public void What_is_there_already_leaves_nothing_to_take_back()
    {
        Inverse.Of(Item, new AddLabel(new Label("BUG"))).ShouldBeNull();
        Inverse.Of(Item, new Assign(new Person("Ada"))).ShouldBeNull();
        Inverse.Of(Item, new SetField(WorkItemField.Type, "task")).ShouldBeNull();
        Inverse.Of(Item, new AddLink(LinkKind.RelatedTo, An.Ref(7))).ShouldBeNull();
        Inverse.Of(Item with { State = WorkItemState.Closed }, new Close(CloseReason.Completed)).ShouldBeNull();
    }

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(ChangeTests.Each), MemberType = typeof(ChangeTests))]
    public void Every_kind_of_change_can_be_asked_for_its_inverse(Change change) => Should.NotThrow(() => Inverse.Of(Item, change));

    [Fact]
    public void Closing_is_taken_back_to_the_state_before() =>
        Inverse.Of(Item, new Close(CloseReason.NotPlanned)).ShouldBe(new Reopen("New"));

    [Fact]
    public void Changes_that_were_made_only_in_part_are_seen_through()
    {
        var label = new AddLabel(new Label("ui"));
        var type = new SetField(WorkItemField.Type, "bug");
        ChangeOutcome[] intended =
        [
            new("1", label, ChangeState.Intended) { Inverse = Inverse.Of(Item, label) },
            new("2", type, ChangeState.Intended) { Inverse = Inverse.Of(Item, type) },
        ];

        var half = ChangedItem.With(Item, label);

        ContentHash.ForWriting(ChangedItem.Before(half, intended)).ShouldBe(ContentHash.ForWriting(Item));
        ContentHash.ForWriting(ChangedItem.Before(half with { Title = "Another" }, intended)).ShouldNotBe(ContentHash.ForWriting(Item));
    }

    [Fact]
    public void What_says_nothing_new_does_not_undo_a_decision()
    {
        var touched = Item with
        {
            UpdatedAt = An.Instant,
            Revision = "9",
            History = Item.History with
            {
                IsKnown = true,
                Reactions = new Reactions(ThumbsUp: 3),
                Comments = [new WorkItemComment(new Person("backlog[bot]", IsBot: true), An.Instant, "Hello")],
            },
        };

        ContentHash.ForWriting(touched).ShouldBe(ContentHash.ForWriting(Item));
        ContentHash.Of(touched).ShouldNotBe(ContentHash.Of(Item));
    }

    [Fact]
    public void A_persons_comment_does_undo_it() =>
        ContentHash.ForWriting(Item with { History = new() { Comments = [new WorkItemComment(new Person("ada"), An.Instant, "No, it is not.")] } })
            .ShouldNotBe(ContentHash.ForWriting(Item));
}
