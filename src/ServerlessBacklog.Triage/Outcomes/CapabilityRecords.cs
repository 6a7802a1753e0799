using System.Text.Json;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Outcomes;

/// <summary>How good a step's proposals proved to be on one backlog: what a gate asks for before the step may do more.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="N">Decided proposals that it rests on.</param>
/// <param name="Precision">Share of them that people let stand unchanged, 0 … 1; 0 when <paramref name="N"/> is 0.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="At">When it was measured.</param>
/// <param name="Source">What it was measured on: <see cref="Outcomes"/>, or the name of a stored evaluation.</param>
public sealed record CapabilityRecord(string Step, int N, double Precision, double Low, double High, DateTimeOffset At, string Source)
{
    /// <summary>The backlog's own outcomes.</summary>
    public const string Outcomes = "outcomes";
}

/// <summary>The newest record of each step and source, kept with the backlog.</summary>
public sealed class CapabilityRecords(IBacklogStore store)
{
    private const string Cursor = "capabilities";

    /// <summary>All records, by step, then by source.</summary>
    public async Task<IReadOnlyList<CapabilityRecord>> ReadAsync(string backlog, CancellationToken cancellation) =>
        await store.CursorAsync(backlog, Cursor, cancellation) is { } json ? JsonSerializer.Deserialize<List<CapabilityRecord>>(json)! : [];

    /// <summary>The newest record of a step; null when it was never measured.</summary>
    public async Task<CapabilityRecord?> FindAsync(string backlog, string step, CancellationToken cancellation) =>
        (await ReadAsync(backlog, cancellation)).Where(r => r.Step == step).MaxBy(r => r.At);

    /// <summary>Keeps records in place of earlier ones of the same step and source.</summary>
    public async Task SaveAsync(string backlog, IReadOnlyCollection<CapabilityRecord> records, CancellationToken cancellation)
    {
        var kept = (await ReadAsync(backlog, cancellation)).Where(k => records.All(r => (r.Step, r.Source) != (k.Step, k.Source)));
        await store.SetCursorAsync(
            backlog, Cursor, JsonSerializer.Serialize(kept.Concat(records).OrderBy(r => r.Step, StringComparer.Ordinal).ThenBy(r => r.Source, StringComparer.Ordinal)), cancellation);
    }
}
