using System.Text.Json;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Rollout;

/// <summary>How ready the data of a backlog was when it was assessed last.</summary>
public sealed class Readings(IBacklogStore store)
{
    private const string Cursor = "readiness";

    public async Task<ReadinessReading?> FindAsync(string backlog, CancellationToken cancellation) =>
        await store.CursorAsync(backlog, Cursor, cancellation) is { Length: > 0 } json ? JsonSerializer.Deserialize<ReadinessReading>(json) : null;

    /// <summary>A backlog without open items has no grade: nothing is saved then.</summary>
    public async Task SaveAsync(string backlog, Readiness readiness, DateTimeOffset at, CancellationToken cancellation)
    {
        if (readiness is { Grade: { } grade, Score: { } score })
            await store.SetCursorAsync(backlog, Cursor, JsonSerializer.Serialize(new ReadinessReading(grade, score, at)), cancellation);
    }
}

/// <param name="Score">0…100.</param>
public sealed record ReadinessReading(ReadinessGrade Grade, int Score, DateTimeOffset At);
