using System.Diagnostics.CodeAnalysis;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Notifications;

/// <summary>Where a message goes: a channel and the place in it. Never a URL: those hold secrets, and stand in settings under a name.</summary>
/// <param name="Channel">Name of an <see cref="INotificationChannel"/>.</param>
/// <param name="Place">Mail address, or the name of a setting; empty for the channel's only one.</param>
public sealed record NotificationAddress(string Channel, string Place)
{
    /// <summary>Most characters: a mail address has up to 254 (RFC 5321, 4.5.3.1).</summary>
    public const int Longest = 300;

    /// <summary>Why a text is no address; null when it is one.</summary>
    public static string? WhyWrong(string? text) =>
        string.IsNullOrWhiteSpace(text) ? "An address is missing. Write email:ada@example.com, teams or slack:NAME."
        : text.Contains("://", StringComparison.Ordinal) ? "An address is no URL: that of a webhook is a secret. Put it into a setting (docs/notifications.md), and write slack:NAME or teams:NAME here."
        : text.Length > Longest || text.Any(char.IsControl) || text.StartsWith(':') ? "That is no address. Write email:ada@example.com, teams or slack:NAME."
        : null;

    public static bool TryParse(string? text, [NotNullWhen(true)] out NotificationAddress? address)
    {
        address = null;
        if (WhyWrong(text) is not null)
            return false;
        var sides = text!.Trim().ToLowerInvariant().Split(':', 2);
        address = new NotificationAddress(sides[0], sides.Length == 2 ? sides[1] : "");
        return true;
    }

    /// <exception cref="UserErrorException">It is none.</exception>
    public static NotificationAddress Parse(string text) => TryParse(text, out var address) ? address : throw new UserErrorException(WhyWrong(text)!);

    public override string ToString() => Place.Length == 0 ? Channel : $"{Channel}:{Place}";
}
