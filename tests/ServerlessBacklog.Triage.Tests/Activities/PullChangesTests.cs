using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Tests.Activities;

public class PullChangesTests
{
    private const string Backlog = "owner/repo";

    private readonly FakeTracker tracker = new();
    private readonly InMemoryBacklogStore store = new();
    private readonly InMemoryDeliveryStore deliveries = new();
    private readonly InMemoryAlarms alarms = new();
    private readonly FakeTimeProvider time = new(An.Instant);

    [Fact]
    public async Task The_first_reading_brings_everything_and_starts_nothing()
    {
        Serve(new TrackerPage { Items = [Item(1), Item(2)], Next = "p2", Left = 1 }, new TrackerPage { Items = [Item(3)] });

        var first = await PullAsync();
        var last = await PullAsync();

        (first.New, first.IsLast, first.Left).ShouldBe((2, false, 1));
        (last.New, last.IsLast).ShouldBe((1, true));
        tracker.PagesAsked.Select(p => (p.Since, p.Continuation)).ShouldBe([(null, null), (null, "p2")]);
        (await PendingAsync()).ShouldBeEmpty("A sweep examines a backlog that is new as a whole.");
    }

    [Fact]
    public async Task The_next_reading_asks_for_what_changed_since_the_last_one_began_with_overlap()
    {
        Serve(new TrackerPage { Items = [Item(1)] });
        await PullAsync();
        time.Advance(TimeSpan.FromHours(1));

        await PullAsync();

        tracker.PagesAsked[^1].Since.ShouldBe(An.Instant.AddMinutes(-10));
    }

    [Fact]
    public async Task What_changed_and_no_webhook_told_is_triaged_once()
    {
        await ReadOnceAsync(Item(1), Item(2));
        var edited = Item(1) with { Title = "Edited", UpdatedAt = An.Instant.AddMinutes(3) };
        Serve(new TrackerPage { Items = [edited, Item(2), Item(3)] });

        var page = await PullAsync();
        await PullAsync();

        (page.New, page.Changed, page.Same).ShouldBe((1, 1, 1));
        (await PendingAsync()).Select(d => d.Item!.Number).Order().ShouldBe(["1", "3"]);
        (await store.FindItemsAsync(Backlog, [An.Ref(1)], default)).Single().Title.ShouldBe("Edited");
    }

    [Fact]
    public async Task What_a_person_reads_waits_for_the_sweep_that_follows()
    {
        await ReadOnceAsync(Item(1));
        Serve(new TrackerPage { Items = [Item(2)] });

        await PullAsync(scheduled: false);

        (await PendingAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Newer_news_that_came_by_webhook_meanwhile_stays()
    {
        await ReadOnceAsync(Item(1));
        await store.SaveItemsAsync(Backlog, [Item(1) with { Title = "Newest", UpdatedAt = An.Instant.AddMinutes(9) }], default);
        Serve(new TrackerPage { Items = [Item(1) with { Title = "Older", UpdatedAt = An.Instant.AddMinutes(5) }] });

        await PullAsync();

        (await store.FindItemsAsync(Backlog, [An.Ref(1)], default)).Single().Title.ShouldBe("Newest");
    }

    [Fact]
    public async Task Items_that_the_tracker_lists_as_gone_go()
    {
        await ReadOnceAsync(Item(1), Item(2));
        Serve(new TrackerPage { Gone = [An.Ref(1), An.Ref(99)] });

        await PullAsync();

        (await store.FindItemsAsync(Backlog, [An.Ref(1), An.Ref(2)], default)).ShouldHaveSingleItem().Ref.Number.ShouldBe("2");
    }

    [Fact]
    public async Task A_run_that_meets_the_budget_keeps_its_place_and_the_next_one_goes_on_there()
    {
        var until = An.Instant.AddMinutes(40);
        var asked = 0;
        tracker.Pages = _ => ++asked switch
        {
            1 => new TrackerPage { Items = [Item(1)], Next = "p2", Left = 7 },
            2 => throw new BudgetExhaustedException("60 requests an hour are used up.") { Until = until },
            _ => new TrackerPage { Items = [Item(2)] },
        };

        await PullAsync();
        var stopped = await PullAsync();
        var state = await PullChanges.StateAsync(store, Backlog, default);
        time.Advance(TimeSpan.FromHours(1));
        var resumed = await PullAsync();

        (stopped.IsLast, stopped.StoppedUntil, stopped.Left, stopped.Why).ShouldBe((true, until, 7, "60 requests an hour are used up."));
        (state!.Continuation, state.StoppedUntil, state.IncompleteRuns).ShouldBe(("p2", until, 1));
        tracker.PagesAsked[^1].Continuation.ShouldBe("p2");
        resumed.StoppedUntil.ShouldBeNull();
        // What changed while it stood still is the next run's.
        (await PullChanges.StateAsync(store, Backlog, default))!.Since.ShouldBe(An.Instant.AddMinutes(-10));
    }

    [Fact]
    public async Task Two_incomplete_runs_in_a_row_raise_an_alarm_and_a_complete_one_clears_it()
    {
        tracker.Pages = _ => throw new BudgetExhaustedException("used up") { Until = An.Instant };
        await PullAsync();
        (await alarms.ListAsync(default)).ShouldBeEmpty();

        await PullAsync();
        (await alarms.ListAsync(default)).ShouldHaveSingleItem().Text.ShouldContain("2 times in a row");

        Serve(new TrackerPage { Items = [Item(1)] });
        await PullAsync();
        (await alarms.ListAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_that_dies_between_announcing_and_storing_announces_no_second_time()
    {
        await ReadOnceAsync(Item(1));
        var edited = Item(1) with { Title = "Edited", UpdatedAt = An.Instant.AddMinutes(3) };
        Serve(new TrackerPage { Items = [edited] });
        await PullAsync();
        // The store is as it was before the page was saved, the delivery is there.
        await store.UpdateItemAsync(Backlog, An.Ref(1), _ => ItemUpdate.Save(Item(1)), default);

        await PullAsync();

        (await PendingAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Items_that_are_listed_as_open_no_more_are_looked_at_one_by_one()
    {
        await ReadOnceAsync(Item(1), Item(2), Item(3));
        tracker.Open.Add(An.Ref(3));
        tracker.Looks = item => item.Number == "1"
            ? new ItemLook(LookState.Gone)
            : ItemLook.Of(Item(2) with { State = WorkItemState.Closed, UpdatedAt = An.Instant.AddMinutes(1) });

        var missing = await new FindMissing([tracker], store, new Triage.Intake.ItemRefresh([tracker], store, time))
            .RunAsync(new MissingRequest(Backlog, "github:owner/repo"), default);

        (missing.Removed, missing.Left, missing.StoppedUntil).ShouldBe((2, 0, null));
        (await store.FindItemsAsync(Backlog, [An.Ref(1), An.Ref(2), An.Ref(3)], default)).Select(i => (i.Ref.Number, i.IsOpen)).ShouldBe([("2", false), ("3", true)]);
    }

    private static WorkItem Item(int number) => An.Item(number) with { UpdatedAt = An.Instant.AddMinutes(-number) };

    private void Serve(params TrackerPage[] pages)
    {
        var left = new Queue<TrackerPage>(pages);
        tracker.Pages = _ => left.Count > 1 ? left.Dequeue() : left.Peek();
    }

    private async Task ReadOnceAsync(params WorkItem[] items)
    {
        Serve(new TrackerPage { Items = items });
        await PullAsync();
    }

    private Task<PulledPage> PullAsync(bool scheduled = true) =>
        new PullChanges([tracker], store, deliveries, alarms, time).RunAsync(new PullRequest(Backlog, "github:owner/repo", scheduled), default);

    private Task<IReadOnlyList<Delivery>> PendingAsync() => deliveries.PendingAsync(100, default);
}
