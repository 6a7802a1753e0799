using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Adapters.Storage.Erasure;
using ServerlessBacklog.Adapters.Storage.Sqlite;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Adapters.Tests.Storage.Azure;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Testing.Azurite;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage.Audit;

/// <summary>What the audit log must do on every table store, and what is found when somebody edits the table behind its back.</summary>
public abstract class AuditLogContract
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

    [Theory]
    [InlineData(AuditRows.Chained, "it was changed")]
    [InlineData(AuditRows.Hash, "it was changed")]
    [InlineData(AuditRows.Words, "its words")]
    [InlineData(AuditRows.Salt, "its words")]
    public async Task A_changed_value_is_found(string column, string problem)
    {
        await FillAsync();
        var row = (await RowsAsync())[1];

        await EditAsync(row, stored => stored.Text(column)!.Replace(column == AuditRows.Chained ? "decided" : stored.Text(column)![^4..], "0000", StringComparison.Ordinal), column);

        (await VerifyAsync()).Problems.ShouldContain(p => p.StartsWith(row.Name, StringComparison.Ordinal) && p.Contains(problem));
    }

    [Fact]
    public async Task A_changed_value_whose_hash_was_made_anew_is_found()
    {
        await FillAsync();
        var row = (await RowsAsync())[1];
        var changed = row.Chained.Replace("\"d2\"", "\"d9\"", StringComparison.Ordinal);
        changed.ShouldNotBe(row.Chained);

        await EditAsync(row, _ => changed, AuditRows.Chained);
        await EditAsync(row, _ => AuditSeal.HashOf(changed), AuditRows.Hash);

        (await VerifyAsync()).Problems.ShouldHaveSingleItem().ShouldContain("does not follow");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    [InlineData(5, 2)]
    [InlineData(0, 3)]
    [InlineData(3, 2)]
    [InlineData(6, 1)]
    [InlineData(0, 7)]
    public async Task Rows_that_were_taken_out_are_found_wherever_they_stood(int at, int count)
    {
        await FillAsync();

        foreach (var row in (await RowsAsync())[at..(at + count)])
            await Table.DeleteAsync(await StoredAsync(row), None);

        (await VerifyAsync()).Problems.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_row_put_in_is_found_at_the_end_too()
    {
        await FillAsync();
        var last = (await RowsAsync())[^1];
        var forged = AuditSeal.Close(Backlog, AnEntry(77), AuditSeal.Write(AnEntry(77).Words), new AuditPlace(last.Day, last.Sequence + 1, last.Hash, Time.GetUtcNow()));

        await PutAsync(forged);

        (await VerifyAsync()).Problems.ShouldHaveSingleItem().ShouldContain("after the head");
    }

    [Fact]
    public async Task Rows_that_changed_places_are_found()
    {
        await FillAsync();
        var rows = await RowsAsync();

        await PutAsync(rows[1] with { Sequence = 3 });
        await PutAsync(rows[2] with { Sequence = 2 });

        (await VerifyAsync()).Problems.Count(p => p.Contains("in the place of another")).ShouldBe(2);
    }

    [Fact]
    public async Task A_log_whose_end_and_head_were_both_set_back_is_found_by_a_hash_that_was_kept_elsewhere()
    {
        await FillAsync();
        var rows = await RowsAsync();
        var kept = (await VerifyAsync()).Head!.Hash;

        await Table.DeleteAsync(await StoredAsync(rows[^1]), None);
        var head = (await Table.FindAsync(Keys.Backlog(Backlog), Keys.AuditHead, null, None))!;
        await Table.ReplaceAsync(head with { Properties = new Dictionary<string, object> { ["Row"] = Keys.AuditRow(rows[^2].Day, rows[^2].Sequence), ["Hash"] = rows[^2].Hash, ["Rows"] = 6L } }, None);

        // What verify says itself that it cannot find.
        (await VerifyAsync()).Problems.ShouldBeEmpty();
        (await VerifyAsync(kept)).Problems.ShouldHaveSingleItem().ShouldContain("No row has the expected hash");
        (await VerifyAsync(rows[^2].Hash)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_head_that_is_gone_is_found()
    {
        await FillAsync();

        await Table.DeleteAsync(new TableRow(Keys.Backlog(Backlog), Keys.AuditHead, new Dictionary<string, object>()), None);

        (await VerifyAsync()).Problems.ShouldHaveSingleItem().ShouldContain("head is missing");
    }

    [Fact]
    public async Task Without_an_erased_person_the_chain_holds_and_nobody_can_pretend_an_erasure()
    {
        await Log.AppendAsync(Backlog, [AnEntry(1), AnEntry(2) with { Words = new AuditWords { Actor = "bob", Text = "assign zaphodb", Change = new Assign(new Person("zaphodb")), After = "zaphodb", Reason = "ask zaphodb" } }, AnEntry(3)], None);
        var (pseudonym, names) = await new ErasedPeople(Open()).AddAsync(["zaphodb"], isTrial: false, None);

        (await new ErasedAudit(Log, Time).RunAsync(Backlog, names, isTrial: true, None)).ShouldBe(1);
        (await RowsAsync()).Count.ShouldBe(3);
        (await new ErasedAudit(Log, Time).RunAsync(Backlog, names, isTrial: false, None)).ShouldBe(1);
        await Log.AppendAsync(Backlog, [AnEntry(4) with { Words = new AuditWords { Actor = "zaphodb" } }], None);

        var rows = await RowsAsync();
        rows.ShouldAllBe(r => !r.Words.Contains("zaphodb") && !r.Chained.Contains("zaphodb"));
        AuditSeal.Open(rows[1])!.Words.ShouldBe(new AuditWords { Actor = "bob", Text = $"assign {pseudonym}", Change = new Assign(new Person(pseudonym)), After = pseudonym, Reason = $"ask {pseudonym}" });
        AuditSeal.Open(rows[4])!.Words.Actor.ShouldBe(pseudonym);
        (await VerifyAsync()).Problems.ShouldBeEmpty();
        (await new ErasedAudit(Log, Time).RunAsync(Backlog, names, isTrial: false, None)).ShouldBe(0);

        var (forged, _) = AuditSeal.Reseal(rows[0], rows[0].Words.Replace("policy", "eve", StringComparison.Ordinal));
        await PutAsync(forged);
        (await VerifyAsync()).Problems.ShouldHaveSingleItem().ShouldContain("no erasure of a person tells of it");
    }

    [Fact]
    public async Task An_export_verifies_without_the_store_and_shows_what_was_changed_in_it()
    {
        await FillAsync();
        var text = new StringWriter();
        (await AuditFile.WriteAsync(Log.ReadAsync(Backlog, null, null, None), await Log.HeadAsync(Backlog, None), isOpen: false, text, None)).ShouldBe(7);
        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        (await ReadAsync(lines)).ShouldSatisfyAllConditions(r => r.Problems.ShouldBeEmpty(), r => r.Rows.ShouldBe(7), r => r.Days.ShouldBe(3));
        (await ReadAsync(lines[2..])).Problems.ShouldBeEmpty();
        (await ReadAsync(lines[..5])).Problems.ShouldBeEmpty();
        (await ReadAsync([.. lines[..6], lines[7]])).Problems.ShouldNotBeEmpty();
        (await ReadAsync([.. lines[..2], .. lines[3..]])).Problems.ShouldNotBeEmpty();
        (await ReadAsync([.. lines[..2], lines[2].Replace("decided", "applied", StringComparison.Ordinal), .. lines[3..]])).Problems.ShouldHaveSingleItem().ShouldContain("it was changed");
        (await ReadAsync([.. lines[..2], lines[2].Replace("policy", "eve", StringComparison.Ordinal), .. lines[3..]])).Problems.ShouldHaveSingleItem().ShouldContain("its words");
        await Should.ThrowAsync<UserErrorException>(() => ReadAsync(["{}"]));
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
