using ServerlessBacklog.Triage.Notifications;

namespace ServerlessBacklog.Triage.Ports;

/// <summary>What was sent, what people chose, and which addresses are left alone.</summary>
public interface INotificationStore
{
    /// <summary>Writes the row of a message that has none yet.</summary>
    /// <returns>The row with its version; null when there is one of this key.</returns>
    Task<Sending?> BeginAsync(string backlog, Sending sending, CancellationToken cancellation);

    /// <summary>Puts a row in place of the version that was read.</summary>
    /// <returns>The row with its new version; null when somebody else was faster.</returns>
    Task<Sending?> ReplaceAsync(string backlog, Sending sending, CancellationToken cancellation);

    Task<Sending?> FindAsync(string backlog, string key, CancellationToken cancellation);

    /// <summary>Rows that are not settled.</summary>
    Task<IReadOnlyList<Sending>> OpenAsync(string backlog, CancellationToken cancellation);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<Sending>> LatestAsync(string backlog, int most, CancellationToken cancellation);

    /// <summary>Forgets settled rows that changed last before a moment.</summary>
    Task PurgeAsync(string backlog, DateTimeOffset before, CancellationToken cancellation);

    /// <summary>Saves what was chosen for an address in place of what was chosen before.</summary>
    Task SaveChoiceAsync(string backlog, SubscriberChoice choice, CancellationToken cancellation);

    Task<IReadOnlyList<SubscriberChoice>> ChoicesAsync(string backlog, CancellationToken cancellation);

    Task PauseAsync(PausedAddress paused, CancellationToken cancellation);

    Task ResumeAsync(string to, CancellationToken cancellation);

    Task<IReadOnlyList<PausedAddress>> PausedAsync(CancellationToken cancellation);

    /// <summary>The key by which links in messages are sealed; made on first use.</summary>
    Task<byte[]> LinkKeyAsync(CancellationToken cancellation);
}
