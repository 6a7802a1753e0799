using System.Text.Json;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Rollout;

/// <summary>Takes every step of a backlog back at once, whatever its configuration says, until it is undone. Read anew at every write.</summary>
public sealed class Rollbacks(IBacklogStore store)
{
    private const string Cursor = "rollback";

    public async Task<Rollback?> FindAsync(string backlog, CancellationToken cancellation) =>
        await store.CursorAsync(backlog, Cursor, cancellation) is { Length: > 0 } json ? JsonSerializer.Deserialize<Rollback>(json) : null;

    public Task SetAsync(string backlog, Rollback rollback, CancellationToken cancellation) =>
        store.SetCursorAsync(backlog, Cursor, JsonSerializer.Serialize(rollback), cancellation);

    public Task UndoAsync(string backlog, CancellationToken cancellation) => store.SetCursorAsync(backlog, Cursor, "", cancellation);
}

/// <param name="To">How far any step may go at most.</param>
/// <param name="Why">The reason, for people; no text of a tracker.</param>
public sealed record Rollback(Autonomy To, string Why, DateTimeOffset Since);
