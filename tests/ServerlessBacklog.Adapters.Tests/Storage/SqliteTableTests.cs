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

    public void Dispose()
    {
        opened.ForEach(o => o.Dispose());
        directory.Dispose();
    }
}
