using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Adapters.Storage.Erasure;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage.Audit;
/// <summary>What is found when somebody edits the table, or an exported file, behind the log's back.</summary>
public abstract partial class AuditLogContract
{
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
}
