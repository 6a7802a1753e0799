using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Tests.Intake;

/// <summary>News comes late, twice, in the wrong order, or tells only a part.</summary>
public class ItemMergeTests
{
    private static readonly DateTimeOffset Noon = An.Instant;

    private static readonly WorkItem Stored = An.Item(1, "Crash on save") with
    {
        UpdatedAt = Noon,
        Links = [new WorkItemLink(LinkKind.BlockedBy, An.Ref(2))],
        ReporterRole = "MEMBER",
        History = new WorkItemHistory
        {
            IsKnown = true,
            Comments = [new WorkItemComment(new Person("ada"), Noon.AddHours(-1), "Same here.")],
            Events = [new HistoryEvent("labeled", Noon.AddHours(-2), new Person("ada"), "bug")],
        },
    };

    [Fact]
    public void What_an_event_does_not_tell_stays()
    {
        var merged = Merge(Stored, Told(An.Item(1, "Crash on save as") with { UpdatedAt = Noon.AddMinutes(1) }));

        merged.Title.ShouldBe("Crash on save as");
        merged.Links.ShouldBe(Stored.Links);
        merged.ReporterRole.ShouldBe("MEMBER");
        merged.History.Comments.ShouldBe(Stored.History.Comments);
        merged.History.Events.ShouldBe(Stored.History.Events);
    }

    [Fact]
    public void Old_news_changes_nothing() =>
        ItemMerge.Of(Known(Stored), Told(An.Item(1, "Crash") with { UpdatedAt = Noon.AddSeconds(-1) })).ShouldBe(ItemUpdate.Nothing);

    [Fact]
    public void News_of_the_same_second_is_not_old() =>
        Merge(Stored, Told(An.Item(1, "Crash at once") with { UpdatedAt = Noon })).Title.ShouldBe("Crash at once");

    [Fact]
    public void Where_both_have_a_revision_number_it_decides_and_not_the_clock()
    {
        var stored = Stored with { Revision = "10" };

        ItemMerge.Of(Known(stored), Told(stored with { Revision = "9", Title = "Late", UpdatedAt = Noon.AddHours(1) })).ShouldBe(ItemUpdate.Nothing);
        Merge(stored, Told(stored with { Revision = "11", Title = "New", UpdatedAt = Noon.AddHours(-1) })).Title.ShouldBe("New");
    }

    [Fact]
    public void A_comment_comes_once_however_often_it_is_told()
    {
        var comment = new WorkItemComment(new Person("bob"), Noon.AddMinutes(5), "Here too.");
        var told = Told(Stored with { UpdatedAt = Noon.AddMinutes(5) }) with { Comment = comment };

        var once = Merge(Stored, told);
        var twice = Merge(once, told);

        once.History.Comments.Select(c => c.Body).ShouldBe(["Same here.", "Here too."]);
        ContentHash.Of(twice).ShouldBe(ContentHash.Of(once));
    }

    [Fact]
    public void A_late_comment_is_kept_beside_newer_state()
    {
        var comment = new WorkItemComment(new Person("bob"), Noon.AddMinutes(-30), "Before the edit.");

        var merged = Merge(Stored, Told(An.Item(1, "Older title") with { UpdatedAt = Noon.AddMinutes(-30) }) with { Comment = comment });

        merged.Title.ShouldBe("Crash on save");
        merged.History.Comments.Count.ShouldBe(2);
    }

    [Fact]
    public void A_comment_that_was_deleted_goes()
    {
        var removed = Stored.History.Comments[0];

        Merge(Stored, Told(Stored with { UpdatedAt = Noon.AddMinutes(1) }) with { CommentRemoved = removed }).History.Comments.ShouldBeEmpty();
    }

    [Fact]
    public void A_deleted_item_goes_and_late_news_does_not_bring_it_back()
    {
        var removal = ItemMerge.Of(Known(Stored), Told(null) with { Kind = EventKind.Removed, At = Noon.AddMinutes(1) });
        removal.ShouldBe(ItemUpdate.Remove(Noon.AddMinutes(1)));

        var gone = new KnownItem(null, removal.GoneAt);
        ItemMerge.Of(gone, Told(Stored with { UpdatedAt = Noon })).ShouldBe(ItemUpdate.Nothing);
        ItemMerge.Of(gone, Told(Stored with { UpdatedAt = Noon.AddMinutes(2) })).Item.ShouldNotBeNull("It was restored later.");
    }

    [Fact]
    public void A_deletion_that_is_told_after_the_restoring_changes_nothing() =>
        ItemMerge.Of(Known(Stored), Told(null) with { Kind = EventKind.Removed, At = Noon.AddMinutes(-1) }).ShouldBe(ItemUpdate.Nothing);

    [Fact]
    public void An_event_without_state_changes_nothing_by_itself() =>
        ItemMerge.Of(Known(Stored), Told(null)).ShouldBe(ItemUpdate.Nothing);

    [Fact]
    public void A_page_that_tells_no_history_leaves_it()
    {
        var read = An.Item(1, "Renamed") with { UpdatedAt = Noon.AddHours(1) };

        ItemMerge.OfPage(Known(Stored), read).Item!.History.Comments.ShouldBe(Stored.History.Comments);
        ItemMerge.OfPage(Known(Stored), read with { History = new WorkItemHistory { IsKnown = true } }).Item!.History.Comments.ShouldBeEmpty();
    }

    private static KnownItem Known(WorkItem? item) => new(item, null);

    private static WorkItem Merge(WorkItem stored, TrackerEvent told) => ItemMerge.Of(Known(stored), told).Item.ShouldNotBeNull();

    private static TrackerEvent Told(WorkItem? state) => new()
    {
        DeliveryId = "1",
        Name = "issues.edited",
        Kind = EventKind.Changed,
        Backlog = "owner/repo",
        Item = An.Ref(1),
        State = state,
        At = state?.UpdatedAt,
    };
}
