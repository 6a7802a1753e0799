using System.Text;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage;

/// <summary>What every snapshot store must do. Inherit it to run it on an implementation.</summary>
public abstract class SnapshotStoreContract
{
    protected static readonly CancellationToken None = TestContext.Current.CancellationToken;

    protected abstract ISnapshotStore Store { get; }

    /// <summary>How many bodies, whole or half, lie in the store.</summary>
    protected abstract Task<int> CountAsync();

    [Fact]
    public async Task A_snapshot_that_was_never_saved_is_null()
    {
        (await Store.OpenAsync("index", None)).ShouldBeNull();

        await SaveAsync("another", "x");

        (await Store.OpenAsync("index", None)).ShouldBeNull();
    }

    [Fact]
    public async Task The_last_saved_body_is_read_back_and_no_draft_is_left()
    {
        await SaveAsync("index", "a longer first body");
        await SaveAsync("index", "second");

        (await ReadAsync("index")).ShouldBe("second");
        (await CountAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20_000_000)]
    public async Task A_body_of_any_length_comes_back_whole(int length)
    {
        var body = new byte[length];
        new Random(length).NextBytes(body);

        await Store.SaveAsync("index", stream => stream.WriteAsync(body, None).AsTask(), None);

        await using var reading = (await Store.OpenAsync("index", None))!;
        var read = new MemoryStream();
        await reading.CopyToAsync(read, None);
        read.ToArray().AsSpan().SequenceEqual(body).ShouldBeTrue();
    }

    [Fact]
    public async Task A_reader_keeps_the_old_body_while_a_new_one_is_saved()
    {
        await SaveAsync("index", "old");
        await using var reading = (await Store.OpenAsync("index", None))!;

        await SaveAsync("index", "new");

        (await new StreamReader(reading).ReadToEndAsync(None)).ShouldBe("old");
    }

    [Fact]
    public async Task A_write_that_fails_leaves_the_old_body_and_no_draft()
    {
        await SaveAsync("index", "old");

        await Should.ThrowAsync<InvalidOperationException>(() => Store.SaveAsync(
            "index",
            async stream =>
            {
                await stream.WriteAsync("half"u8.ToArray(), None);
                throw new InvalidOperationException("cut off");
            },
            None));

        (await ReadAsync("index")).ShouldBe("old");
        (await CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Readers_and_racing_writers_see_whole_bodies_only()
    {
        const int Length = 9_000_000;
        await SaveAsync("index", new string('a', Length));
        var writers = "bcd".Select(c => Task.Run(() => SaveAsync("index", new string(c, Length)))).ToList();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => ReadAsync("index")));

        var bodies = await Task.WhenAll(readers);
        await Task.WhenAll(writers);

        foreach (var body in bodies.Append(await ReadAsync("index")))
        {
            body.Length.ShouldBe(Length);
            body.AsSpan().ContainsAnyExcept(body[0]).ShouldBeFalse();
        }

        (await ReadAsync("index"))[0].ShouldNotBe('a');
    }

    [Fact]
    public async Task Names_of_any_kind_stay_apart()
    {
        string[] names = ["index/owner/repo", "index", "Index", "../outside", "..", "c:\\x", "ü🎉", "100%25+", new string('n', 400), new string('n', 400) + "2"];
        foreach (var name in names)
            await SaveAsync(name, name);

        foreach (var name in names)
            (await ReadAsync(name)).ShouldBe(name);
        (await CountAsync()).ShouldBe(names.Length);
    }

    [Fact]
    public async Task A_deleted_body_is_gone_and_deleting_it_again_is_no_fault()
    {
        await Store.DeleteAsync("never/saved", None);
        await SaveAsync("one", "1");
        await SaveAsync("other", "2");

        await Store.DeleteAsync("one", None);
        await Store.DeleteAsync("one", None);

        (await Store.OpenAsync("one", None)).ShouldBeNull();
        (await ReadAsync("other")).ShouldBe("2");
        (await CountAsync()).ShouldBe(1);
    }

    protected Task SaveAsync(string name, string body) =>
        Store.SaveAsync(name, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(body), None).AsTask(), None);

    private async Task<string> ReadAsync(string name)
    {
        await using var stream = (await Store.OpenAsync(name, None))!;
        return await new StreamReader(stream).ReadToEndAsync(None);
    }
}
