using MimeKit;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Notifications.Email;

/// <summary>Reads addresses strictly: exactly one mailbox, nothing that could begin another header.</summary>
internal static class MailAddresses
{
    /// <summary>Null when it is no single mailbox.</summary>
    public static MailboxAddress? Find(string text) =>
        text.Length <= 254 && !text.Any(c => char.IsControl(c) || c is ',' or ';') && MailboxAddress.TryParse(text, out var mailbox)
        && mailbox.Address is { } address && address.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at == address.LastIndexOf('@') && at < address.Length - 1 && !address.Any(char.IsWhiteSpace)
            ? mailbox
            : null;

    /// <exception cref="UserErrorException">The setting holds no mailbox.</exception>
    public static MailboxAddress OfSetting(string setting, string text) =>
        Find(text) ?? throw new UserErrorException($"The setting {setting} is no mail address. Write for example backlog@example.com.");
}
