using System.Collections.Concurrent;
using System.Text.Json;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Waits;

namespace ServerlessBacklog.Testing;

/// <summary>Asks and waits as JSON, so that none comes out as the object that went in.</summary>
public sealed class InMemoryPendingStore : IPendingStore
{
    private readonly ConcurrentDictionary<(string Backlog, WorkItemRef Item, string Decision), string> asks = new();
    private readonly ConcurrentDictionary<(string Backlog, WorkItemRef Item, string Decision), string> waits = new();

    public Task SaveAskAsync(string backlog, Ask ask, CancellationToken cancellation)
    {
        asks[(backlog, ask.Item, ask.Decision)] = JsonSerializer.Serialize(ask);
        return Task.CompletedTask;
    }

    public Task<Ask?> FindAskAsync(string backlog, WorkItemRef item, string decision, CancellationToken cancellation) =>
        Task.FromResult(asks.TryGetValue((backlog, item, decision), out var json) ? Read<Ask>(json) : null);

    public Task<IReadOnlyList<Ask>> AsksAsync(string backlog, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Ask>>([.. asks.Where(a => a.Key.Backlog == backlog).Select(a => Read<Ask>(a.Value)).OrderBy(a => a.Item.ToKey(), StringComparer.Ordinal)]);

    public async Task<IReadOnlyList<Ask>> AsksAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        [.. (await AsksAsync(backlog, cancellation)).Where(a => a.Item == item)];

    public Task SaveWaitAsync(string backlog, Wait wait, CancellationToken cancellation)
    {
        waits[(backlog, wait.Item, wait.Decision)] = JsonSerializer.Serialize(wait);
        return Task.CompletedTask;
    }

    public Task<Wait?> FindWaitAsync(string backlog, WorkItemRef item, string decision, CancellationToken cancellation) =>
        Task.FromResult(waits.TryGetValue((backlog, item, decision), out var json) ? Read<Wait>(json) : null);

    public Task<IReadOnlyList<Wait>> WaitsAsync(string backlog, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Wait>>([.. waits.Where(w => w.Key.Backlog == backlog).Select(w => Read<Wait>(w.Value)).OrderBy(w => w.Item.ToKey(), StringComparer.Ordinal)]);

    public async Task<IReadOnlyList<Wait>> WaitsAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        [.. (await WaitsAsync(backlog, cancellation)).Where(w => w.Item == item)];

    public Task PurgeAsync(string backlog, DateTimeOffset settledBefore, CancellationToken cancellation)
    {
        foreach (var (key, json) in asks.Where(a => a.Key.Backlog == backlog && Read<Ask>(a.Value).SettledAt < settledBefore))
            asks.TryRemove(new(key, json));
        foreach (var (key, json) in waits.Where(w => w.Key.Backlog == backlog && Read<Wait>(w.Value).SettledAt < settledBefore))
            waits.TryRemove(new(key, json));
        return Task.CompletedTask;
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json)!;
}
