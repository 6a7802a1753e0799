using System.Text;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage;

public sealed class FileSnapshotStoreTests : IDisposable
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    private readonly TemporaryDirectory directory = new();
    private readonly FileSnapshotStore store;

    public FileSnapshotStoreTests() => store = new FileSnapshotStore(directory.File("snapshots"));

    [Fact]
    public async Task A_snapshot_that_was_never_saved_is_null()
    {
        (await store.OpenAsync("index", None)).ShouldBeNull();
    }

    [Fact]
    public async Task The_last_saved_body_is_read_back_and_no_draft_is_left()
    {
        await SaveAsync("index", "a longer first body");
        await SaveAsync("index", "second");

        (await ReadAsync("index")).ShouldBe("second");
        Directory.GetFiles(directory.File("snapshots")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_reader_keeps_the_old_body_while_a_new_one_is_saved()
    {
        await SaveAsync("index", "old");
        await using var reading = (await store.OpenAsync("index", None))!;

        await SaveAsync("index", "new");

        (await new StreamReader(reading).ReadToEndAsync(None)).ShouldBe("old");
    }

    [Fact]
    public async Task A_write_that_fails_leaves_the_old_body_and_no_draft()
    {
        await SaveAsync("index", "old");

        await Should.ThrowAsync<InvalidOperationException>(() => store.SaveAsync(
            "index",
            async stream =>
            {
                await stream.WriteAsync("half"u8.ToArray(), None);
                throw new InvalidOperationException("cut off");
            },
            None));

        (await ReadAsync("index")).ShouldBe("old");
        Directory.GetFiles(directory.File("snapshots")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Names_of_any_kind_stay_apart_inside_the_directory()
    {
        string[] names = ["index/owner/repo", "index", "Index", "../outside", "..", "c:\\x", "ü🎉", new string('n', 400), new string('n', 400) + "2"];
        foreach (var name in names)
            await SaveAsync(name, name);

        foreach (var name in names)
            (await ReadAsync(name)).ShouldBe(name);
        Directory.GetFiles(directory.File("snapshots")).Length.ShouldBe(names.Length);
        Directory.GetFileSystemEntries(directory.Path).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_named()
    {
        await File.WriteAllTextAsync(directory.File("snapshots"), "a file where the directory should be", None);

        var fault = await Should.ThrowAsync<UserErrorException>(() => SaveAsync("index", "x"));

        fault.Message.ShouldContain("cannot be written");
    }

    public void Dispose() => directory.Dispose();

    private Task SaveAsync(string name, string body) =>
        store.SaveAsync(name, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(body), None).AsTask(), None);

    private async Task<string> ReadAsync(string name)
    {
        await using var stream = (await store.OpenAsync(name, None))!;
        return await new StreamReader(stream).ReadToEndAsync(None);
    }
}
