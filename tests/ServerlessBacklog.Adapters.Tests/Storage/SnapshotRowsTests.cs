using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Adapters.Storage.Sqlite;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage;

/// <summary>What the examination of one item costs in rows, whatever the length of the backlog.</summary>
public sealed class SnapshotRowsTests : IAsyncLifetime
{
    private const string Backlog = "owner/repo";
    private const int Items = 10_000;
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    private readonly TemporaryDirectory directory = new();
    private readonly InMemorySnapshotStore bodies = new();
    private readonly FakeTimeProvider time = new(An.Instant);
    private readonly CountingTables tables;
    private readonly BacklogStore store;

    public SnapshotRowsTests()
    {
        tables = new CountingTables(SqliteTables.Open(directory.File("rows.db")));
        store = new BacklogStore(tables, time);
    }

    public async ValueTask InitializeAsync()
    {
        await store.SaveItemsAsync(Backlog, [.. Enumerable.Range(1, Items).Select(i => An.Item(i, $"Crash {i} in window {i % 50}"))], None);
        time.Advance(TimeSpan.FromHours(1));
        await new SnapshotKeeper(store, bodies, new PeopleRow(tables), time).RefreshAsync(Backlog, None);
        time.Advance(TimeSpan.FromHours(1));
        tables.Read = 0;
    }

    [Fact]
    public async Task A_webhook_reads_a_few_rows_of_a_long_backlog()
    {
        var keeper = new SnapshotKeeper(store, bodies, new PeopleRow(tables), time);
        for (var webhook = 1; webhook <= 20; webhook++)
        {
            await store.UpdateItemAsync(Backlog, An.Ref(webhook), _ => ItemUpdate.Save(An.Item(webhook, $"Edited {webhook}")), None);
            tables.Read = 0;

            (await keeper.CurrentAsync(Backlog, An.Ref(webhook), None)).Find(An.Ref(webhook))!.Item.Title.ShouldBe($"Edited {webhook}");

            tables.Read.ShouldBeLessThan(20);
            time.Advance(TimeSpan.FromMinutes(2));
        }
    }

    [Fact]
    public async Task A_process_that_starts_reads_the_stored_snapshot_and_what_came_since()
    {
        await store.SaveItemsAsync(Backlog, [.. Enumerable.Range(1, 30).Select(i => An.Item(i, $"Edited {i}"))], None);
        tables.Read = 0;

        var current = await new SnapshotKeeper(store, bodies, new PeopleRow(tables), time).CurrentAsync(Backlog, An.Ref(7), None);

        current.Items.Count.ShouldBe(Items);
        current.Find(An.Ref(30))!.Item.Title.ShouldBe("Edited 30");
        tables.Read.ShouldBeLessThan(50);
    }

    [Fact]
    public async Task In_a_burst_one_looking_does_for_many()
    {
        var keeper = new SnapshotKeeper(store, bodies, new PeopleRow(tables), time);
        await keeper.CurrentAsync(Backlog, None);
        await store.SaveItemsAsync(Backlog, [.. Enumerable.Range(1, 200).Select(i => An.Item(i, $"Edited {i}"))], None);
        tables.Tails = 0;

        var found = await Task.WhenAll(Enumerable.Range(1, 200).Select(i => Task.Run(async () =>
            (await keeper.CurrentAsync(Backlog, An.Ref(i), None)).Find(An.Ref(i))!.Item.Title == $"Edited {i}")));

        found.ShouldAllBe(f => f);
        tables.Tails.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task The_change_of_another_process_is_seen()
    {
        var keeper = new SnapshotKeeper(store, bodies, new PeopleRow(tables), time);
        await keeper.CurrentAsync(Backlog, An.Ref(1), None);
        var other = new BacklogStore(tables, new FakeTimeProvider(time.GetUtcNow().AddSeconds(-25)));

        await other.UpdateItemAsync(Backlog, An.Ref(2), _ => ItemUpdate.Remove(An.Instant), None);
        await other.SaveItemsAsync(Backlog, [An.Item(3, "Edited elsewhere")], None);
        time.Advance(TimeSpan.FromSeconds(6));

        var current = await keeper.CurrentAsync(Backlog, An.Ref(1), None);
        current.Find(An.Ref(2)).ShouldBeNull();
        current.Find(An.Ref(3))!.Item.Title.ShouldBe("Edited elsewhere");
    }

    public ValueTask DisposeAsync()
    {
        tables.Dispose();
        directory.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Counts rows that were read, and readings of the tail.</summary>
    private sealed class CountingTables(SqliteTables tables) : ITableStore, IDisposable
    {
        public int Read;
        public int Tails;

        public ITable Open(string name) => new Counting(tables.Open(name), this);

        public void Dispose() => tables.Dispose();

        private sealed class Counting(ITable table, CountingTables counts) : ITable
        {
            public Task<TableRow?> FindAsync(string partitionKey, string rowKey, IReadOnlyCollection<string>? columns, CancellationToken cancellation)
            {
                Interlocked.Increment(ref counts.Read);
                return table.FindAsync(partitionKey, rowKey, columns, cancellation);
            }

            public IAsyncEnumerable<TableRow> RangeAsync(
                string partitionKey, RowKeyRange range, IReadOnlyCollection<string>? columns, CancellationToken cancellation)
            {
                if (range.From.StartsWith("|tail|", StringComparison.Ordinal))
                    Interlocked.Increment(ref counts.Tails);
                return table.RangeAsync(partitionKey, range, columns, cancellation).Select(row =>
                {
                    Interlocked.Increment(ref counts.Read);
                    return row;
                });
            }

            public Task<BatchAnswer> ApplyAsync(IReadOnlyList<TableOperation> batch, CancellationToken cancellation) =>
                table.ApplyAsync(batch, cancellation);
        }
    }
}
