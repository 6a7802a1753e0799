using ServerlessBacklog.Adapters.Trackers.Files;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Benchmarks.Parts;

/// <summary>The backlog that ships with the program: 1,076 bug reports.</summary>
internal static class SampleBacklog
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "seamonkey.jsonl.gz");

    public static IReadOnlyList<WorkItem> Items() => ReadAsync(Path).GetAwaiter().GetResult();

    public static async Task<IReadOnlyList<WorkItem>> ReadAsync(string path)
    {
        var items = new List<WorkItem>();
        await foreach (var record in new FileTracker().ReadAsync(new SourceAddress(FileTracker.TrackerName, path), CancellationToken.None))
        {
            if (record.Item is { } item)
                items.Add(item);
        }

        return items;
    }
}
