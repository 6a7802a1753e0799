using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Adapters.Storage.Sqlite;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Adapters.Tests.Storage.Azure;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Testing.Azurite;
using ServerlessBacklog.Triage.Audit;

namespace ServerlessBacklog.Adapters.Tests.Storage.Audit;

/// <summary>What the audit log must do on every table store.</summary>
public abstract partial class AuditLogContract
{
    private const string Backlog = "Shop / ünd #1";
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    protected FakeTimeProvider Time { get; } = new(An.Instant);

    /// <summary>The same data, opened as another process would.</summary>
    protected abstract ITableStore Open();

    private AuditRows Log => new(Open(), Time);

    private ITable Table => Open().Open(Keys.AuditTable);

    [Fact]
    public async Task Rows_come_back_in_order_with_all_that_they_hold()
    {
        var entry = AnEntry(1) with
        {
            Decision = "d1", Step = "type", Confidence = 0.93, Delivery = "00-trace", Configuration = "c1", Policy = "p1",
            Models = [new Consultation("judge", 2, "hash", "gpt", Consultation.Answered) { InputTokens = 900, OutputTokens = 30, Requests = 1 }],
            Words = new AuditWords { Actor = "ann", Text = "set type to bug", Change = new SetField(WorkItemField.Type, "bug"), Before = "task", After = "bug", Reason = "sure \"enough\" 🎉" },
        };
        await Log.AppendAsync(Backlog, [entry, AnEntry(2)], None);
        await Log.AppendAsync(Backlog, [AnEntry(3)], None);

        var rows = await RowsAsync();

        rows.Select(r => r.Sequence).ShouldBe([1, 2, 3]);
        var read = AuditSeal.Open(rows[0]).ShouldNotBeNull();
        (read with { Key = entry.Key, Models = entry.Models, Resealed = entry.Resealed }).ShouldBe(entry);
        read.Models.ShouldBe(entry.Models);
        (await Log.HeadAsync(Backlog, None)).ShouldBe(new AuditHead(rows[2].Day, 3, rows[2].Hash, 3));
        (await Log.OnItemAsync(Backlog, An.Ref(2), None)).ShouldBe([rows[1]]);
        (await Log.HeadAsync("other", None)).ShouldBeNull();
        await IsWholeAsync(3, 1);
    }

    [Fact]
    public async Task The_same_act_appended_twice_is_one_row()
    {
        await Log.AppendAsync(Backlog, [AnEntry(1), AnEntry(2), AnEntry(1)], None);

        await Log.AppendAsync(Backlog, [AnEntry(2), AnEntry(3)], None);

        (await RowsAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Days_are_chained_and_a_clock_that_was_set_back_changes_nothing()
    {
        await FillAsync();

        var rows = await RowsAsync();

        rows.Select(r => (r.Day.DayNumber - rows[0].Day.DayNumber, r.Sequence)).ShouldBe([(0, 1), (0, 2), (0, 3), (3, 1), (3, 2), (4, 1), (4, 2)]);
        (await Log.ReadAsync(Backlog, rows[3].Day, rows[3].Day, None).ToListAsync(None)).ShouldBe(rows[3..5]);
        (await Log.ReadAsync(Backlog, null, rows[3].Day, None).ToListAsync(None)).ShouldBe(rows[..5]);
        Time.SetUtcNow(Time.GetUtcNow());
        await new AuditRows(Open(), new FakeTimeProvider(An.Instant)).AppendAsync(Backlog, [AnEntry(99)], None);
        (await RowsAsync())[^1].ShouldSatisfyAllConditions(r => r.Day.ShouldBe(rows[^1].Day), r => r.Sequence.ShouldBe(3));
        await IsWholeAsync(8, 3);
    }

    [Fact]
    public async Task Several_processes_append_at_once_and_nothing_is_lost_or_forked()
    {
        var processes = Enumerable.Range(0, 4).Select(_ => Log).ToList();

        await Task.WhenAll(processes.SelectMany((log, p) => Enumerable.Range(0, 6).Select(i => Task.Run(() => log.AppendAsync(Backlog, [AnEntry(p * 10 + i + 1), AnEntry(500)], None), None))));

        (await RowsAsync()).Select(r => AuditSeal.Open(r)!.Item!.Number).ShouldBe(
            Enumerable.Range(0, 4).SelectMany(p => Enumerable.Range(0, 6).Select(i => $"{p * 10 + i + 1}")).Append("500"), ignoreOrder: true);
        await IsWholeAsync(25, 1);
    }

    [Fact]
    public async Task More_than_one_batch_is_appended_whole()
    {
        await Log.AppendAsync(Backlog, [.. Enumerable.Range(1, 120).Select(AnEntry)], None);

        await IsWholeAsync(120, 1);
    }

    private static async Task<AuditReport> ReadAsync(string[] lines)
    {
        var (rows, head) = await AuditFile.ReadAsync(new StringReader(string.Join('\n', lines)), None);
        return AuditVerifier.Verify(rows, head, null);
    }

    private static AuditEntry AnEntry(int number) => new()
    {
        Key = $"d{number}:type:decided",
        At = An.Instant,
        Item = An.Ref(number),
        Act = AuditAct.Decided,
        Decision = $"d{number}",
        Words = new AuditWords { Actor = AuditWords.Policy, Text = "set type to bug" },
    };

    /// <summary>Three rows, days without any, two rows, a day later two more.</summary>
    private async Task FillAsync()
    {
        await Log.AppendAsync(Backlog, [AnEntry(1), AnEntry(2), AnEntry(3)], None);
        Time.Advance(TimeSpan.FromDays(3));
        await Log.AppendAsync(Backlog, [AnEntry(4), AnEntry(5)], None);
        Time.Advance(TimeSpan.FromDays(1));
        await Log.AppendAsync(Backlog, [AnEntry(6), AnEntry(7)], None);
    }

    private async Task<List<AuditRow>> RowsAsync() => await Log.ReadAsync(Backlog, null, null, None).ToListAsync(None);

    private Task<AuditReport> VerifyAsync(string? expect = null) => AuditVerifier.VerifyAsync(Log, Backlog, expect, None);

    private async Task IsWholeAsync(int rows, int days)
    {
        var report = await VerifyAsync();
        report.Problems.ShouldBeEmpty();
        (report.Rows, report.Days).ShouldBe((rows, days));
    }

    private async Task<TableRow> StoredAsync(AuditRow row) => (await Table.FindAsync(Keys.Backlog(Backlog), Keys.AuditRow(row.Day, row.Sequence), null, None)).ShouldNotBeNull();

    private async Task EditAsync(AuditRow row, Func<TableRow, string> edit, string column)
    {
        var stored = await StoredAsync(row);
        (await Table.ReplaceAsync(stored with { Properties = new Dictionary<string, object>(stored.Properties) { [column] = edit(stored) } }, None)).ShouldNotBeNull();
    }

    private Task<string> PutAsync(AuditRow row) => Table.UpsertAsync(new TableRow(
        Keys.Backlog(Backlog), Keys.AuditRow(row.Day, row.Sequence),
        new Dictionary<string, object> { [AuditRows.Chained] = row.Chained, [AuditRows.Hash] = row.Hash, [AuditRows.Words] = row.Words, [AuditRows.Salt] = row.Salt }), None);
}

public sealed class SqliteAuditLogTests : AuditLogContract, IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly List<SqliteTables> opened = [];

    protected override ITableStore Open()
    {
        // A few processes at once, not one for each look.
        if (opened.Count < 6)
            opened.Add(SqliteTables.Open(directory.File("rows.db")));
        return opened[^1];
    }

    public void Dispose()
    {
        opened.ForEach(o => o.Dispose());
        directory.Dispose();
    }
}

public sealed class AzureAuditLogTests(AzuriteFixture azurite) : AuditLogContract, IAsyncLifetime
{
    private AzuritePlace place = null!;

    public async ValueTask InitializeAsync() => place = await AzuritePlace.TakeAsync(azurite);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override ITableStore Open() => new AzureTables(place.Open(), place.Name);
}
