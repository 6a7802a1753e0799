using System.Collections.Concurrent;
using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Triage.Notifications;

/// <summary>Digests of one backlog within one round: those who get the same one get it built once.</summary>
internal sealed class BuiltDigests(IDigestSource? source, string backlog) : IDisposable
{
    private readonly ConcurrentDictionary<(DigestKind Kind, string? Person, string Window), Digest?> built = new();
    private readonly SemaphoreSlim turn = new(1);

    public async Task<Digest?> OfAsync(DigestKind kind, string? person, string window, CancellationToken cancellation)
    {
        if (source is null)
            return null;
        await turn.WaitAsync(cancellation);
        try
        {
            if (!built.TryGetValue((kind, person, window), out var digest))
                built[(kind, person, window)] = digest = await source.BuildAsync(kind, backlog, person, window, cancellation);
            return digest;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
