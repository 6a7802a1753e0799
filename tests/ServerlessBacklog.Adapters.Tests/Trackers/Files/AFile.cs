using System.IO.Compression;
using System.Text;
using ServerlessBacklog.Adapters.Trackers.Files;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Files;

/// <summary>Writes files to a folder of its own and reads them with the tracker: <c>using var file = new AFile();</c>.</summary>
internal sealed class AFile : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("files-").FullName;

    public string PathOf(string name) => Path.Join(Folder, name);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    public Task<ReadResult> ReadAsync(string name, string text, string? mapping = null) =>
        ReadPathAsync(Write(name, text), mapping is null ? null : Write("map.yaml", mapping));

    public static async Task<ReadResult> ReadPathAsync(string path, string? mapping = null, FileLimits? limits = null)
    {
        var items = new List<WorkItem>();
        var problems = new List<ReadProblem>();
        var tracker = new FileTracker(limits ?? FileLimits.Default);
        await foreach (var record in tracker.ReadAsync(new SourceAddress("file", path, mapping), CancellationToken.None))
        {
            if (record.Item is { } item)
                items.Add(item);
            else
                problems.Add(record.Problem!);
        }

        return new ReadResult(items, problems);
    }

    public async Task<string> RefusalAsync(string name, string text, string? mapping = null) =>
        (await Should.ThrowAsync<UserErrorException>(() => ReadAsync(name, text, mapping))).Message;

    public static async Task<string> RefusalAsync(string path, FileLimits? limits = null) =>
        (await Should.ThrowAsync<UserErrorException>(() => ReadPathAsync(path, null, limits))).Message;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

internal sealed record ReadResult(IReadOnlyList<WorkItem> Items, IReadOnlyList<ReadProblem> Problems)
{
    public WorkItem Only => Items.ShouldHaveSingleItem();

    public string OnlyProblem => Problems.ShouldHaveSingleItem().ToString();
}
