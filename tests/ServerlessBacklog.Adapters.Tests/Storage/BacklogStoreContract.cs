using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage;

/// <summary>What every backlog store must do. Inherit it to run it on an implementation.</summary>
public abstract partial class BacklogStoreContract
{
    private const string Backlog = "owner/repo";

    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    protected abstract IBacklogStore Store { get; }

    /// <summary>The same data, opened anew.</summary>
    protected abstract IBacklogStore Reopen();

    [Fact]
    public async Task Saving_says_what_is_new_changed_and_the_same()
    {
        await Store.SaveItemsAsync(Backlog, [An.Item(1), An.Item(2)], None);

        var saved = await Store.SaveItemsAsync(Backlog, [An.Item(1), An.Item(2, "Another title"), An.Item(3)], None);

        saved.New.ShouldBe([An.Ref(3)]);
        saved.Changed.ShouldBe([An.Ref(2)]);
        saved.Same.ShouldBe(1);
        (await TitlesAsync()).ShouldBe(["Something to do", "Another title", "Something to do"]);
    }

    [Fact]
    public async Task Saving_many_items_compares_them_all()
    {
        var items = Enumerable.Range(1, 1500).Select(i => An.Item(i)).ToList();
        await Store.SaveItemsAsync(Backlog, items, None);

        var saved = await Store.SaveItemsAsync(Backlog, [.. items.Select(i => i.Ref == An.Ref(700) ? i with { Title = "New" } : i), An.Item(9999)], None);

        saved.Changed.ShouldBe([An.Ref(700)]);
        saved.New.ShouldBe([An.Ref(9999)]);
        saved.Same.ShouldBe(1499);
    }

    [Fact]
    public async Task An_item_given_twice_is_saved_once_with_its_last_content()
    {
        var saved = await Store.SaveItemsAsync(Backlog, [An.Item(1, "First"), An.Item(1, "Last")], None);

        saved.New.ShouldBe([An.Ref(1)]);
        (await TitlesAsync()).ShouldBe(["Last"]);
    }

    [Fact]
    public async Task A_new_revision_of_the_same_content_is_kept_and_counts_as_the_same()
    {
        await Store.SaveItemsAsync(Backlog, [An.Item(1) with { Revision = "1" }], None);

        var saved = await Store.SaveItemsAsync(Backlog, [An.Item(1) with { Revision = "2" }], None);

        saved.Same.ShouldBe(1);
        (await Store.FindItemsAsync(Backlog, [An.Ref(1)], None)).Single().Revision.ShouldBe("2");
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(40_000)]
    [InlineData(200_000)]
    [InlineData(5_000_000)]
    public async Task A_body_of_any_length_comes_back_whole(int length)
    {
        var noise = new Random(length);
        var body = string.Create(length, noise, (text, random) =>
        {
            for (var i = 0; i < text.Length; i++)
                text[i] = (char)random.Next('!', 'z');
        });
        await Store.SaveItemsAsync(Backlog, [An.Item(1, body: "short"), An.Item(2, body: "other")], None);

        await Store.SaveItemsAsync(Backlog, [An.Item(1, body: body)], None);

        (await Store.ItemsAsync(Backlog, None).ToListAsync(None)).Select(i => i.Body).ShouldBe([body, "other"]);
        (await Store.FindItemsAsync(Backlog, [An.Ref(1)], None)).Single().Body.ShouldBe(body);
    }

    [Fact]
    public async Task Found_items_come_in_the_order_asked_without_those_that_are_missing()
    {
        await Store.SaveItemsAsync(Backlog, [An.Item(1), An.Item(2), An.Item(3)], None);

        var found = await Store.FindItemsAsync(Backlog, [An.Ref(3), An.Ref(404), An.Ref(1)], None);

        found.Select(i => i.Ref).ShouldBe([An.Ref(3), An.Ref(1)]);
    }

    [Fact]
    public async Task Stamps_tell_hash_and_neighbours_and_a_new_content_keeps_the_stamp()
    {
        await Store.SaveItemsAsync(Backlog, [An.Item(1), An.Item(2)], None);
        await Store.StampNeighboursAsync(Backlog, [An.Ref(2)], "s1", None);
        await Store.SaveItemsAsync(Backlog, [An.Item(2, "Changed")], None);

        var stamps = await Store.StampsAsync(Backlog, None).ToListAsync(None);

        stamps.ShouldBe([
            new ItemStamp(An.Ref(1), ContentHash.Of(An.Item(1)), ""),
            new ItemStamp(An.Ref(2), ContentHash.Of(An.Item(2, "Changed")), "s1"),
        ]);
    }

    [Fact]
    public async Task The_newest_finding_of_each_step_is_kept()
    {
        await Store.SaveFindingsAsync(Backlog, [Examined(1, "type", "old"), Examined(1, "area", "a"), Examined(10, "type", "ten")], None);
        await Store.SaveFindingsAsync(Backlog, [Examined(1, "type", "new")], None);

        var onOne = await Store.FindingsAsync(Backlog, An.Ref(1), None);
        var all = await Store.FindingsAsync(Backlog, None).ToListAsync(None);

        onOne.Select(f => f.Finding.Reason).ShouldBe(["a", "new"]);
        all.Count.ShouldBe(3);
        onOne[1].From.ShouldBe(new ComputedFrom(1, "hash", "near"));
    }

    [Fact]
    public async Task The_latest_decision_is_the_newest_whatever_the_order_of_saving()
    {
        await Store.SaveDecisionsAsync(Backlog, [Decision(1, "b", 2), Decision(2, "x", 1)], None);
        await Store.SaveDecisionsAsync(Backlog, [Decision(1, "a", 1), Decision(1, "d", 4), Decision(1, "c", 3)], None);

        var latest = await Store.LatestDecisionsAsync(Backlog, None).ToListAsync(None);
        var onOne = await Store.DecisionsAsync(Backlog, An.Ref(1), None);

        latest.Select(d => d.Id).ShouldBe(["d", "x"]);
        onOne.Select(d => d.Id).ShouldBe(["d", "c", "b", "a"]);
    }

    [Fact]
    public async Task A_decision_saved_again_is_left_as_it_is()
    {
        await Store.SaveDecisionsAsync(Backlog, [Decision(1, "a", 1), Decision(1, "b", 2)], None);

        await Store.SaveDecisionsAsync(Backlog, [Decision(1, "a", 9), Decision(1, "b", 9)], None);

        var onOne = await Store.DecisionsAsync(Backlog, An.Ref(1), None);
        onOne.Select(d => (d.Id, d.DecidedAt)).ShouldBe([("b", An.Instant.AddHours(2)), ("a", An.Instant.AddHours(1))]);
    }

    [Fact]
    public async Task A_decision_taken_again_becomes_the_newest_without_a_second_row()
    {
        await Store.SaveDecisionsAsync(Backlog, [Decision(1, "a", 1), Decision(1, "b", 2)], None);

        await Store.SaveDecisionsAsync(Backlog, [Decision(1, "a", 3)], None);

        (await Store.LatestDecisionsAsync(Backlog, None).SingleAsync(None)).Id.ShouldBe("a");
        (await Store.DecisionsAsync(Backlog, An.Ref(1), None)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Of_two_decisions_at_the_same_instant_the_one_saved_last_is_the_latest()
    {
        await Store.SaveDecisionsAsync(Backlog, [Decision(1, "z", 1)], None);
        await Store.SaveDecisionsAsync(Backlog, [Decision(1, "a", 1)], None);

        (await Store.LatestDecisionsAsync(Backlog, None).SingleAsync(None)).Id.ShouldBe("a");
        (await Store.DecisionsAsync(Backlog, An.Ref(1), None)).Select(d => d.Id).ShouldBe(["a", "z"]);
    }

    [Fact]
    public async Task Steps_that_write_findings_on_the_same_items_at_once_keep_each_others()
    {
        string[] steps = ["area", "clarity", "effort", "priority", "type"];

        await Task.WhenAll(steps.Select(step => Task.Run(() => Store.SaveFindingsAsync(
            Backlog, [.. Enumerable.Range(1, 60).Select(n => Examined(n, step, step))], None))));

        foreach (var number in new[] { 1, 30, 60 })
            (await Store.FindingsAsync(Backlog, An.Ref(number), None)).Select(f => f.Finding.Step).ShouldBe(steps, ignoreOrder: true);
    }

    [Fact]
    public async Task Racing_writers_of_decisions_lose_none_and_agree_on_the_latest()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Store.SaveDecisionsAsync(
            Backlog, [.. Enumerable.Range(1, 60).Select(n => Decision(n, $"d{i}", i))], None))));

        (await Store.DecisionsAsync(Backlog, An.Ref(60), None)).Count.ShouldBe(8);
        var latest = await Store.LatestDecisionsAsync(Backlog, None).ToListAsync(None);
        latest.Count.ShouldBe(60);
        latest.ShouldAllBe(d => d.Id == "d7");
    }

    [Fact]
    public async Task A_cursor_is_null_until_set_and_belongs_to_its_backlog()
    {
        (await Store.CursorAsync(Backlog, "swept/at", None)).ShouldBeNull();

        await Store.SetCursorAsync(Backlog, "swept/at", "1", None);
        await Store.SetCursorAsync(Backlog, "swept/at", "2", None);

        (await Store.CursorAsync(Backlog, "swept/at", None)).ShouldBe("2");
        (await Store.CursorAsync("another", "swept/at", None)).ShouldBeNull();
    }

    [Fact]
    public async Task Backlogs_of_any_name_stay_apart_and_are_listed_after_reopening()
    {
        string[] names = ["plain", "a|near", "a", "A", "ü #1/? \\ 100% 🎉\n", new string('x', 3000), new string('x', 3000) + "y"];
        foreach (var name in names)
            await Store.SaveItemsAsync(name, [An.Item(1, name)], None);

        var store = Reopen();

        (await store.BacklogsAsync(None)).ShouldBe(names, ignoreOrder: true);
        foreach (var name in names)
            (await store.ItemsAsync(name, None).SingleAsync(None)).Title.ShouldBe(name);
    }

    [Fact]
    public async Task Items_with_hostile_refs_stay_apart()
    {
        WorkItemRef[] refs = [new("file", "a|b", "1"), new("file", "a", "b|1"), new("file", "a~b", "1"), new("file", "a", "b~1"), new("file", "'; --", "?#/\\")];
        await Store.SaveItemsAsync(Backlog, [.. refs.Select(r => An.Item(1) with { Ref = r })], None);
        await Store.SaveFindingsAsync(Backlog, [.. refs.Select(r => new ExaminedFinding(Finding.Nothing("type", r, $"{r}"), new ComputedFrom(1, "")))], None);

        (await Store.ItemsAsync(Backlog, None).Select(i => i.Ref).ToListAsync(None)).ShouldBe(refs, ignoreOrder: true);
        foreach (var item in refs)
            (await Store.FindingsAsync(Backlog, item, None)).Single().Finding.Reason.ShouldBe($"{item}");
    }

    [Fact]
    public async Task Everything_is_there_after_reopening()
    {
        await Store.SaveItemsAsync(Backlog, [An.Item(1)], None);
        await Store.SaveFindingsAsync(Backlog, [Examined(1, "type", "kept")], None);
        await Store.SaveDecisionsAsync(Backlog, [Decision(1, "a", 1)], None);

        var store = Reopen();

        (await store.SaveItemsAsync(Backlog, [An.Item(1)], None)).Same.ShouldBe(1);
        (await store.FindingsAsync(Backlog, An.Ref(1), None)).Single().Finding.Reason.ShouldBe("kept");
        (await store.LatestDecisionsAsync(Backlog, None).SingleAsync(None)).Id.ShouldBe("a");
    }

    private async Task<List<string>> TitlesAsync() => await Store.ItemsAsync(Backlog, None).Select(i => i.Title).ToListAsync(None);

    private static ExaminedFinding Examined(int item, string step, string reason) =>
        new(Finding.Nothing(step, An.Ref(item), reason), new ComputedFrom(1, "hash", "near"));

    private static Decision Decision(int item, string id, int hour) => new()
    {
        Id = id,
        Item = An.Ref(item),
        ItemHash = "hash",
        PolicyVersion = "policy",
        DecidedAt = An.Instant.AddHours(hour),
        Verdict = Verdict.Drop,
        Reason = "No step proposes a change.",
    };
}
