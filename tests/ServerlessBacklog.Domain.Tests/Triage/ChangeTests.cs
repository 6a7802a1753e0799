using System.Text.Json;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Domain.Tests.Triage;

public class ChangeTests
{
    public static TheoryData<Change> Each =>
    [
        new AddLabel(new Label("bug")),
        new SetField(WorkItemField.Priority, "P1"),
        new Assign(new Person("ada")),
        new AddLink(LinkKind.DuplicateOf, An.Ref(7)),
        new AddComment("Which *version*?"),
        new Close(CloseReason.Duplicate, An.Ref(7)),
        new Close(CloseReason.NotPlanned),
        new RemoveLabel(new Label("bug")),
        new ClearField(WorkItemField.Priority),
        new Unassign(new Person("ada")),
        new RemoveLink(LinkKind.BlockedBy, An.Ref(7)),
        new RemoveComment(),
        new Reopen("Active"),
        new SetBlock("draft", "As *one*"),
        new RemoveBlock("draft"),
        new AddChild("Part one", "Text"),
        new RemoveChild(An.Ref(9), "Part one", "Text") { Others = [An.Ref(3)] },
        new Consolidate(An.Ref(7), "Two more") { Before = "One more" },
        new RemoveConsolidated(An.Ref(7)),
        new GiveNotice("d1", "Closed in *seven* days"),
        new RemoveNotice("d1"),
        new AddReply("c1", "Done"),
        new MoveTo("In Review"),
    ];

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Each))]
    public void JSON_gives_back_the_same_change(Change change)
    {
        var json = JsonSerializer.Serialize(change);

        JsonSerializer.Deserialize<Change>(json).ShouldBe(change);
        json.ShouldStartWith("{\"change\":");
    }

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Each))]
    public void What_follows_from_a_change_is_not_stored_with_it(Change change)
    {
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(change));

        json.RootElement.EnumerateObject().Select(p => p.Name).ShouldNotContain(name => name == "Slot" || name == "NeedsPerson" || name == "Rank");
    }

    [Fact]
    public void Every_kind_of_change_is_tried_here() =>
        Each.Select(row => row.Data.GetType()).Distinct()
            .ShouldBe(typeof(Change).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Change))), ignoreOrder: true);

    [Fact]
    public void An_unknown_change_is_refused() =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Change>("{\"change\":\"dropTable\"}"));

    [Fact]
    public void Closing_archiving_and_a_new_status_need_a_person()
    {
        new Close(CloseReason.Completed).NeedsPerson.ShouldBeTrue();
        new Close(CloseReason.NotPlanned).NeedsPerson.ShouldBeTrue();
        new Close(CloseReason.Duplicate, An.Ref(7)).NeedsPerson.ShouldBeTrue();
        new SetField(WorkItemField.Status, "Closed").NeedsPerson.ShouldBeTrue();
    }

    [Fact]
    public void What_can_be_taken_back_at_once_needs_nobody()
    {
        new AddLabel(new Label("bug")).NeedsPerson.ShouldBeFalse();
        new SetField(WorkItemField.Type, "bug").NeedsPerson.ShouldBeFalse();
        new Assign(new Person("ada")).NeedsPerson.ShouldBeFalse();
        new AddLink(LinkKind.DuplicateOf, An.Ref(7)).NeedsPerson.ShouldBeFalse();
        new AddComment("Hello").NeedsPerson.ShouldBeFalse();
        new MoveTo("In Review").NeedsPerson.ShouldBeFalse();
    }

    [Fact]
    public void Two_values_for_one_field_share_a_slot_and_two_labels_do_not()
    {
        new SetField(WorkItemField.Type, "bug").Slot.ShouldBe(new SetField(WorkItemField.Type, "task").Slot);
        new SetField(WorkItemField.Type, "bug").Slot.ShouldNotBe(new SetField(WorkItemField.Priority, "bug").Slot);
        new AddLabel(new Label("bug")).Slot.ShouldBe(new AddLabel(new Label("Bug")).Slot);
        new AddLabel(new Label("bug")).Slot.ShouldNotBe(new AddLabel(new Label("ui")).Slot);
        new AddLink(LinkKind.DuplicateOf, An.Ref(1)).Slot.ShouldBe(new AddLink(LinkKind.DuplicateOf, An.Ref(2)).Slot);
        new AddLink(LinkKind.RelatedTo, An.Ref(1)).Slot.ShouldNotBe(new AddLink(LinkKind.RelatedTo, An.Ref(2)).Slot);
    }
}
