using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Setup;

/// <summary>Whether rows and bodies can be written, read back and deleted where backlogs are kept, by whoever is signed in.</summary>
internal sealed class StorageCheck(IStorage storage, IConfiguration configuration, TimeProvider time) : ISetupCheck
{
    private const string Probe = "probe";

    public string Area => "Storage";

    public string? Tracker => null;

    public async IAsyncEnumerable<SetupFinding> CheckAsync(IReadOnlyList<string> projects, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var place = PlaceOf(configuration);
        var since = time.GetTimestamp();
        if (!await KeepsRowsAsync(cancellation))
        {
            yield return SetupFinding.Wrong($"A row written to {place} could not be read back.", "Check that nothing else writes there, and that the disk is in order.");
            yield break;
        }

        yield return SetupFinding.Ok($"Rows are kept in {place} (written, read and deleted in {time.GetElapsedTime(since).TotalMilliseconds:N0} ms).");
        yield return await KeepsBodiesAsync(cancellation)
            ? SetupFinding.Ok("Bodies (deliveries, snapshots) are kept there too.")
            : SetupFinding.Wrong($"A body written to {place} could not be read back.", "Check that nothing else writes there, and that the disk is in order.");
    }

    private async Task<bool> KeepsRowsAsync(CancellationToken cancellation)
    {
        var table = storage.Tables.Open(Probe);
        var row = new TableRow("setup", Guid.NewGuid().ToString("n"), new Dictionary<string, object> { ["At"] = time.GetUtcNow() });
        await table.UpsertAsync(row, cancellation);
        var found = await table.FindAsync(row.PartitionKey, row.RowKey, null, cancellation);
        await table.DeleteAsync(row, cancellation);
        return found is not null;
    }

    private async Task<bool> KeepsBodiesAsync(CancellationToken cancellation)
    {
        var (name, body) = ($"{Probe}-{Guid.NewGuid():n}", Encoding.UTF8.GetBytes("kept"));
        await storage.Snapshots.SaveAsync(name, stream => stream.WriteAsync(body, cancellation).AsTask(), cancellation);
        try
        {
            await using var stream = await storage.Snapshots.OpenAsync(name, cancellation);
            using var read = new MemoryStream();
            await (stream ?? Stream.Null).CopyToAsync(read, cancellation);
            return read.ToArray().AsSpan().SequenceEqual(body);
        }
        finally
        {
            await storage.Snapshots.DeleteAsync(name, cancellation);
        }
    }

    /// <summary>Names the place; never what signs in there.</summary>
    private static string PlaceOf(IConfiguration configuration) => configuration[ServerlessBacklogServices.StorageConnection] is { Length: > 0 } connection
        ? AzureConnection.Parse(connection).TableAddress.GetLeftPart(UriPartial.Path).TrimEnd('/')
        : $"the folder {Path.GetFullPath(configuration[ServerlessBacklogServices.DataDirectory] ?? ".backlog")}";
}
