using System.Text.Json;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Examination;

/// <summary>
/// Which items a sweep examines, page by page. The list lies in a body beside the snapshot, one per backlog: an orchestration carries its
/// id and the number of pages only.
/// </summary>
public sealed class SweepPlans(ISnapshotStore bodies)
{
    public Task SaveAsync(string backlog, StoredPlan plan, CancellationToken cancellation) =>
        bodies.SaveAsync(NameOf(backlog), stream => SealedBody.WriteAsync(
            stream, packed => JsonSerializer.SerializeAsync(packed, plan, cancellationToken: cancellation), cancellation), cancellation);

    /// <summary>The plan of that id; null when it is lost, damaged, or another has taken its place.</summary>
    public async Task<StoredPlan?> FindAsync(string backlog, string id, CancellationToken cancellation)
    {
        try
        {
            await using var stream = await bodies.OpenAsync(NameOf(backlog), cancellation);
            if (stream is null)
                return null;
            await using var unpacked = await SealedBody.OpenAsync(stream, cancellation);
            return await JsonSerializer.DeserializeAsync<StoredPlan>(unpacked, cancellationToken: cancellation) is { } plan && plan.Id == id ? plan : null;
        }
        catch (Exception broken) when (broken is InvalidDataException or JsonException or EndOfStreamException)
        {
            return null;
        }
    }

    private static string NameOf(string backlog) => $"{backlog}/sweep";
}

/// <param name="Id">Names this plan; a plan made anew has another id.</param>
/// <param name="Snapshot">Version of the snapshot that it was made from.</param>
public sealed record StoredPlan(string Id, string Snapshot, IReadOnlyList<IReadOnlyList<WorkItemRef>> Pages);
