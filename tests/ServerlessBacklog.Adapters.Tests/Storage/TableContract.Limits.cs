using ServerlessBacklog.Adapters.Storage.Tables;

namespace ServerlessBacklog.Adapters.Tests.Storage;

/// <summary>Keys and their order, sizes and types.</summary>
public abstract partial class TableContract
{
    /// <summary>
    /// Azurite cannot read the address of a row in a batch when a key holds <c>',RowKey='</c> or a white space beyond ASCII; the service's
    /// documentation allows both, and alone they are tested below.
    /// </summary>
    public static TheoryData<string> HostilePartitions =>
    [
        "it's; DROP TABLE things--", "' or '1'='1", "100%25 %2F+%20&=;,:@", "..", " (a) {b} ^|~`<>! ", "Grüße 世界 \uE000", "--changeset_1", "Content-ID: 1",
        new string('世', 150),
    ];

    [Fact]
    public async Task Rows_come_in_ordinal_order()
    {
        string[] keys = ["", " ", "!", "10", "2", "A", "Z", "a", "a ", "a|", "a~", "z", "é", "中", "\uFFFD"];
        await Table.UpsertAllAsync(keys.Reverse().Select(k => Row(k, "x")), None);

        (await Keys(RowKeyRange.All, [])).Select(r => r.RowKey).ShouldBe(keys);
    }

    [Fact]
    public async Task A_prefix_range_holds_exactly_the_keys_with_that_prefix()
    {
        string[] keys = ["a", "a|", "a|1", "a|10", "a|\uFFFD", "a}", "ab", "b|1"];
        await Table.UpsertAllAsync(keys.Select(k => Row(k, "x")), None);

        (await Keys(RowKeyRange.Prefix("a|"), [])).Select(r => r.RowKey).ShouldBe(["a|", "a|1", "a|10", "a|\uFFFD"]);
        (await Keys(RowKeyRange.Prefix(""), [])).Count.ShouldBe(keys.Length);
    }

    [Fact]
    public async Task A_range_between_two_keys_includes_both()
    {
        await Table.UpsertAllAsync(new[] { "a", "b", "b ", "c" }.Select(k => Row(k, "x")), None);

        (await Keys(RowKeyRange.Between("a", "b"), [])).Select(r => r.RowKey).ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\nb")]
    [InlineData("a\u0000b")]
    [InlineData("a\u0085b")]
    [InlineData("a🎉b")]
    public async Task A_key_with_a_forbidden_character_is_refused(string key)
    {
        await Should.ThrowAsync<ArgumentException>(() => Table.UpsertAsync(Row(key, "x"), None));
        await Should.ThrowAsync<ArgumentException>(() => Table.UpsertAsync(new TableRow(key, "r", new Dictionary<string, object>()), None));
    }

    [Theory]
    [InlineData("it's; DROP TABLE things--")]
    [InlineData("\"double\" %_* [x] $0 @p")]
    [InlineData("' or '1'='1")]
    [InlineData("100%25 %2F+%20&=;,:@")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(" (a) {b} ^|~`<>! ")]
    [InlineData("x',RowKey='y')")]
    [InlineData("Grüße 世界 \u00A0\u2028\uFEFF\uE000")]
    [InlineData("")]
    public async Task A_hostile_key_is_only_a_key(string key)
    {
        await Table.UpsertAsync(Row("other", "x"), None);
        await Table.UpsertAsync(Row(key, "mine"), None);

        (await TextOf(key)).ShouldBe("mine");
        (await Keys(RowKeyRange.Between(key, key), [])).Select(r => r.RowKey).ShouldBe([key]);
        (await Keys(RowKeyRange.Prefix(key), [])).Select(r => r.RowKey).ShouldContain(key);
        (await Table.DeleteAsync(Row(key, ""), None)).ShouldBeTrue();
        (await Keys(RowKeyRange.All, [])).Select(r => r.RowKey).ShouldBe(["other"]);
    }

    [Theory]
    [MemberData(nameof(HostilePartitions))]
    public async Task A_hostile_partition_is_only_a_partition(string partition)
    {
        var first = new TableRow(partition, partition, new Dictionary<string, object> { ["Text"] = partition });
        var second = first with { RowKey = partition + "2" };

        var etags = (await Table.ApplyAsync([TableOperation.Insert(first), TableOperation.Insert(second)], None)).ETags;
        await Table.ApplyAsync([TableOperation.Replace(first with { ETag = etags[0] }), TableOperation.Delete(second with { ETag = etags[1] })], None);

        (await Table.RangeAsync(partition, RowKeyRange.All, null, None).ToListAsync(None))
            .Select(r => (r.PartitionKey, r.RowKey, r.Text("Text"))).ShouldBe([(partition, partition, partition)]);
    }

    [Fact]
    public async Task Keys_differ_by_case_and_have_up_to_512_characters()
    {
        var longest = new string('k', TableRules.MaxKey);
        await Table.UpsertAllAsync([Row("Key", "upper"), Row("key", "lower"), Row(longest, "long")], None);

        (await TextOf("Key")).ShouldBe("upper");
        (await TextOf("key")).ShouldBe("lower");
        (await TextOf(longest)).ShouldBe("long");
        await Should.ThrowAsync<ArgumentException>(() => Table.UpsertAsync(Row(longest + "k", "x"), None));
        await Should.ThrowAsync<ArgumentException>(() => Table.UpsertAsync(Row(new string('世', 400), "x"), None));
    }

    [Fact]
    public async Task Text_of_64_KiB_fits_and_one_character_more_is_refused_with_its_name()
    {
        var longest = new string('世', TableRules.MaxText);
        await Table.UpsertAsync(Row("r", longest), None);

        (await TextOf("r")).ShouldBe(longest);
        var refusal = await Should.ThrowAsync<ArgumentException>(() => Table.UpsertAsync(Row("r", longest + "x"), None));
        refusal.Message.ShouldStartWith("The property 'Text' has 32769 characters; at most 32768 (64 KiB) fit.");
    }

    [Fact]
    public async Task Binary_of_64_KiB_fits_and_one_byte_more_is_refused()
    {
        var longest = new byte[TableRules.MaxBytes];
        new Random(1).NextBytes(longest);
        await Table.UpsertAsync(new TableRow("p", "r", new Dictionary<string, object> { ["B"] = longest }), None);

        (await Table.FindAsync("p", "r", null, None))!.Properties["B"].ShouldBe(longest);
        await Should.ThrowAsync<ArgumentException>(() =>
            Table.UpsertAsync(new TableRow("p", "r", new Dictionary<string, object> { ["B"] = new byte[TableRules.MaxBytes + 1] }), None));
    }

    [Fact]
    public async Task Rows_are_packed_into_batches_that_every_store_takes()
    {
        var texts = new[] { "x", "世", "\"", "\0" }.Select(t => string.Concat(Enumerable.Repeat(t, TableRules.MaxText))).ToList();
        var rows = Enumerable.Range(0, 60).Select(i => Row($"r{i:00}", texts[i % texts.Count])).ToList();

        await Should.ThrowAsync<ArgumentException>(() => Table.ApplyAsync([.. rows.Select(TableOperation.Upsert)], None));
        await Table.UpsertAllAsync(rows, None);

        (await Keys(RowKeyRange.All, null)).Select(r => r.Text("Text")).ShouldBe(rows.Select(r => r.Text("Text")));
    }

    [Fact]
    public async Task A_row_above_1_MiB_and_a_value_of_another_type_are_refused()
    {
        var wide = Enumerable.Range(0, 17).ToDictionary(i => $"B{i}", object (_) => new byte[TableRules.MaxBytes]);

        await Should.ThrowAsync<ArgumentException>(() => Table.UpsertAsync(new TableRow("p", "r", wide), None));
        await Should.ThrowAsync<ArgumentException>(() => Table.UpsertAsync(new TableRow("p", "r", new Dictionary<string, object> { ["I"] = 1 }), None));
        await Should.ThrowAsync<ArgumentException>(() => Table.UpsertAsync(new TableRow("p", "r", new Dictionary<string, object> { ["D"] = double.NaN }), None));
        await Should.ThrowAsync<ArgumentException>(() => Table.UpsertAsync(new TableRow("p", "r", new Dictionary<string, object> { ["RowKey"] = "x" }), None));
    }
}
