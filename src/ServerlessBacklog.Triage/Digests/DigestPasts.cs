using System.Text.Json;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Digests;

/// <summary>Keeps the figures of a digest for the one after it, so that it can say what changed. Names nobody: figures only.</summary>
public sealed class DigestPasts(IBacklogStore store)
{
    /// <summary>The figures of the window before this one; null when there was none.</summary>
    /// <param name="window">Null for whatever was kept last.</param>
    public async Task<DigestPast?> BeforeAsync(string backlog, DigestKind kind, string? window, CancellationToken cancellation) =>
        await FindAsync(backlog, kind, cancellation) is not { } kept ? null
        : window is not null && kept.Window == window ? kept.Before
        : kept.Now;

    /// <summary>A digest that is built twice in one window is compared with the same one both times.</summary>
    public async Task KeepAsync(string backlog, string window, Digest digest, CancellationToken cancellation)
    {
        var before = await BeforeAsync(backlog, digest.Kind, window, cancellation);
        var kept = new Kept(window, DigestPast.Of(digest), before);
        await store.SetCursorAsync(backlog, Cursor(digest.Kind), JsonSerializer.Serialize(kept), cancellation);
    }

    private async Task<Kept?> FindAsync(string backlog, DigestKind kind, CancellationToken cancellation)
    {
        if (await store.CursorAsync(backlog, Cursor(kind), cancellation) is not { } text)
            return null;
        try
        {
            return JsonSerializer.Deserialize<Kept>(text);
        }
        catch (JsonException)
        {
            // Of another version: the next digest says that it is the first.
            return null;
        }
    }

    private static string Cursor(DigestKind kind) => $"digest-{kind.ToString().ToLowerInvariant()}";

    private sealed record Kept(string Window, DigestPast Now, DigestPast? Before);
}
