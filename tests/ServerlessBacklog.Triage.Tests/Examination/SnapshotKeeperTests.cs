using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.People;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Tests.Examination;

public class SnapshotKeeperTests
{
    private const string Backlog = "owner/repo";

    private static readonly WorkItem[] Items =
        [.. Enumerable.Range(1, 20).Select(i => An.Item(i, $"Crash number {i + 10} in window {i % 3 + 50}", $"Pressing save on page {i + 100} loses data in 2.{i}"))];

    private readonly InMemoryBacklogStore store = new();
    private readonly InMemorySnapshotStore bodies = new();
    private readonly InMemoryPeople people = new();
    private readonly FakeTimeProvider time = new(An.Instant);

    [Fact]
    public async Task What_is_kept_is_what_a_build_from_the_items_gives()
    {
        await SaveAsync(Items);

        await RefreshAsync();

        await ShouldBeWholeAsync(Items);
        bodies.Names.ShouldBe(["owner/repo/index", "owner/repo/outlines"]);
    }

    [Fact]
    public async Task A_kept_snapshot_brings_in_what_changed_since()
    {
        await SaveAsync(Items);
        await RefreshAsync();
        var edited = Items[0] with { Title = "Translation of the help pages" };

        await SaveAsync(edited);
        store.Remove(Backlog, Items[1].Ref);

        await ShouldBeWholeAsync([edited, .. Items.Skip(2)]);
        await ShouldBeWholeAsync([edited, .. Items.Skip(2)]);
    }

    [Theory]
    [InlineData("owner/repo/outlines")]
    [InlineData("owner/repo/index")]
    public async Task A_lost_body_is_built_again(string name)
    {
        await SaveAsync(Items);
        await RefreshAsync();

        bodies.Lose(name);

        await ShouldBeWholeAsync(Items);
    }

    [Theory]
    [InlineData("owner/repo/outlines")]
    [InlineData("owner/repo/index")]
    public async Task A_body_that_is_cut_off_anywhere_is_built_again(string name)
    {
        await SaveAsync(Items);
        await RefreshAsync();

        for (var share = 0.0; share < 1; share += 0.09)
        {
            bodies.Damage(name, body => body[..(int)(body.Length * share)]);
            await ShouldBeWholeAsync(Items);
            bodies.Lose("owner/repo/outlines");
            await RefreshAsync();
        }
    }

    [Theory]
    [InlineData("owner/repo/outlines")]
    [InlineData("owner/repo/index")]
    public async Task A_body_with_one_wrong_byte_is_built_again(string name)
    {
        await SaveAsync(Items);
        await RefreshAsync();

        for (var share = 0.0; share < 1; share += 0.045)
        {
            bodies.Damage(name, body =>
            {
                body[(int)(body.Length * share)] ^= 0x10;
                return body;
            });
            await ShouldBeWholeAsync(Items);
            bodies.Lose("owner/repo/outlines");
            await RefreshAsync();
        }
    }

    [Fact]
    public async Task Without_the_last_snapshot_every_item_that_was_examined_is_told_of_a_change()
    {
        await SaveAsync(Items);
        await RefreshAsync();
        await store.SaveFindingsAsync(Backlog, [new ExaminedFinding(Finding.Nothing("fake", Items[0].Ref, "Nothing."), new ComputedFrom(1, "hash"))], [], default);
        bodies.Lose("owner/repo/outlines");

        await RefreshAsync();

        (await StampsAsync()).ShouldAllBe(s => s.Neighbours != "");
    }

    [Fact]
    public async Task A_first_snapshot_tells_nobody()
    {
        await SaveAsync(Items);

        await RefreshAsync();

        (await StampsAsync()).ShouldAllBe(s => s.Neighbours == "");
    }

    [Fact]
    public async Task The_current_snapshot_brings_in_what_came_since_and_tells_and_stores_nothing()
    {
        await SaveAsync(Items);
        await RefreshAsync();
        var edited = Items[0] with { Title = "Translation of the help pages" };

        await SaveAsync(edited);
        var current = await new SnapshotKeeper(store, bodies, people, time).CurrentAsync(Backlog, default);

        current.Find(edited.Ref)!.ContentHash.ShouldBe(ContentHash.Of(edited));
        (await StampsAsync()).ShouldAllBe(s => s.Neighbours == "");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_current_snapshot_is_made_once_while_nothing_changes(bool isLost)
    {
        await SaveAsync(Items);
        await RefreshAsync();
        if (isLost)
            bodies.Lose("owner/repo/outlines");
        var keeper = new SnapshotKeeper(store, bodies, people, time);

        var first = await keeper.CurrentAsync(Backlog, default);

        (await keeper.CurrentAsync(Backlog, default)).ShouldBeSameAs(first);
    }

    [Fact]
    public async Task A_process_notices_that_another_one_has_swept()
    {
        await SaveAsync(Items);
        await RefreshAsync();
        var keeper = new SnapshotKeeper(store, bodies, people, time);
        await SaveAsync(Items[0] with { Title = "Translation of the help pages" });
        var tail = await keeper.CurrentAsync(Backlog, default);

        await RefreshAsync();

        var swept = await keeper.CurrentAsync(Backlog, default);
        swept.ShouldNotBeSameAs(tail);
        swept.Version.ShouldBe(tail.Version);
    }

    [Fact]
    public async Task A_removed_item_leaves_the_snapshot_and_comes_back_with_the_item()
    {
        await SaveAsync(Items);
        await RefreshAsync();
        var keeper = new SnapshotKeeper(store, bodies, people, time);
        (await keeper.CurrentAsync(Backlog, default)).Find(Items[3].Ref).ShouldNotBeNull();

        await store.UpdateItemAsync(Backlog, Items[3].Ref, _ => ItemUpdate.Remove(An.Instant), default);
        var without = await keeper.CurrentAsync(Backlog, default);
        await SaveAsync(Items[3]);
        var with = await keeper.CurrentAsync(Backlog, default);

        without.Find(Items[3].Ref).ShouldBeNull();
        without.Index.Contains(Items[3].Ref).ShouldBeFalse();
        with.Find(Items[3].Ref)!.ContentHash.ShouldBe(ContentHash.Of(Items[3]));
        with.Index.Contains(Items[3].Ref).ShouldBeTrue();
    }

    [Fact]
    public async Task An_item_is_examined_in_a_snapshot_that_holds_it_as_it_is_stored_however_young_the_last_one()
    {
        await SaveAsync(Items);
        await RefreshAsync();
        var keeper = new SnapshotKeeper(store, bodies, people, time);
        var before = await keeper.CurrentAsync(Backlog, Items[0].Ref, default);
        var edited = Items[0] with { Title = "Translation of the help pages" };

        await SaveAsync(edited, Items[1] with { Title = "Something else that changed" });

        (await keeper.CurrentAsync(Backlog, Items[2].Ref, default)).ShouldBeSameAs(before);
        var now = await keeper.CurrentAsync(Backlog, edited.Ref, default);
        now.Find(edited.Ref)!.ContentHash.ShouldBe(ContentHash.Of(edited));
        now.Find(Items[1].Ref)!.Item.Title.ShouldBe("Something else that changed");
        (await keeper.OpenAsync(Backlog, now.Version, edited.Ref, default)).ShouldBeSameAs(now);
    }

    [Fact]
    public async Task Other_items_are_a_few_seconds_old_at_most()
    {
        await SaveAsync(Items);
        await RefreshAsync();
        var keeper = new SnapshotKeeper(store, bodies, people, time);
        await keeper.CurrentAsync(Backlog, Items[2].Ref, default);
        await SaveAsync(Items[0] with { Title = "Changed by another process" });

        time.Advance(TimeSpan.FromSeconds(6));

        (await keeper.CurrentAsync(Backlog, Items[2].Ref, default)).Find(Items[0].Ref)!.Item.Title.ShouldBe("Changed by another process");
    }

    [Fact]
    public async Task An_item_that_the_tail_does_not_name_is_brought_in_all_the_same()
    {
        await SaveAsync(Items);
        await RefreshAsync();
        var forgetful = new ForgetfulStore { Inner = store }.Proxy();
        var keeper = new SnapshotKeeper(forgetful, bodies, people, time);
        await keeper.CurrentAsync(Backlog, default);
        var edited = Items[0] with { Title = "Translation of the help pages" };

        await SaveAsync(edited);

        (await keeper.CurrentAsync(Backlog, edited.Ref, default)).Find(edited.Ref)!.ContentHash.ShouldBe(ContentHash.Of(edited));
    }

    [Fact]
    public async Task Long_after_a_sweep_the_snapshot_still_is_what_a_build_gives_and_older_ones_are_let_go()
    {
        WorkItem[] items = [.. Enumerable.Range(1, 300).Select(i => An.Item(i, $"Crash number {i} in window {i % 7}", $"Saving page {i} loses data"))];
        await SaveAsync(items);
        await RefreshAsync();
        var keeper = new SnapshotKeeper(store, bodies, people, time);

        var seen = await ChangeOftenAsync(keeper, items);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        seen.Count(s => s.TryGetTarget(out _)).ShouldBeLessThanOrEqualTo(4);
        ShouldBeSame(await keeper.CurrentAsync(Backlog, default), items);
        GC.KeepAlive(keeper);
    }

    [Fact]
    public async Task Who_is_who_is_part_of_the_snapshot_and_changes_the_version_of_people()
    {
        await SaveAsync(Items);
        await RefreshAsync();
        var keeper = new SnapshotKeeper(store, bodies, people, time);
        var before = await keeper.CurrentAsync(Backlog, default);

        await people.SaveAsync(new PeopleDirectory([new PersonRecord("Ada") { GitHub = "ada" }]), default);
        var after = await keeper.CurrentAsync(Backlog, default);
        await SaveAsync(Items[0] with { Title = "Translation of the help pages" });
        var later = await keeper.CurrentAsync(Backlog, default);

        PeopleVersion.Of(after).ShouldNotBe(PeopleVersion.Of(before));
        after.Version.ShouldBe(before.Version);
        later.People.Find("github", "ADA").ShouldNotBeNull();
        (await RefreshAsync()).People.People.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_came_since_is_forgotten_one_sweep_later_than_it_was_brought_in()
    {
        await SaveAsync(Items);
        await RefreshAsync();
        var other = new SnapshotKeeper(store, bodies, people, time);
        await other.CurrentAsync(Backlog, default);
        WorkItem[] edits = [.. Items.Take(3).Select((item, i) => item with { Title = $"Edit {i} of the help pages" })];

        await SaveAsync(edits[0]);
        await RefreshAsync();
        await SaveAsync(edits[1]);
        ShouldBeSame(await other.CurrentAsync(Backlog, default), [edits[0], edits[1], .. Items.Skip(2)]);
        await RefreshAsync();
        await SaveAsync(edits[2]);
        await RefreshAsync();

        ShouldBeSame(await other.CurrentAsync(Backlog, default), [.. edits, .. Items.Skip(3)]);
        await Should.ThrowAsync<InvalidOperationException>(() => store.TailAsync(Backlog, "0", default));
    }

    /// <summary>Changes a fifth of the items again and again, and looks each time.</summary>
    private async Task<List<WeakReference<BacklogSnapshot>>> ChangeOftenAsync(SnapshotKeeper keeper, WorkItem[] items)
    {
        var seen = new List<WeakReference<BacklogSnapshot>>();
        for (var round = 0; round < 120; round++)
        {
            var at = round % 60;
            items[at] = items[at] with { Title = $"Round {round} of window {at}" };
            await SaveAsync(items[at]);
            var now = await keeper.CurrentAsync(Backlog, default);
            now.Find(items[at].Ref)!.ContentHash.ShouldBe(ContentHash.Of(items[at]));
            if (round % 3 == 0)
                now.Index.Contains(items[at].Ref).ShouldBeTrue();
            seen.Add(new WeakReference<BacklogSnapshot>(now));
        }

        return seen;
    }

    private Task<SavedItems> SaveAsync(params WorkItem[] items) => store.SaveItemsAsync(Backlog, items, default);

    private Task<BacklogSnapshot> RefreshAsync() => new SnapshotKeeper(store, bodies, people, time).RefreshAsync(Backlog, default);

    private async Task<List<ItemStamp>> StampsAsync() => await store.StampsAsync(Backlog, default).ToListAsync();

    private async Task ShouldBeWholeAsync(IReadOnlyList<WorkItem> items)
    {
        ShouldBeSame(await RefreshAsync(), items);
    }

    private static void ShouldBeSame(BacklogSnapshot kept, IReadOnlyList<WorkItem> items)
    {
        var built = BacklogSnapshot.Build(items);
        kept.Items.Keys.ShouldBe(built.Items.Keys, ignoreOrder: true);
        foreach (var item in items)
        {
            kept.Find(item.Ref)!.ContentHash.ShouldBe(ContentHash.Of(item));
            kept.Find(item.Ref)!.Facts.ShouldBe(built.Find(item.Ref)!.Facts);
            kept.Find(item.Ref)!.Signals.ShouldBe(built.Find(item.Ref)!.Signals);
            kept.Find(item.Ref)!.Item.Body.ShouldBeEmpty();
            var expected = built.Index.Search(item.Ref, items.Count).ToDictionary(h => h.Item, h => h.Score);
            var hits = kept.Index.Search(item.Ref, items.Count);
            hits.Select(h => h.Item).ShouldBe(expected.Keys, ignoreOrder: true);
            hits.ShouldAllBe(h => Math.Abs(h.Score - expected[h.Item]) < 1e-4);
        }
    }
}
