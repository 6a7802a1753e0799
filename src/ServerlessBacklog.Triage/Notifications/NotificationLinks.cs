using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Notifications;

/// <summary>
/// Links by which whoever gets a message says no to more, without signing in. A link holds no address, only a seal of it, so that none stands in the log of a
/// web server; it opens nothing else.
/// </summary>
public sealed class NotificationLinks(NotificationSite site, Subscriptions subscriptions, INotificationStore store)
{
    /// <summary>Below the address of the host.</summary>
    public const string Path = "hooks/unsubscribe";

    /// <summary>Null where nobody said under which address this host is reached.</summary>
    public async Task<Uri?> OfAsync(string backlog, string to, DigestKind kind, CancellationToken cancellation) => site.Address is not { } home ? null : new Uri(
        home, $"{Path}?backlog={Uri.EscapeDataString(backlog)}&kind={kind.ToString().ToLowerInvariant()}&seal={await SealAsync(backlog, to, kind, cancellation)}");

    /// <summary>Whose link it is; null for one that is not ours, or of an address that is on no list any more.</summary>
    public async Task<(Subscriber To, DigestKind Kind)?> FindAsync(string backlog, string? kindWord, string? seal, CancellationToken cancellation)
    {
        if (seal is null || !Enum.TryParse<DigestKind>(kindWord, ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
            return null;
        (Subscriber, DigestKind)? found = null;
        // All of them, always: which one fits is not to be read from the time that it takes.
        foreach (var subscriber in await subscriptions.OfAsync(backlog, cancellation))
        {
            var own = Encoding.UTF8.GetBytes(await SealAsync(backlog, subscriber.To, kind, cancellation));
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(seal), own))
                found = (subscriber, kind);
        }

        return found;
    }

    private async Task<string> SealAsync(string backlog, string to, DigestKind kind, CancellationToken cancellation)
    {
        var key = await store.LinkKeyAsync(cancellation);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"unsubscribe\n{backlog}\n{to}\n{kind}")).AsSpan(0, 16));
    }
}

/// <param name="Address">Where people reach this host, with a slash at its end; null when nobody said.</param>
public sealed record NotificationSite(Uri? Address);
