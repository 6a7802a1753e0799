using MimeKit;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Notifications.Email;

/// <summary>One way for a mail to leave: a mail server, Microsoft Graph, a folder.</summary>
internal interface IMailTransport
{
    /// <summary>In words: <c>the mail server smtp.example.com</c>.</summary>
    string Place { get; }

    /// <summary>Who messages come from.</summary>
    MailboxAddress From { get; }

    /// <summary>Sends once, or says why not.</summary>
    Task<SendResult> SendAsync(MimeMessage message, CancellationToken cancellation);

    /// <summary>Looks whether it is reached and lets us in. Sends nothing.</summary>
    /// <returns>Null when it does; else what is wrong.</returns>
    Task<string?> WhyNotReachedAsync(CancellationToken cancellation);
}
