using System.Net;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Notifications.Email;

/// <summary>
/// Purpose: mails by a mail server. TLS is required, unless the server is on this machine. What fails before the message is on its way was not sent; a
/// connection that breaks later leaves it unknown. What a server says goes into no text of ours, because it may repeat the address: its status does.
/// </summary>
internal sealed class SmtpMail(SmtpOptions options, TimeSpan? timeout = null) : IMailTransport
{
    private const int TlsFromTheStart = 465;

    private readonly int milliseconds = (int)(timeout ?? TimeSpan.FromSeconds(30)).TotalMilliseconds;

    public string Place => $"the mail server {options.Host}:{options.Port}";

    public MailboxAddress From { get; } = MailAddresses.OfSetting("Notifications:Email:Smtp:From", options.From);

    private bool IsOnThisMachine => options.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(options.Host, out var address) && IPAddress.IsLoopback(address));

    public async Task<SendResult> SendAsync(MimeMessage message, CancellationToken cancellation)
    {
        using var client = new SmtpClient { Timeout = milliseconds };
        if (await WhyNotOpenAsync(client, cancellation) is { } closed)
            return new SendResult(SendOutcome.Later, closed);
        try
        {
            await client.SendAsync(message, cancellation);
        }
        catch (SmtpCommandException refused)
        {
            return Of(refused);
        }
        catch (Exception fault) when (IsBroken(fault, cancellation))
        {
            return new SendResult(SendOutcome.Unknown, "The mail server broke off before it said whether it took the message.");
        }

        await CloseAsync(client);
        return new SendResult(SendOutcome.Sent);
    }

    public async Task<string?> WhyNotReachedAsync(CancellationToken cancellation)
    {
        using var client = new SmtpClient { Timeout = milliseconds };
        var why = await WhyNotOpenAsync(client, cancellation);
        if (why is null)
            await CloseAsync(client);
        return why;
    }

    private async Task<string?> WhyNotOpenAsync(SmtpClient client, CancellationToken cancellation)
    {
        try
        {
            await client.ConnectAsync(
                options.Host, options.Port, options.Port == TlsFromTheStart ? SecureSocketOptions.SslOnConnect : IsOnThisMachine ? SecureSocketOptions.None : SecureSocketOptions.StartTls, cancellation);
            if (options.User is { Length: > 0 } user)
                await client.AuthenticateAsync(user, options.Password ?? "", cancellation);
            return null;
        }
        catch (AuthenticationException)
        {
            return "The mail server does not take the user and password that are set.";
        }
        catch (SslHandshakeException)
        {
            return "The mail server shows a certificate that is not trusted here, or none.";
        }
        catch (NotSupportedException)
        {
            return "The mail server offers no encryption (STARTTLS) or no way to sign in, so nothing is sent by it.";
        }
        catch (Exception fault) when (IsBroken(fault, cancellation) || fault is SmtpCommandException)
        {
            return "The mail server was not reached.";
        }
    }

    private static bool IsBroken(Exception fault, CancellationToken cancellation) =>
        fault is IOException or SocketException or ProtocolException or ServiceNotConnectedException or TimeoutException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested);

    private static SendResult Of(SmtpCommandException refused)
    {
        var status = (int)refused.StatusCode;
        return refused.ErrorCode switch
        {
            _ when status is >= 400 and < 500 => new SendResult(SendOutcome.Later, $"The mail server asked to come again later ({status})."),
            SmtpErrorCode.RecipientNotAccepted => new SendResult(SendOutcome.Refused, $"The mail server refused the recipient ({status}).") { IsGone = true },
            // The setting is wrong, not the address: it can be mended.
            SmtpErrorCode.SenderNotAccepted => new SendResult(SendOutcome.Later, $"The mail server refused the sender of Notifications:Email:Smtp:From ({status})."),
            _ => new SendResult(SendOutcome.Refused, $"The mail server refused the message ({status})."),
        };
    }

    /// <summary>The message is sent; how the server says goodbye changes nothing of that.</summary>
    private static async Task CloseAsync(SmtpClient client)
    {
        try
        {
            await client.DisconnectAsync(quit: true, CancellationToken.None);
        }
        catch (Exception fault) when (IsBroken(fault, CancellationToken.None) || fault is SmtpCommandException)
        {
        }
    }
}
