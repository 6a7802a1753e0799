using ServerlessBacklog.Adapters.Storage.Tables;

namespace ServerlessBacklog.Adapters.Tests.Storage;

/// <summary>What every table store must do. Inherit it to run it on an implementation.</summary>
public abstract partial class TableContract
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    protected abstract ITableStore Store { get; }

    /// <summary>The same data, opened anew.</summary>
    protected abstract ITableStore Reopen();

    private ITable Table => Store.Open("things");

    [Fact]
    public async Task All_property_types_come_back_as_they_were()
    {
        var properties = new Dictionary<string, object>
        {
            ["Text"] = "Grüße, 世界 🎉\n\"quoted\" \\ \0\u0001<&'+%> ",
            ["Empty"] = "",
            ["Digits"] = "0012",
            ["Date"] = "2026-06-01T12:00:00Z",
            ["Long"] = long.MinValue,
            ["Small"] = 7L,
            ["Double"] = 0.1 + 0.2,
            ["Whole"] = 3.0,
            ["Largest"] = double.MaxValue,
            ["Bool"] = true,
            ["Time"] = new DateTimeOffset(2026, 6, 1, 12, 0, 0, 123, TimeSpan.FromHours(2)).AddTicks(4567),
            ["First"] = new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero),
            ["Last"] = DateTimeOffset.MaxValue,
            ["Bytes"] = new byte[] { 0, 1, 255 },
            ["None"] = Array.Empty<byte>(),
        };

        await Table.InsertAsync(new TableRow("p", "r", properties), None);

        var row = (await Table.FindAsync("p", "r", null, None)).ShouldNotBeNull();
        row.Properties.Keys.ShouldBe(properties.Keys, ignoreOrder: true);
        foreach (var (name, value) in properties)
            row.Properties[name].ShouldBe(value, name);
        row.Time("Time")!.Value.Offset.ShouldBe(TimeSpan.Zero);
        row.Time("Time").ShouldBe((DateTimeOffset)properties["Time"]);
    }

    [Fact]
    public async Task A_row_that_is_not_there_is_null()
    {
        (await Table.FindAsync("p", "r", null, None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_table_that_was_never_written_is_empty()
    {
        var table = Store.Open("unwritten");

        (await table.FindAsync("p", "r", null, None)).ShouldBeNull();
        (await table.RangeAsync("p", RowKeyRange.All, null, None).CountAsync(None)).ShouldBe(0);
        (await table.ReplaceAsync(Row("r", "x"), None)).ShouldBeNull();
        (await table.DeleteAsync(Row("r", ""), None)).ShouldBeFalse();
    }

    [Fact]
    public async Task Insert_leaves_a_row_that_is_there()
    {
        await Table.InsertAsync(Row("r", "first"), None);

        var second = await Table.InsertAsync(Row("r", "second"), None);

        second.ShouldBeNull();
        (await TextOf("r")).ShouldBe("first");
    }

    [Fact]
    public async Task Upsert_replaces_the_whole_row_and_does_not_merge()
    {
        await Table.UpsertAsync(new TableRow("p", "r", new Dictionary<string, object> { ["Old"] = "x" }), None);

        await Table.UpsertAsync(Row("r", "new"), None);

        var row = await Table.FindAsync("p", "r", null, None);
        row!.Properties.Keys.ShouldBe(["Text"]);
    }

    [Fact]
    public async Task Every_write_gives_another_ETag_and_reads_return_it()
    {
        var first = await Table.InsertAsync(Row("r", "a"), None);
        var second = await Table.UpsertAsync(Row("r", "a"), None);

        second.ShouldNotBe(first);
        (await Table.FindAsync("p", "r", null, None))!.ETag.ShouldBe(second);
        (await Keys(RowKeyRange.All, [])).Single().ETag.ShouldBe(second);
    }

    [Fact]
    public async Task Replace_with_the_current_ETag_writes()
    {
        var etag = await Table.InsertAsync(Row("r", "a"), None);

        var answer = await Table.ReplaceAsync(Row("r", "b") with { ETag = etag }, None);

        answer.ShouldNotBeNull();
        (await TextOf("r")).ShouldBe("b");
    }

    [Fact]
    public async Task Replace_with_a_stale_ETag_writes_nothing()
    {
        var stale = await Table.InsertAsync(Row("r", "a"), None);
        await Table.UpsertAsync(Row("r", "b"), None);

        var answer = await Table.ReplaceAsync(Row("r", "c") with { ETag = stale }, None);

        answer.ShouldBeNull();
        (await TextOf("r")).ShouldBe("b");
    }

    [Fact]
    public async Task An_ETag_does_not_come_back_after_delete_and_insert()
    {
        var stale = await Table.InsertAsync(Row("r", "a"), None);
        await Table.DeleteAsync(Row("r", ""), None);
        await Table.InsertAsync(Row("r", "b"), None);

        (await Table.ReplaceAsync(Row("r", "c") with { ETag = stale }, None)).ShouldBeNull();
    }

    [Fact]
    public async Task Replace_of_an_absent_row_writes_nothing()
    {
        var answer = await Table.ApplyAsync([TableOperation.Replace(Row("r", "a"))], None);

        answer.Conflict.ShouldBe(new TableConflict(ConflictKind.Absent, 0));
        (await Table.FindAsync("p", "r", null, None)).ShouldBeNull();
    }

    [Fact]
    public async Task Delete_minds_the_ETag_and_says_when_the_row_is_gone()
    {
        var stale = await Table.InsertAsync(Row("r", "a"), None);
        var current = await Table.UpsertAsync(Row("r", "b"), None);

        (await Table.DeleteAsync(Row("r", "") with { ETag = stale }, None)).ShouldBeFalse();
        (await Table.DeleteAsync(Row("r", "") with { ETag = current }, None)).ShouldBeTrue();
        (await Table.DeleteAsync(Row("r", ""), None)).ShouldBeFalse();
        (await Table.FindAsync("p", "r", null, None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_batch_is_written_whole_and_answers_per_operation()
    {
        await Table.InsertAsync(Row("c", "x"), None);

        var answer = await Table.ApplyAsync(
            [TableOperation.Insert(Row("a", "1")), TableOperation.Upsert(Row("b", "2")), TableOperation.Delete(Row("c", ""))], None);

        answer.Conflict.ShouldBeNull();
        answer.ETags.Select(e => e is null).ShouldBe([false, false, true]);
        (await Keys(RowKeyRange.All, null)).Select(r => r.RowKey).ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData(TableVerb.Insert, ConflictKind.Exists)]
    [InlineData(TableVerb.Replace, ConflictKind.Changed)]
    [InlineData(TableVerb.Delete, ConflictKind.Changed)]
    public async Task A_batch_with_one_conflict_writes_nothing(TableVerb verb, ConflictKind expected)
    {
        var stale = await Table.InsertAsync(Row("there", "older"), None);
        await Table.UpsertAsync(Row("there", "old"), None);
        var failing = verb switch
        {
            TableVerb.Insert => TableOperation.Insert(Row("there", "new")),
            TableVerb.Replace => TableOperation.Replace(Row("there", "new") with { ETag = stale }),
            _ => TableOperation.Delete(Row("there", "") with { ETag = stale }),
        };

        var answer = await Table.ApplyAsync([TableOperation.Upsert(Row("a", "1")), failing, TableOperation.Upsert(Row("z", "1"))], None);

        answer.Conflict.ShouldBe(new TableConflict(expected, 1));
        answer.ETags.ShouldBeEmpty();
        (await Keys(RowKeyRange.All, null)).Select(r => $"{r.RowKey}={r.Text("Text")}").ShouldBe(["there=old"]);
    }

    [Theory]
    [InlineData(TableVerb.Replace, 0)]
    [InlineData(TableVerb.Replace, 2)]
    [InlineData(TableVerb.Delete, 0)]
    [InlineData(TableVerb.Delete, 1)]
    public async Task A_batch_on_an_absent_row_writes_nothing(TableVerb verb, int position)
    {
        List<TableOperation> batch = [TableOperation.Insert(Row("a", "1")), TableOperation.Upsert(Row("z", "1"))];
        batch.Insert(position, verb == TableVerb.Replace ? TableOperation.Replace(Row("absent", "")) : TableOperation.Delete(Row("absent", "")));

        var answer = await Table.ApplyAsync(batch, None);

        answer.Conflict.ShouldBe(new TableConflict(ConflictKind.Absent, position));
        (await Keys(RowKeyRange.All, [])).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_batch_of_100_is_taken_and_one_of_101_refused()
    {
        var rows = Enumerable.Range(0, 101).Select(i => TableOperation.Upsert(Row($"r{i:000}", "x"))).ToList();

        await Should.ThrowAsync<ArgumentException>(() => Table.ApplyAsync(rows, None));
        (await Keys(RowKeyRange.All, [])).ShouldBeEmpty();
        await Table.ApplyAsync(rows[..100], None);

        (await Keys(RowKeyRange.All, [])).Count.ShouldBe(100);
    }

    [Fact]
    public async Task A_batch_over_two_partitions_or_twice_on_one_row_is_refused()
    {
        var other = TableOperation.Upsert(new TableRow("q", "r", new Dictionary<string, object>()));

        await Should.ThrowAsync<ArgumentException>(() => Table.ApplyAsync([TableOperation.Upsert(Row("r", "x")), other], None));
        await Should.ThrowAsync<ArgumentException>(() => Table.ApplyAsync([TableOperation.Upsert(Row("r", "x")), TableOperation.Delete(Row("r", ""))], None));
        await Should.ThrowAsync<ArgumentException>(() => Table.ApplyAsync([], None));
        (await Keys(RowKeyRange.All, [])).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_range_longer_than_a_page_misses_and_repeats_nothing()
    {
        var keys = Enumerable.Range(0, 2500).Select(i => $"r{i:0000}").ToList();
        await Table.UpsertAllAsync(keys.Select(k => Row(k, "x")), None);

        (await Keys(RowKeyRange.Prefix("r"), null)).Select(r => r.RowKey).ShouldBe(keys);
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(1, 1500)]
    [InlineData(25, 100)]
    [InlineData(3, 40)]
    public async Task Many_keys_are_found_whether_neighbours_or_far_apart(int step, int count)
    {
        await Table.UpsertAllAsync(Enumerable.Range(0, 2500).Select(i => Row($"r{i:0000}", $"{i}")), None);
        var there = Enumerable.Range(0, count).Select(i => $"r{i * step:0000}").ToList();

        var found = await Table.FindManyAsync("p", [.. there.Append("r0001x").Append("zz").Reverse()], ["Text"], None);

        found.Keys.ShouldBe(there, ignoreOrder: true);
        found.ShouldAllBe(f => f.Key == f.Value.RowKey && int.Parse(f.Value.Text("Text")!) == int.Parse(f.Key.Substring(1)));
    }

    [Fact]
    public async Task A_range_stays_in_its_partition()
    {
        await Table.UpsertAsync(Row("r", "mine"), None);
        await Table.UpsertAsync(new TableRow("p2", "r2", new Dictionary<string, object>()), None);

        (await Keys(RowKeyRange.All, [])).Select(r => r.RowKey).ShouldBe(["r"]);
    }

    [Fact]
    public async Task A_reader_may_write_while_it_reads()
    {
        await Table.UpsertAllAsync(Enumerable.Range(0, 20).Select(i => Row($"r{i:00}", "x")), None);

        await foreach (var row in Table.RangeAsync("p", RowKeyRange.Prefix("r"), null, None))
            await Table.DeleteAsync(row, None);

        (await Keys(RowKeyRange.All, [])).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_projection_reads_only_the_named_properties()
    {
        await Table.UpsertAsync(new TableRow("p", "r", new Dictionary<string, object> { ["A"] = "1", ["B"] = 2L, ["C"] = new byte[60_000] }), None);

        (await Table.FindAsync("p", "r", ["B", "Absent"], None))!.Properties.ShouldBe(new Dictionary<string, object> { ["B"] = 2L });
        (await Keys(RowKeyRange.All, ["A"])).Single().Properties.Keys.ShouldBe(["A"]);
        (await Keys(RowKeyRange.All, [])).Single().Properties.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_many_racing_inserts_one_wins()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => Table.InsertAsync(Row("r", $"{i}"), None))));

        answers.Count(a => a is not null).ShouldBe(1);
    }

    [Fact]
    public async Task Racing_conditional_replaces_lose_no_increment()
    {
        await Table.InsertAsync(new TableRow("p", "n", new Dictionary<string, object> { ["N"] = 0L }), None);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => IncrementAsync(25))));

        (await Table.FindAsync("p", "n", null, None))!.Number("N").ShouldBe(200);
    }

    [Fact]
    public async Task Rows_are_there_after_reopening()
    {
        var etag = await Table.InsertAsync(Row("r", "kept"), None);

        var table = Reopen().Open("things");

        (await table.FindAsync("p", "r", null, None)).ShouldNotBeNull().Text("Text").ShouldBe("kept");
        (await table.ReplaceAsync(Row("r", "again") with { ETag = etag }, None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Tables_are_apart_and_their_names_checked()
    {
        await Table.InsertAsync(Row("r", "x"), None);

        (await Store.Open("others").FindAsync("p", "r", null, None)).ShouldBeNull();
        Should.Throw<ArgumentException>(() => Store.Open("a; drop"));
        Should.Throw<ArgumentException>(() => Store.Open("ab"));
    }

    private async Task IncrementAsync(int times)
    {
        while (times > 0)
        {
            var row = (await Table.FindAsync("p", "n", null, None))!;
            var next = row with { Properties = new Dictionary<string, object> { ["N"] = row.Number("N")!.Value + 1 } };
            if (await Table.ReplaceAsync(next, None) is not null)
                times--;
        }
    }

    private static TableRow Row(string key, string text) => new("p", key, new Dictionary<string, object> { ["Text"] = text });

    private async Task<string?> TextOf(string key) => (await Table.FindAsync("p", key, null, None))?.Text("Text");

    private async Task<List<TableRow>> Keys(RowKeyRange range, IReadOnlyCollection<string>? columns) =>
        await Table.RangeAsync("p", range, columns, None).ToListAsync(None);
}
