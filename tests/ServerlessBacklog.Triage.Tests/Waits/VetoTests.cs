using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Waits;

namespace ServerlessBacklog.Triage.Tests.Waits;

/// <summary>What stops an announced close: people, and only people (FEATURES §4.3, pains 5, 7, 8).</summary>
public class VetoTests
{
    private static readonly DateTimeOffset Told = An.Instant;
    private static readonly Person Ada = new("ada");
    private static readonly Person Bot = new("helper[bot]", IsBot: true);

    private static WorkItem Item => An.Item(1) with { Reporter = new Person("rita"), History = new WorkItemHistory { IsKnown = true } };

    private static Wait Wait => new()
    {
        Item = Item.Ref,
        Decision = "d",
        Close = new Close(CloseReason.Duplicate, An.Ref(7)),
        Step = "duplicates",
        By = "mia",
        NoticeAt = Told,
        DueAt = Told.AddDays(7),
        Text = Notice.TextOf(Item),
        State = WaitState.Waiting,
    };

    [Fact]
    public void Nothing_happened_and_nothing_stops_it() => Find(Item).ShouldBeNull();

    [Fact]
    public void Any_comment_of_a_person_after_the_notice_is_an_objection()
    {
        var veto = Find(Commented(new WorkItemComment(Ada, Told.AddDays(1), "thanks"))).ShouldNotBeNull();

        (veto.State, veto.By).ShouldBe((WaitState.Vetoed, "ada"));
        veto.Remember(Wait, Told.AddDays(1)).Forbids(Wait.Close).ShouldBeTrue();
    }

    [Fact]
    public void What_was_written_before_the_notice_and_what_bots_and_we_write_is_none() =>
        Find(Commented(
            new WorkItemComment(Ada, Told.AddDays(-1), "please close"),
            new WorkItemComment(Ada, Told, "/backlog approve"),
            new WorkItemComment(Bot, Told.AddDays(2), "CI passed"),
            new WorkItemComment(Ada with { IsBot = true }, Told.AddDays(2), "edited") { IsOurs = true })).ShouldBeNull();

    [Fact]
    public void A_thumbs_down_of_somebody_who_may_is_an_objection() =>
        Veto.Find(Wait, Item, new NoticeLook(Told, [Ada]), [Ada], [], new WaitSettings(), Told.AddDays(1)).ShouldNotBeNull().By.ShouldBe("ada");

    [Fact]
    public void A_label_that_keeps_open_is_an_objection() => Find(Item with { Labels = [new Label("Keep-Open")] }).ShouldNotBeNull().State.ShouldBe(WaitState.Vetoed);

    [Fact]
    public void An_edit_of_title_or_description_is_an_objection()
    {
        Find(Item with { Title = "Another title" }).ShouldNotBeNull().State.ShouldBe(WaitState.Vetoed);
        Find(Item with { Body = "Now with steps" }).ShouldNotBeNull().State.ShouldBe(WaitState.Vetoed);
    }

    [Fact]
    public void A_deleted_notice_is_an_objection() =>
        Veto.Find(Wait, Item, null, [], [], new WaitSettings(), Told.AddDays(1)).ShouldNotBeNull().State.ShouldBe(WaitState.Vetoed);

    [Fact]
    public void What_a_person_decided_on_the_item_holds()
    {
        Veto.Find(Wait, Item, new NoticeLook(Told, []), [], [new HumanOverride("close", null, "ada", Told)], new WaitSettings(), Told).ShouldNotBeNull().By.ShouldBe("ada");
        Veto.Find(Wait, Item, new NoticeLook(Told, []), [], [new HumanOverride("close", An.Ref(8).ToString(), "ada", Told)], new WaitSettings(), Told).ShouldBeNull();
    }

    [Fact]
    public void One_that_was_closed_meanwhile_needs_no_objection() =>
        Find(Item with { State = WorkItemState.Closed }).ShouldNotBeNull().State.ShouldBe(WaitState.CalledOff);

    /// <summary>Pain 8: whatever bots do, and however often they move the time of the last change, says nothing; whatever a person writes stops it.</summary>
    [Fact]
    public void However_things_are_mixed_only_people_move_it()
    {
        var random = new Random(11);
        for (var i = 0; i < 2000; i++)
        {
            var comments = Enumerable.Range(0, random.Next(8)).Select(_ => new WorkItemComment(
                random.Next(3) == 0 ? Ada : Bot, Told.AddHours(random.Next(-200, 200)), "text") { IsOurs = random.Next(4) == 0 }).ToArray();
            var item = Commented(comments) with { UpdatedAt = Told.AddHours(random.Next(0, 200)) };
            var isStopped = comments.Any(c => !c.IsOurs && !c.Author.IsBot && c.At > Told);

            (Find(item) is not null).ShouldBe(isStopped, $"round {i}");
        }
    }

    private static Veto? Find(WorkItem item) => Veto.Find(Wait, item, new NoticeLook(Told, []), [], [], new WaitSettings(), Told.AddDays(3));

    private static WorkItem Commented(params WorkItemComment[] comments) => Item with { History = Item.History with { Comments = comments } };
}
