using System.Text;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage.Deliveries;

/// <summary>What every store of deliveries must do. Inherit it to run it on an implementation.</summary>
public abstract class DeliveryStoreContract
{
    protected static readonly CancellationToken None = TestContext.Current.CancellationToken;

    protected abstract IDeliveryStore Store { get; }

    /// <summary>The same data, opened anew.</summary>
    protected abstract IDeliveryStore Reopen();

    [Fact]
    public async Task A_delivery_waits_as_it_came_until_it_is_started()
    {
        var delivery = A(1) with
        {
            ContentKey = "issues 7 v2",
            Backlog = "owner/repo",
            Item = An.Ref(7),
            Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            ReceivedAt = An.Instant.AddTicks(7),
            Headers = new Dictionary<string, string> { ["X-GitHub-Event"] = "issues", ["X-GitHub-Delivery"] = "d1 \"ü🎉\"" },
        };
        (await Store.AddAsync(delivery, None)).ShouldBe(DeliveryAnswer.New);

        var waiting = (await Reopen().PendingAsync(10, None)).ShouldHaveSingleItem();
        ShouldBeSame(waiting, delivery);

        await Store.MarkAsync(waiting, DeliveryState.Started, null, None);
        await Store.MarkAsync(waiting, DeliveryState.Started, null, None);
        await Store.MarkAsync(waiting, DeliveryState.Failed, "late", None);

        (await Store.PendingAsync(10, None)).ShouldBeEmpty();
        var started = (await Store.RecentAsync(10, None)).ShouldHaveSingleItem();
        ShouldBeSame(started, delivery with { State = DeliveryState.Started, Body = default });
        (await Store.CountAsync(None)).Failed.ShouldBe(0);
    }

    [Theory]
    [InlineData(DeliveryState.Pending)]
    [InlineData(DeliveryState.Ignored)]
    [InlineData(DeliveryState.Unknown)]
    [InlineData(DeliveryState.Started)]
    public async Task A_repeated_id_is_known_whatever_became_of_the_first(DeliveryState state)
    {
        await Store.AddAsync(A(1) with { State = state, ContentKey = "c" }, None);

        var again = await Reopen().AddAsync(A(1) with { ReceivedAt = An.Instant.AddDays(2), ContentKey = "c" }, None);

        again.ShouldBe(DeliveryAnswer.Repeated);
        (await Store.RecentAsync(10, None)).ShouldHaveSingleItem().ReceivedAt.ShouldBe(An.Instant.AddSeconds(1));
        (await Store.PendingAsync(10, None)).Count.ShouldBe(state == DeliveryState.Pending ? 1 : 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_same_content_under_another_id_is_never_started(bool isFirstStarted)
    {
        await Store.AddAsync(A(1) with { ContentKey = "c" }, None);
        if (isFirstStarted)
            await Store.MarkAsync(A(1), DeliveryState.Started, null, None);

        (await Store.AddAsync(A(2) with { ContentKey = "c" }, None)).ShouldBe(DeliveryAnswer.SameContent);
        (await Store.AddAsync(A(2) with { ContentKey = "c" }, None)).ShouldBe(DeliveryAnswer.Repeated);
        (await Store.AddAsync(A(3) with { ContentKey = "other" }, None)).ShouldBe(DeliveryAnswer.New);

        (await Store.PendingAsync(10, None)).Select(d => d.Id).ShouldBe(isFirstStarted ? ["d3"] : ["d1", "d3"]);
        var second = (await Store.RecentAsync(10, None)).Single(d => d.Id == "d2");
        (second.State, second.Why).ShouldBe((DeliveryState.Ignored, "another delivery told the same"));
    }

    [Fact]
    public async Task Deliveries_without_a_content_key_are_all_new()
    {
        (await Store.AddAsync(A(1), None)).ShouldBe(DeliveryAnswer.New);
        (await Store.AddAsync(A(2), None)).ShouldBe(DeliveryAnswer.New);
    }

    [Fact]
    public async Task Of_many_that_come_at_once_each_content_is_started_once()
    {
        var deliveries = Enumerable.Range(0, 120).Select(i => A(i % 60) with { ContentKey = $"c{i % 20}" });

        var answers = await Task.WhenAll(deliveries.Select(d => Task.Run(() => Store.AddAsync(d, None))));

        answers.CountBy(a => a).ShouldBe(
            [new(DeliveryAnswer.New, 20), new(DeliveryAnswer.SameContent, 40), new(DeliveryAnswer.Repeated, 60)], ignoreOrder: true);
        (await Store.PendingAsync(100, None)).Select(d => d.ContentKey).Distinct().Count().ShouldBe(20);
        (await Store.CountAsync(None)).Pending.ShouldBe(20);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12_000)]
    [InlineData(70_000)]
    [InlineData(3_000_000)]
    public async Task A_body_of_any_length_waits_whole(int length)
    {
        // Bytes that cannot be packed: what is long stays long.
        var body = new byte[length];
        new Random(length).NextBytes(body);
        await Store.AddAsync(A(1) with { Body = body }, None);
        await Store.AddAsync(A(2), None);
        await Store.AddAsync(A(1) with { Body = body }, None);

        var waiting = await Reopen().PendingAsync(10, None);

        waiting[0].Body.Span.SequenceEqual(body).ShouldBeTrue();
        Encoding.UTF8.GetString(waiting[1].Body.Span).ShouldBe("{\"number\":2}");
    }

    [Fact]
    public async Task Those_received_first_wait_first_whatever_their_tracker()
    {
        foreach (var (number, tracker) in new[] { (3, "github"), (1, "azuredevops"), (4, "azuredevops"), (2, "github") })
            await Store.AddAsync(A(number) with { Tracker = tracker }, None);

        (await Store.PendingAsync(3, None)).Select(d => (d.Id, d.Tracker)).ShouldBe([("d1", "azuredevops"), ("d2", "github"), ("d3", "github")]);
        (await Store.RecentAsync(3, None)).Select(d => d.Id).ShouldBe(["d4", "d3", "d2"]);
        (await Store.RecentAsync(3, None)).ShouldAllBe(d => d.Body.IsEmpty);
    }

    [Fact]
    public async Task One_id_or_content_of_two_trackers_is_two_deliveries()
    {
        await Store.AddAsync(A(1) with { ContentKey = "c" }, None);

        (await Store.AddAsync(A(1) with { Tracker = "azuredevops", ContentKey = "c" }, None)).ShouldBe(DeliveryAnswer.New);

        await Store.MarkAsync(A(1), DeliveryState.Started, null, None);
        (await Store.PendingAsync(10, None)).ShouldHaveSingleItem().Tracker.ShouldBe("azuredevops");
    }

    [Fact]
    public async Task Tries_are_counted_while_it_waits()
    {
        await Store.AddAsync(A(1), None);

        (await Store.CountTryAsync(A(1), "no answer", None)).ShouldBe(1);
        (await Store.CountTryAsync(A(1), "no answer again", None)).ShouldBe(2);

        var waiting = (await Store.PendingAsync(10, None)).Single();
        (waiting.Tries, waiting.Why, waiting.Body.Length).ShouldBe((2, "no answer again", A(1).Body.Length));
        (await Store.RecentAsync(10, None)).Single().Tries.ShouldBe(2);
    }

    [Fact]
    public async Task Tries_that_are_counted_at_once_are_all_counted()
    {
        await Store.AddAsync(A(1), None);

        var counts = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Store.CountTryAsync(A(1), "busy", None))));

        counts.Order().ShouldBe(Enumerable.Range(1, 10));
    }

    [Fact]
    public async Task A_failed_delivery_waits_no_longer_and_says_why()
    {
        await Store.AddAsync(A(1), None);
        await Store.AddAsync(A(2), None);

        await Store.MarkAsync(A(1) with { ReceivedAt = An.Instant.AddDays(1) }, DeliveryState.Failed, "nobody understands it", None);

        (await Store.PendingAsync(10, None)).Select(d => d.Id).ShouldBe(["d2"]);
        var failed = (await Store.RecentAsync(10, None)).Single(d => d.Id == "d1");
        (failed.State, failed.Why, failed.Body.IsEmpty).ShouldBe((DeliveryState.Failed, "nobody understands it", true));
        (await Store.CountAsync(None)).Failed.ShouldBe(1);
        (await Store.AddAsync(A(1), None)).ShouldBe(DeliveryAnswer.Repeated);
    }

    [Fact]
    public async Task Counts_tell_what_waits_since_when_and_which_events_are_unknown()
    {
        var empty = await Store.CountAsync(None);
        (empty.Pending, empty.OldestPending, empty.Failed, empty.Unknown.Count).ShouldBe((0, null, 0, 0));
        await Store.AddAsync(A(2), None);
        await Store.AddAsync(A(1), None);
        await Store.AddAsync(A(0), None);
        await Store.MarkAsync(A(0), DeliveryState.Started, null, None);
        await Task.WhenAll(Enumerable.Range(10, 40).Select(i => Task.Run(() =>
            Store.AddAsync(A(i) with { State = DeliveryState.Unknown, Event = $"star.{i % 2}|/#?", Tracker = i < 30 ? "github" : "azuredevops" }, None))));
        await Store.AddAsync(A(10) with { State = DeliveryState.Unknown, Event = "star.0|/#?" }, None);

        var counts = await Reopen().CountAsync(None);

        (counts.Pending, counts.OldestPending, counts.Failed).ShouldBe((2, A(1).ReceivedAt, 0));
        counts.Unknown.ShouldBe(new Dictionary<string, int> { ["star.0|/#?"] = 20, ["star.1|/#?"] = 20 }, ignoreOrder: true);
    }

    [Fact]
    public async Task Old_deliveries_are_forgotten_but_for_those_that_wait()
    {
        DeliveryState[] states = [DeliveryState.Pending, DeliveryState.Ignored, DeliveryState.Unknown, DeliveryState.Started];
        for (var i = 0; i < 160; i++)
            await Store.AddAsync(A(i) with { State = states[i % 4], ContentKey = i % 3 == 0 ? $"c{i % 30}" : null, Event = i % 4 == 2 ? $"star.{i % 3}" : "issues.opened" }, None);
        await Store.MarkAsync(A(4), DeliveryState.Failed, "why", None);
        var before = await Store.CountAsync(None);

        var purged = await Store.PurgeAsync(A(100).ReceivedAt, None);

        var after = await Reopen().CountAsync(None);
        var left = (await Store.RecentAsync(1000, None)).ToDictionary(d => d.Id);
        // Of the first hundred: three quarters, six more that tell what others told, and the one that failed.
        purged.ShouldBe(82);
        left.Count.ShouldBe(78);
        left.Values.ShouldAllBe(d => d.State == DeliveryState.Pending || d.ReceivedAt >= A(100).ReceivedAt);
        (before.Failed, after.Failed).ShouldBe((1, 0));
        (after.Pending, after.OldestPending).ShouldBe((before.Pending, before.OldestPending));
        before.Unknown.Values.Sum().ShouldBe(40);
        after.Unknown.ShouldBe(left.Values.Where(d => d.State == DeliveryState.Unknown).CountBy(d => d.Event), ignoreOrder: true);
        (await Store.PurgeAsync(A(100).ReceivedAt, None)).ShouldBe(0);
    }

    [Fact]
    public async Task What_was_forgotten_is_new_again()
    {
        await Store.AddAsync(A(1) with { State = DeliveryState.Ignored, ContentKey = "c" }, None);
        await Store.AddAsync(A(2) with { State = DeliveryState.Ignored, ContentKey = "c" }, None);

        await Store.PurgeAsync(A(2).ReceivedAt, None);

        (await Store.AddAsync(A(2), None)).ShouldBe(DeliveryAnswer.Repeated);
        (await Store.AddAsync(A(1) with { ContentKey = "c" }, None)).ShouldBe(DeliveryAnswer.New);
    }

    [Fact]
    public async Task Ids_and_keys_of_any_kind_stay_apart()
    {
        string[] ids = ["a", "A", "a|b", "a/b", "#?%", "ü 🎉\n", "'; --", new string('i', 3000), new string('i', 3000) + "2"];
        foreach (var id in ids)
            (await Store.AddAsync(A(1) with { Id = id, ContentKey = $"content {id}" }, None)).ShouldBe(DeliveryAnswer.New);

        foreach (var id in ids)
            (await Store.AddAsync(A(1) with { Id = id }, None)).ShouldBe(DeliveryAnswer.Repeated);

        (await Store.PendingAsync(100, None)).Select(d => d.Id).ShouldBe(ids, ignoreOrder: true);
    }

    /// <summary>A pending delivery received so many seconds after the instant.</summary>
    protected static Delivery A(int number) => new()
    {
        Tracker = "github",
        Id = $"d{number}",
        Event = "issues.opened",
        ReceivedAt = An.Instant.AddSeconds(number),
        State = DeliveryState.Pending,
        Body = Encoding.UTF8.GetBytes($"{{\"number\":{number}}}"),
    };

    private static void ShouldBeSame(Delivery actual, Delivery expected)
    {
        actual.Headers.ShouldBe(expected.Headers);
        actual.Body.Span.SequenceEqual(expected.Body.Span).ShouldBeTrue();
        (actual with { Headers = expected.Headers, Body = expected.Body }).ShouldBe(expected);
    }
}
