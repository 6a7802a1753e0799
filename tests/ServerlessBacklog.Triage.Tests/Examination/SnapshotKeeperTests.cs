using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Tests.Examination;

public class SnapshotKeeperTests
{
    private const string Backlog = "owner/repo";

    private static readonly WorkItem[] Items =
        [.. Enumerable.Range(1, 20).Select(i => An.Item(i, $"Crash number {i + 10} in window {i % 3 + 50}", $"Pressing save on page {i + 100} loses data in 2.{i}"))];

    private readonly InMemoryBacklogStore store = new();
    private readonly InMemorySnapshotStore bodies = new();

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
        var current = await new SnapshotKeeper(store, bodies).CurrentAsync(Backlog, default);

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
        var keeper = new SnapshotKeeper(store, bodies);

        var first = await keeper.CurrentAsync(Backlog, default);

        (await keeper.CurrentAsync(Backlog, default)).ShouldBeSameAs(first);
    }

    [Fact]
    public async Task A_process_notices_that_another_one_has_swept()
    {
        await SaveAsync(Items);
        await RefreshAsync();
        var keeper = new SnapshotKeeper(store, bodies);
        await SaveAsync(Items[0] with { Title = "Translation of the help pages" });
        var tail = await keeper.CurrentAsync(Backlog, default);

        await RefreshAsync();

        var swept = await keeper.CurrentAsync(Backlog, default);
        swept.ShouldNotBeSameAs(tail);
        swept.Version.ShouldBe(tail.Version);
    }

    private Task<SavedItems> SaveAsync(params WorkItem[] items) => store.SaveItemsAsync(Backlog, items, default);

    private Task<BacklogSnapshot> RefreshAsync() => new SnapshotKeeper(store, bodies).RefreshAsync(Backlog, default);

    private async Task<List<ItemStamp>> StampsAsync() => await store.StampsAsync(Backlog, default).ToListAsync();

    private async Task ShouldBeWholeAsync(IReadOnlyList<WorkItem> items)
    {
        var kept = await RefreshAsync();
        var built = BacklogSnapshot.Build(items);
        kept.Items.Keys.ShouldBe(built.Items.Keys, ignoreOrder: true);
        foreach (var item in items)
        {
            kept.Find(item.Ref)!.ContentHash.ShouldBe(ContentHash.Of(item));
            kept.Find(item.Ref)!.Facts.ShouldBe(built.Find(item.Ref)!.Facts);
            kept.Find(item.Ref)!.Signals.ShouldBe(built.Find(item.Ref)!.Signals);
            kept.Find(item.Ref)!.Item.Body.ShouldBeEmpty();
            var expected = built.Index.Search(item.Ref, 50).ToDictionary(h => h.Item, h => h.Score);
            var hits = kept.Index.Search(item.Ref, 50);
            hits.Select(h => h.Item).ShouldBe(expected.Keys, ignoreOrder: true);
            hits.ShouldAllBe(h => Math.Abs(h.Score - expected[h.Item]) < 1e-4);
        }
    }
}
