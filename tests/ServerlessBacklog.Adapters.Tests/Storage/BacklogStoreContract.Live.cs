using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage;

/// <summary>Single items that come, change and go; what changed since; what people took away.</summary>
public abstract partial class BacklogStoreContract
{
    /// <summary>The clock of the store.</summary>
    protected FakeTimeProvider Time { get; } = new(An.Instant);

    [Fact]
    public async Task An_update_is_told_what_is_stored_and_says_what_changed()
    {
        var (first, second) = (An.Item(1), An.Item(1, "Another title") with { Revision = "2" });
        List<KnownItem> known = [];

        ItemChange[] changes =
        [
            await UpdateAsync(1, Save(first, known)),
            await UpdateAsync(1, Save(second, known)),
            await UpdateAsync(1, Save(second with { Revision = "3" }, known)),
            await UpdateAsync(1, _ => ItemUpdate.Nothing),
        ];

        var (one, two) = (ContentHash.Of(first), ContentHash.Of(second));
        changes.ShouldBe([new(null, one), new(one, two), new(two, two), new(two, two)]);
        changes.Select(c => c.IsChange).ShouldBe([true, true, false, false]);
        known.Select(k => k.Item?.Title).ShouldBe([null, first.Title, second.Title]);
        (await Store.FindItemsAsync(Backlog, [An.Ref(1)], None)).Single().Revision.ShouldBe("3");
        (await Store.BacklogsAsync(None)).ShouldBe([Backlog]);
    }

    [Fact]
    public async Task An_item_that_went_leaves_a_mark_of_when_and_nothing_else()
    {
        await Store.SaveItemsAsync(Backlog, [An.Item(1), An.Item(2)], None);

        var change = await UpdateAsync(1, _ => ItemUpdate.Remove(An.Instant.AddTicks(7)));

        change.ShouldBe(new ItemChange(ContentHash.Of(An.Item(1)), null));
        (await Store.ItemsAsync(Backlog, None).Select(i => i.Ref).ToListAsync(None)).ShouldBe([An.Ref(2)]);
        (await Store.StampsAsync(Backlog, None).Select(s => s.Item).ToListAsync(None)).ShouldBe([An.Ref(2)]);
        (await Store.FindItemsAsync(Backlog, [An.Ref(1)], None)).ShouldBeEmpty();
        (await KnownAsync(1)).ShouldBe(new KnownItem(null, An.Instant.AddTicks(7)));
        (await KnownAsync(2)).GoneAt.ShouldBeNull();
    }

    [Fact]
    public async Task The_mark_outlives_the_return_of_the_item_and_never_goes_back()
    {
        await UpdateAsync(1, _ => ItemUpdate.Remove(An.Instant));
        await UpdateAsync(1, _ => ItemUpdate.Remove(An.Instant.AddHours(-1)));
        await UpdateAsync(1, _ => ItemUpdate.Save(An.Item(1)));
        (await KnownAsync(1)).GoneAt.ShouldBe(An.Instant);

        await UpdateAsync(1, _ => ItemUpdate.Remove(An.Instant.AddHours(1)));

        (await KnownAsync(1)).ShouldBe(new KnownItem(null, An.Instant.AddHours(1)));
    }

    [Fact]
    public async Task Removing_what_is_not_there_is_no_change_and_is_remembered()
    {
        (await UpdateAsync(1, _ => ItemUpdate.Remove(An.Instant))).IsChange.ShouldBeFalse();

        (await KnownAsync(1)).ShouldBe(new KnownItem(null, An.Instant));
        (await Store.ItemsAsync(Backlog, None).CountAsync(None)).ShouldBe(0);
    }

    [Fact]
    public async Task Updates_that_race_lose_none_of_each_other()
    {
        await Store.SaveItemsAsync(Backlog, [An.Item(1)], None);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => UpdateAsync(
            1, known => ItemUpdate.Save(known.Item! with { Labels = [.. known.Item.Labels, new Label($"l{i}")] })))));

        (await KnownAsync(1)).Item!.Labels.Count.ShouldBe(12);
    }

    [Fact]
    public async Task Late_news_never_brings_back_an_item_that_is_removed_at_the_same_time()
    {
        for (var round = 1; round <= 20; round++)
        {
            var item = An.Item(round);
            await Task.WhenAll(
                Task.Run(() => UpdateAsync(round, known => known.GoneAt is null ? ItemUpdate.Save(item) : ItemUpdate.Nothing)),
                Task.Run(() => UpdateAsync(round, _ => ItemUpdate.Remove(An.Instant))));

            (await KnownAsync(round)).ShouldBe(new KnownItem(null, An.Instant));
        }
    }

    [Fact]
    public async Task The_tail_names_what_changed_and_what_went_after_the_mark()
    {
        await Store.SaveItemsAsync(Backlog, [An.Item(1), An.Item(2), An.Item(3), An.Item(4)], None);
        Pass();
        var start = await Store.TailAsync(Backlog, null, None);

        await Store.SaveItemsAsync(Backlog, [An.Item(1), An.Item(2, "Changed"), An.Item(5)], None);
        await UpdateAsync(3, _ => ItemUpdate.Remove(An.Instant));
        await UpdateAsync(4, _ => ItemUpdate.Save(An.Item(4, "Changed")));
        var tail = await Store.TailAsync(Backlog, start.Mark, None);

        start.Changed.ShouldBeEmpty();
        tail.Changed.ShouldBe(
            new Dictionary<WorkItemRef, string?>
            {
                [An.Ref(2)] = ContentHash.Of(An.Item(2, "Changed")),
                [An.Ref(3)] = null,
                [An.Ref(4)] = ContentHash.Of(An.Item(4, "Changed")),
                [An.Ref(5)] = ContentHash.Of(An.Item(5)),
            },
            ignoreOrder: true);
        (await Store.TailAsync("another", start.Mark, None)).Changed.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_tail_goes_on_from_its_own_mark_and_tells_the_last_word()
    {
        var start = await Store.TailAsync(Backlog, null, None);
        await Store.SaveItemsAsync(Backlog, [An.Item(1)], None);
        Pass();
        var first = await Store.TailAsync(Backlog, start.Mark, None);
        Pass();

        await UpdateAsync(2, _ => ItemUpdate.Save(An.Item(2)));
        await UpdateAsync(2, _ => ItemUpdate.Remove(An.Instant));
        var second = await Reopen().TailAsync(Backlog, first.Mark, None);

        first.Changed.Keys.ShouldBe([An.Ref(1)]);
        second.Changed.ShouldBe(new Dictionary<WorkItemRef, string?> { [An.Ref(2)] = null });
    }

    [Fact]
    public async Task Whatever_its_number_no_item_is_left_out_of_the_tail()
    {
        var start = await Store.TailAsync(Backlog, null, None);
        var long0 = new string('n', 5_000);

        await Store.SaveItemsAsync(
            Backlog,
            [.. Enumerable.Range(1, 350).Select(i => An.Item(i)), .. Enumerable.Range(1, 20).Select(i => An.Item(1) with { Ref = new("file", $"{long0} \"ü\"", $"{i}") })],
            None);

        (await Store.TailAsync(Backlog, start.Mark, None)).Changed.Count.ShouldBe(370);
    }

    [Fact]
    public async Task What_is_forgotten_of_the_tail_is_what_lies_before_the_mark()
    {
        var start = await Store.TailAsync(Backlog, null, None);
        await Store.SaveItemsAsync(Backlog, [An.Item(1)], None);
        Pass();
        var mark = (await Store.TailAsync(Backlog, start.Mark, None)).Mark;
        Pass();
        await Store.SaveItemsAsync(Backlog, [An.Item(2)], None);

        await Store.ForgetTailAsync(Backlog, mark, None);
        await Store.ForgetTailAsync(Backlog, mark, None);

        (await Store.TailAsync(Backlog, mark, None)).Changed.Keys.ShouldBe([An.Ref(2)]);
        (await Store.ItemsAsync(Backlog, None).CountAsync(None)).ShouldBe(2);
    }

    [Fact]
    public async Task What_people_took_away_is_remembered_by_item_slot_and_value()
    {
        HumanOverride[] taken =
        [
            new("label:bug", null, "ada", An.Instant),
            new("field:Priority", "P1", "bob \"ü\"", An.Instant.AddMinutes(1)),
            new("field:Priority", "P2", "ada", An.Instant.AddMinutes(2)),
            new("assign", "Grace", "ada", An.Instant.AddMinutes(3)),
        ];
        await Store.SaveOverridesAsync(Backlog, An.Ref(1), taken[..2], None);

        await Store.SaveOverridesAsync(Backlog, An.Ref(1), [taken[0] with { By = "eve", At = An.Instant.AddDays(1) }, .. taken[2..]], None);
        await Store.SaveOverridesAsync(Backlog, An.Ref(1), [taken[3] with { Value = "GRACE", At = An.Instant.AddDays(1) }], None);
        await Store.SaveOverridesAsync(Backlog, An.Ref(10), [taken[1]], None);

        (await Reopen().OverridesAsync(Backlog, An.Ref(1), None)).ShouldBe(taken);
        (await Store.OverridesAsync(Backlog, An.Ref(10), None)).ShouldBe([taken[1]]);
        (await Store.OverridesAsync(Backlog, An.Ref(2), None)).ShouldBeEmpty();
        (await Store.OverridesAsync("another", An.Ref(1), None)).ShouldBeEmpty();
    }

    private Task<ItemChange> UpdateAsync(int number, Func<KnownItem, ItemUpdate> update) => Store.UpdateItemAsync(Backlog, An.Ref(number), update, None);

    private async Task<KnownItem> KnownAsync(int number)
    {
        KnownItem? known = null;
        await UpdateAsync(number, now =>
        {
            known = now;
            return ItemUpdate.Nothing;
        });
        return known!;
    }

    private static Func<KnownItem, ItemUpdate> Save(WorkItem item, List<KnownItem> seen) => known =>
    {
        seen.Add(known);
        return ItemUpdate.Save(item);
    };

    /// <summary>Enough time for what was written before to lie outside the overlap.</summary>
    private void Pass() => Time.Advance(TimeSpan.FromMinutes(5));
}
