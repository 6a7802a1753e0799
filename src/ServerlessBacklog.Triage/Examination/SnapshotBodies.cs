using System.Text;
using System.Text.Json;
using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Examination;

/// <summary>The stored snapshot of each backlog: its outlines, and its index beside them. What cannot be read is built again.</summary>
internal sealed class SnapshotBodies(IBacklogStore store, ISnapshotStore bodies, IEncoders? encoders)
{
    private const int FormatVersion = 2;

    public static IReadOnlyList<string> NamesOf(string backlog) => [OutlinesName(backlog), IndexName(backlog)];

    /// <param name="mark">Where the tail goes on after it (<see cref="IBacklogStore.TailAsync"/>).</param>
    public async Task SaveAsync(string backlog, BacklogSnapshot snapshot, string mark, CancellationToken cancellation)
    {
        var version = snapshot.Version;
        await bodies.SaveAsync(IndexName(backlog), stream => SealedBody.WriteAsync(stream, packed =>
        {
            using (var header = new BinaryWriter(packed, Encoding.UTF8, leaveOpen: true))
                header.Write(version);
            snapshot.Index.Save(packed);
            return Task.CompletedTask;
        }, cancellation), cancellation);
        var outlines = new Outlines(FormatVersion, version, [.. snapshot.Items.Values], mark, encoders?.For(backlog)?.Name);
        await bodies.SaveAsync(OutlinesName(backlog), stream => SealedBody.WriteAsync(
            stream, packed => JsonSerializer.SerializeAsync(packed, outlines, cancellationToken: cancellation), cancellation), cancellation);
    }

    /// <summary>The stored snapshot, its index read on first use; null when there is none that this version can read.</summary>
    public async Task<StoredSnapshot?> LoadAsync(string backlog, CancellationToken cancellation)
    {
        var encoder = encoders?.For(backlog);
        try
        {
            await using var stream = await bodies.OpenAsync(OutlinesName(backlog), cancellation);
            if (stream is null)
                return null;
            await using var unpacked = await SealedBody.OpenAsync(stream, cancellation);
            if (await JsonSerializer.DeserializeAsync<Outlines>(unpacked, cancellationToken: cancellation) is not { Format: FormatVersion } outlines || outlines.Encoder != encoder?.Name)
                return null;
            var index = new Once<SearchIndex>(() => LoadIndex(backlog, outlines.Version));
            return new StoredSnapshot(new BacklogSnapshot(outlines.Items.ToDictionary(i => i.Item.Ref), index, encoder), outlines.Mark);
        }
        catch (Exception broken) when (broken is InvalidDataException or JsonException or EndOfStreamException)
        {
            return null;
        }
    }

    private SearchIndex LoadIndex(string backlog, string version)
    {
        try
        {
            // The index is read inside pure steps, which are synchronous; the store is a file or a small blob, read once per process.
            using var stream = bodies.OpenAsync(IndexName(backlog), CancellationToken.None).GetAwaiter().GetResult();
            if (stream is not null)
            {
                using var unpacked = SealedBody.OpenAsync(stream, CancellationToken.None).GetAwaiter().GetResult();
                using var header = new BinaryReader(unpacked, Encoding.UTF8, leaveOpen: true);
                if (header.ReadString() == version)
                    return SearchIndex.Load(unpacked);
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException or FormatException)
        {
            // Fall through: an index that cannot be read is built again.
        }

        var items = store.ItemsAsync(backlog, CancellationToken.None).ToListAsync().AsTask().GetAwaiter().GetResult();
        return SearchIndex.Build(items.Select(BacklogSnapshot.IndexedTextOf));
    }

    private static string OutlinesName(string backlog) => $"{backlog}/outlines";

    private static string IndexName(string backlog) => $"{backlog}/index";

    private sealed record Outlines(int Format, string Version, IReadOnlyList<OutlinedItem> Items, string? Mark, string? Encoder = null);
}

/// <param name="Mark">Where the tail goes on after it; null in one that an earlier version stored.</param>
internal sealed record StoredSnapshot(BacklogSnapshot Snapshot, string? Mark);
