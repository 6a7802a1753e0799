using System.Collections.Concurrent;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Testing;

/// <summary>Bodies as bytes. A body is there once it is written to its end, as in the real stores.</summary>
public sealed class InMemorySnapshotStore : ISnapshotStore
{
    private readonly ConcurrentDictionary<string, byte[]> bodies = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => [.. bodies.Keys.Order(StringComparer.Ordinal)];

    public Task DeleteAsync(string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Lose(name);
        return Task.CompletedTask;
    }

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult<Stream?>(bodies.TryGetValue(name, out var body) ? new MemoryStream(body, writable: false) : null);
    }

    public async Task SaveAsync(string name, Func<Stream, Task> write, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var body = new MemoryStream();
        await write(body);
        bodies[name] = body.ToArray();
    }

    /// <summary>Damages a stored body: what a full disk or a half-finished copy leaves behind.</summary>
    public void Damage(string name, Func<byte[], byte[]> damage) => bodies[name] = damage([.. bodies[name]]);

    public void Lose(string name) => bodies.TryRemove(name, out _);
}
