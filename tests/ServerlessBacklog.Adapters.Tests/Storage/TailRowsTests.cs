using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Adapters.Storage.Sqlite;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage;

/// <summary>Two processes with clocks of their own, and writes that take their time.</summary>
public sealed class TailRowsTests : IDisposable
{
    private const string Backlog = "owner/repo";
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    private readonly TemporaryDirectory directory = new();
    private readonly SqliteTables tables;
    private readonly FakeTimeProvider time = new(An.Instant);

    public TailRowsTests() => tables = SqliteTables.Open(directory.File("rows.db"));

    [Theory]
    [InlineData(-30)]
    [InlineData(30)]
    public async Task A_process_whose_clock_is_half_a_minute_off_is_not_left_out(int seconds)
    {
        var (reader, writer) = (Store(time), Store(new FakeTimeProvider(An.Instant.AddSeconds(seconds))));
        var start = await reader.TailAsync(Backlog, null, None);

        await writer.SaveItemsAsync(Backlog, [An.Item(1)], None);

        (await reader.TailAsync(Backlog, start.Mark, None)).Changed.Keys.ShouldBe([An.Ref(1)]);
    }

    [Fact]
    public async Task A_write_that_commits_after_a_reading_is_seen_by_the_next_one()
    {
        var reader = Store(time);
        var start = await reader.TailAsync(Backlog, null, None);
        ItemTail? between = null;
        var writer = new BacklogStore(new SlowTables(tables, async () =>
        {
            time.Advance(TimeSpan.FromSeconds(29));
            between = await reader.TailAsync(Backlog, start.Mark, None);
        }), time);

        await writer.SaveItemsAsync(Backlog, [An.Item(1)], None);

        between!.Changed.ShouldBeEmpty();
        (await reader.TailAsync(Backlog, between.Mark, None)).Changed.Keys.ShouldBe([An.Ref(1)]);
    }

    [Fact]
    public async Task A_write_that_took_longer_than_the_overlap_is_told_again()
    {
        var reader = Store(time);
        var start = await reader.TailAsync(Backlog, null, None);
        ItemTail? between = null;
        var writer = new BacklogStore(new SlowTables(tables, async () =>
        {
            time.Advance(TimeSpan.FromMinutes(10));
            between = await reader.TailAsync(Backlog, start.Mark, None);
        }), time);

        await writer.UpdateItemAsync(Backlog, An.Ref(1), _ => ItemUpdate.Save(An.Item(1)), None);

        between!.Changed.ShouldBeEmpty();
        (await reader.TailAsync(Backlog, between.Mark, None)).Changed.Keys.ShouldBe([An.Ref(1)]);
    }

    [Fact]
    public async Task Of_changes_by_clocks_that_differ_the_tail_tells_what_is_stored()
    {
        var (early, late) = (Store(time), Store(new FakeTimeProvider(An.Instant.AddSeconds(20))));
        var start = await early.TailAsync(Backlog, null, None);

        await late.SaveItemsAsync(Backlog, [An.Item(1, "First")], None);
        await early.SaveItemsAsync(Backlog, [An.Item(1, "Last")], None);

        (await early.TailAsync(Backlog, start.Mark, None)).Changed[An.Ref(1)].ShouldBe(ContentHash.Of(An.Item(1, "Last")));
    }

    [Fact]
    public async Task A_clock_that_was_set_back_does_not_set_back_the_mark()
    {
        var start = await Store(new FakeTimeProvider(An.Instant.AddHours(1))).TailAsync(Backlog, null, None);

        (await Store(time).TailAsync(Backlog, start.Mark, None)).Mark.ShouldBe(start.Mark);
    }

    public void Dispose()
    {
        tables.Dispose();
        directory.Dispose();
    }

    private BacklogStore Store(TimeProvider clock) => new(tables, clock);

    /// <summary>Does something before the first batch that changes items.</summary>
    private sealed class SlowTables(ITableStore tables, Func<Task> before) : ITableStore
    {
        public ITable Open(string name) => name == "items" ? new Slow(tables.Open(name), before) : tables.Open(name);

        private sealed class Slow(ITable table, Func<Task> before) : ITable
        {
            private Func<Task>? before = before;

            public Task<TableRow?> FindAsync(string partitionKey, string rowKey, IReadOnlyCollection<string>? columns, CancellationToken cancellation) =>
                table.FindAsync(partitionKey, rowKey, columns, cancellation);

            public IAsyncEnumerable<TableRow> RangeAsync(
                string partitionKey, RowKeyRange range, IReadOnlyCollection<string>? columns, CancellationToken cancellation) =>
                table.RangeAsync(partitionKey, range, columns, cancellation);

            public async Task<BatchAnswer> ApplyAsync(IReadOnlyList<TableOperation> batch, CancellationToken cancellation)
            {
                if (Interlocked.Exchange(ref before, null) is { } wait)
                    await wait();
                return await table.ApplyAsync(batch, cancellation);
            }
        }
    }
}
