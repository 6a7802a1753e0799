using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Triage.Notifications;

/// <summary>Builds what is told of a backlog.</summary>
public interface IDigestSource
{
    /// <summary>Null when there is nothing to say.</summary>
    /// <param name="person">Login of the person whom a personal digest is for; null for others.</param>
    /// <param name="window">The day (<c>2026-11-28</c>) or ISO week (<c>2026-W48</c>) that it is of.</param>
    Task<Digest?> BuildAsync(DigestKind kind, string backlog, string? person, string window, CancellationToken cancellation);
}
