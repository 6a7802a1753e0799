using System.Collections.Concurrent;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Testing;

public sealed class InMemoryAlarms : IAlarms
{
    private readonly ConcurrentDictionary<string, Alarm> alarms = new(StringComparer.Ordinal);

    public Task RaiseAsync(Alarm alarm, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        alarms.AddOrUpdate(alarm.Key, alarm, (_, old) => alarm with { Since = old.Since });
        return Task.CompletedTask;
    }

    public Task ClearAsync(string key, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        alarms.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Alarm>> ListAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<Alarm>>([.. alarms.Values.OrderBy(a => a.Since)]);
    }
}
