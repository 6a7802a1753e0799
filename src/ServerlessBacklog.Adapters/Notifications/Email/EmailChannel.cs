using ServerlessBacklog.Adapters.Notifications.Rendering;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Notifications.Email;

/// <summary>Purpose: a digest as a mail to one mailbox, by whichever way is set up.</summary>
internal sealed class EmailChannel(TimeProvider time, IMailTransport? transport = null) : INotificationChannel
{
    public string Name => "email";

    public string? WhyNot => transport is null
        ? "No way for mails is set: Notifications:Email:Graph:Mailbox, Notifications:Email:Smtp:Host or Notifications:Email:Directory (docs/notifications.md)."
        : null;

    internal IMailTransport? Transport => transport;

    public string? WhyRefused(string address) => MailAddresses.Find(address) is null ? "That is no mail address." : null;

    public async Task<SendResult> SendAsync(string address, Digest digest, CancellationToken cancellation)
    {
        if (transport is null)
            return new SendResult(SendOutcome.Later, WhyNot);
        if (MailAddresses.Find(address) is not { } to)
            return new SendResult(SendOutcome.Refused, WhyRefused(address)) { IsGone = true };
        using var message = MailComposer.Compose(DigestEmail.Render(digest), transport.From, to, digest.Preferences, time.GetUtcNow());
        return await transport.SendAsync(message, cancellation);
    }
}
