using ServerlessBacklog.Adapters.Storage.Sqlite;
using ServerlessBacklog.Adapters.Storage.Tables;

namespace ServerlessBacklog.Adapters.Tests.Storage;

public sealed class SqliteTableTests : TableContract, IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly List<SqliteTables> opened = [];

    public SqliteTableTests() => Reopen();

    protected override ITableStore Store => opened[^1];

    protected override ITableStore Reopen()
    {
        opened.Add(SqliteTables.Open(directory.File("rows.db")));
        return opened[^1];
    }

    [Fact]
    public async Task Two_stores_on_one_file_wait_for_each_other_and_lose_nothing()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var other = SqliteTables.Open(directory.File("rows.db"));
        var tables = new[] { Store.Open("things"), other.Open("things") };

        await Task.WhenAll(tables.Select((table, t) => Task.Run(
            async () =>
            {
                for (var i = 0; i < 200; i++)
                    await table.InsertAsync(new TableRow("p", $"{t}-{i:000}", new Dictionary<string, object>()), cancellation);
            },
            cancellation)));

        (await tables[0].RangeAsync("p", RowKeyRange.All, [], cancellation).CountAsync(cancellation)).ShouldBe(400);
    }

    [Fact]
    public async Task Batches_that_share_a_transaction_stay_units_of_their_own()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var table = Store.Open("things");
        await table.InsertAsync(Row("taken"), cancellation);

        // Every third one conflicts, after its first operation has been written.
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => table.ApplyAsync(
            [TableOperation.Insert(Row($"a{i:000}")), TableOperation.Insert(Row(i % 3 == 0 ? "taken" : $"b{i:000}"))], cancellation)));

        var keys = await table.RangeAsync("p", RowKeyRange.All, [], cancellation).Select(r => r.RowKey).ToListAsync(cancellation);
        keys.ShouldBe([.. Written("a"), .. Written("b"), "taken"]);
        answers.Select((a, i) => (a.Conflict, i)).ShouldAllBe(a => a.i % 3 == 0 ? a.Conflict == new TableConflict(ConflictKind.Exists, 1) : a.Conflict == null);
        answers.SelectMany(a => a.ETags).ShouldBeUnique();

        IEnumerable<string> Written(string side) => Enumerable.Range(0, 300).Where(i => i % 3 != 0).Select(i => $"{side}{i:000}");
    }

    [Fact]
    public async Task An_update_that_waits_for_its_turn_is_made_over_what_stands_there_then()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var table = Store.Open("things");
        await table.InsertAsync(Row("one"), cancellation);
        var read = (await table.FindAsync("p", "one", null, cancellation))!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => table.ReplaceAsync(read, cancellation)));

        answers.Count(a => a is not null).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_handed_in_is_written_before_the_file_is_closed_and_nothing_after()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var table = Store.Open("things");
        var writes = Enumerable.Range(0, 100).Select(i => table.InsertAsync(Row($"{i:000}"), cancellation)).ToList();

        opened[^1].Dispose();

        await Task.WhenAll(writes);
        await Should.ThrowAsync<ObjectDisposedException>(() => table.InsertAsync(Row("late"), cancellation));
        (await Reopen().Open("things").RangeAsync("p", RowKeyRange.All, [], cancellation).CountAsync(cancellation)).ShouldBe(100);
    }

    private static TableRow Row(string key) => new("p", key, new Dictionary<string, object>());

    public void Dispose()
    {
        opened.ForEach(o => o.Dispose());
        directory.Dispose();
    }
}
