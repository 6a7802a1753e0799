using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Analysis.Tests.Flow;

public sealed class QuietModelTests
{
    private static readonly Person Mika = new("mika");
    private static readonly Person Bot = Person.FromLogin("sweeper[bot]");

    [Fact]
    public void Without_a_past_the_longer_a_silence_the_longer_it_lasts()
    {
        var model = QuietModel.Learn([], null);

        double[] said = [.. new[] { 0.0, 30, 180, 730, 5000 }.Select(model.Probability)];

        model.Cases.ShouldBe(0);
        said.ShouldBe(said.Order());
        said.ShouldAllBe(p => p > 0.1 && p < 0.99);
    }

    [Fact]
    public void A_lively_backlog_expects_less_silence_than_a_dead_one()
    {
        var lively = QuietModel.Learn(Backlog(touchedEveryDays: 60), An.Instant);
        var dead = QuietModel.Learn(Backlog(touchedEveryDays: 5000), An.Instant);

        lively.Cases.ShouldBeGreaterThan(100);
        lively.Probability(100).ShouldBeLessThan(0.3);
        dead.Probability(100).ShouldBeGreaterThan(lively.Probability(100) + 0.3);
        dead.Probability(1500).ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public void What_came_later_does_not_change_what_is_learned()
    {
        var items = Backlog(touchedEveryDays: 300);
        var later = items.Select(i => i with
        {
            State = WorkItemState.Closed,
            ClosedAt = An.Instant.AddDays(40),
            History = i.History with { Events = [.. i.History.Events, new HistoryEvent("closed", An.Instant.AddDays(40), Mika)] },
        }).ToList();

        QuietModel.Learn(later, An.Instant).Probability(200).ShouldBe(QuietModel.Learn(items, An.Instant).Probability(200));
    }

    [Fact]
    public void Bots_do_not_end_a_silence()
    {
        var item = Made(400) with { History = History(new HistoryEvent("labeled", Ago(10), Bot, "stale"), new HistoryEvent("labeled", Ago(300), Mika, "bug")) };

        Fate.SilentDays(item, An.Instant).ShouldBe(300);
        Fate.StayedQuiet(item, Ago(200), An.Instant).ShouldBeTrue();
        Fate.StayedQuiet(item, Ago(320), Ago(200)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("not_planned", true)]
    [InlineData("WONTFIX", true)]
    [InlineData("completed", false)]
    [InlineData(null, false)]
    public void Closing_as_not_planned_is_no_sign_of_life(string? resolution, bool quiet)
    {
        var item = Made(400) with
        {
            State = WorkItemState.Closed, ClosedAt = Ago(50), Resolution = resolution, History = History(new HistoryEvent("closed", Ago(50), Mika)),
        };

        Fate.WasOpen(item, Ago(100)).ShouldBeTrue();
        Fate.WasOpen(item, Ago(10)).ShouldBeFalse();
        Fate.WasOpen(item, Ago(401)).ShouldBeFalse();
        Fate.StayedQuiet(item, Ago(100), An.Instant).ShouldBe(quiet);
    }

    [Fact]
    public void A_reopened_item_was_open_again()
    {
        var item = Made(400) with { History = History(new HistoryEvent("closed", Ago(300), Mika), new HistoryEvent("reopened", Ago(200), Mika)) };

        Fate.WasOpen(item, Ago(250)).ShouldBeFalse();
        Fate.WasOpen(item, Ago(100)).ShouldBeTrue();
    }

    [Fact]
    public void A_backlog_imported_on_one_day_or_without_dates_teaches_nothing()
    {
        var imported = Enumerable.Range(1, 50).Select(n => An.Item(n, "item") with { CreatedAt = An.Instant }).ToList();
        var dateless = Enumerable.Range(1, 50).Select(n => An.Item(n, "item") with { CreatedAt = null }).ToList();

        QuietModel.Learn(imported, Fate.Newest(imported)).Cases.ShouldBe(0);
        QuietModel.Learn(dateless, Fate.Newest(dateless)).Cases.ShouldBe(0);
    }

    private static List<WorkItem> Backlog(int touchedEveryDays) =>
    [
        .. Enumerable.Range(1, 60).Select(n => Made(2000 - n) with
        {
            Ref = An.Ref(n),
            History = History([.. Enumerable.Range(1, 2000 / touchedEveryDays).Select(t => new HistoryEvent("labeled", Ago(2000 - n - (t * touchedEveryDays)), Mika, "l")).Where(e => e.At <= An.Instant)]),
        }),
    ];

    private static WorkItem Made(int daysAgo) => An.Item(1, "item") with { CreatedAt = Ago(daysAgo), UpdatedAt = null };

    private static WorkItemHistory History(params HistoryEvent[] events) => new() { IsKnown = true, Events = [.. events.OrderBy(e => e.At)] };

    private static DateTimeOffset Ago(int days) => An.Instant.AddDays(-days);
}
