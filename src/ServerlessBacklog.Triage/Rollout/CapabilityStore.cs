using System.Text.Json;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Rollout;

/// <summary>How often each step was right, by backlog and source; a newer measure of a step takes the place of the older.</summary>
public sealed class CapabilityStore(IBacklogStore store)
{
    public async Task SaveAsync(string backlog, CapabilitySource source, IReadOnlyCollection<CapabilityRecord> records, CancellationToken cancellation)
    {
        var kept = (await ListAsync(backlog, source, cancellation)).Where(old => records.All(r => r.Step != old.Step));
        await store.SetCursorAsync(backlog, CursorOf(source), JsonSerializer.Serialize(kept.Concat(records).OrderBy(r => r.Step, StringComparer.Ordinal)), cancellation);
    }

    public async Task<IReadOnlyList<CapabilityRecord>> ListAsync(string backlog, CancellationToken cancellation) =>
    [
        .. await ListAsync(backlog, CapabilitySource.Outcomes, cancellation),
        .. await ListAsync(backlog, CapabilitySource.Evaluation, cancellation),
    ];

    private async Task<IReadOnlyList<CapabilityRecord>> ListAsync(string backlog, CapabilitySource source, CancellationToken cancellation) =>
        await store.CursorAsync(backlog, CursorOf(source), cancellation) is { } json ? JsonSerializer.Deserialize<List<CapabilityRecord>>(json)! : [];

    private static string CursorOf(CapabilitySource source) => $"capabilities {source}";
}
