using System.Collections.Concurrent;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Testing;

public sealed class InMemoryModelCache : IModelCache
{
    private readonly ConcurrentDictionary<(string Backlog, string Key), (string Answer, DateTimeOffset At)> answers = new();

    public int Count => answers.Count;

    public Task<string?> FindAsync(string backlog, string key, CancellationToken cancellation) =>
        Task.FromResult(answers.TryGetValue((backlog, key), out var found) ? found.Answer : null);

    public Task SaveAsync(string backlog, string key, string answer, DateTimeOffset at, CancellationToken cancellation)
    {
        answers[(backlog, key)] = (answer, at);
        return Task.CompletedTask;
    }

    public Task<int> PurgeAsync(string backlog, DateTimeOffset? before, CancellationToken cancellation) =>
        Task.FromResult(answers.Where(a => a.Key.Backlog == backlog && (before is null || a.Value.At < before)).Count(a => answers.TryRemove(a.Key, out _)));
}
