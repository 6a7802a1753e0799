using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage;

public sealed class FileSnapshotStoreTests : SnapshotStoreContract, IDisposable
{
    private readonly TemporaryDirectory directory = new();

    protected override ISnapshotStore Store => new FileSnapshotStore(directory.File("snapshots"));

    protected override Task<int> CountAsync() => Task.FromResult(Directory.GetFileSystemEntries(directory.File("snapshots")).Length);

    [Fact]
    public async Task Names_of_any_kind_stay_inside_the_directory()
    {
        foreach (var name in new[] { "../outside", "..", "/outside", "a/../../outside" })
            await SaveAsync(name, name);

        Directory.GetFileSystemEntries(directory.Path).ShouldBe([directory.File("snapshots")]);
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_named()
    {
        await File.WriteAllTextAsync(directory.File("snapshots"), "a file where the directory should be", None);

        var fault = await Should.ThrowAsync<UserErrorException>(() => SaveAsync("index", "x"));

        fault.Message.ShouldContain("cannot be written");
    }

    public void Dispose() => directory.Dispose();
}
