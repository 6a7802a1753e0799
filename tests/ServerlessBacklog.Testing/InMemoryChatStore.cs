using System.Collections.Concurrent;
using ServerlessBacklog.Triage.Chat;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Testing;

/// <summary>What was said in chats; a version is a number that each write raises.</summary>
public sealed class InMemoryChatStore : IChatStore
{
    private readonly ConcurrentDictionary<string, Row> rows = new(StringComparer.Ordinal);
    private int versions;

    public Task<ChatRequest?> AddAsync(ChatRequest request, CancellationToken cancellation)
    {
        var row = new Row(request with { Version = Next() }, null, false);
        return Task.FromResult(rows.TryAdd(request.Key, row) ? row.Request : null);
    }

    public Task<ChatRequest?> ClaimAsync(ChatRequest request, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!rows.TryGetValue(request.Key, out var row) || row.Request.Version != request.Version)
            return Task.FromResult<ChatRequest?>(null);
        var claimed = new Row(row.Request with { Version = Next(), Attempts = row.Request.Attempts + 1 }, now, row.IsDone);
        return Task.FromResult(rows.TryUpdate(request.Key, claimed, row) ? claimed.Request : null);
    }

    public Task EndAsync(ChatRequest request, CancellationToken cancellation)
    {
        rows[request.Key] = new Row(request, null, true);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ChatRequest>> WaitingAsync(DateTimeOffset since, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ChatRequest>>(
        [.. rows.Values.Where(r => !r.IsDone && r.Request.Attempts < 5 && (r.ClaimedAt ?? r.Request.At) < since && r.Request.At < since).Select(r => r.Request).OrderBy(r => r.At)]);

    public Task PurgeAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        foreach (var row in rows.Where(r => r.Value.Request.At < before))
            rows.TryRemove(row);
        return Task.CompletedTask;
    }

    private string Next() => $"{Interlocked.Increment(ref versions)}";

    private sealed record Row(ChatRequest Request, DateTimeOffset? ClaimedAt, bool IsDone);
}
