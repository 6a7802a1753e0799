using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Azure.Core;
using Azure.Identity;
using MimeKit;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Notifications.Email;

/// <summary>
/// Purpose: mails from one mailbox of Microsoft 365 by Microsoft Graph, <c>sendMail</c> with a whole MIME message (learn.microsoft.com, "user: sendMail"). Not by
/// its SDK: that one sends JSON, in which the headers of RFC 8058 are refused (only those that begin with x- are taken), and tries again by itself, which would send
/// twice what it cannot know to be sent. A 202 says that Exchange took it.
/// </summary>
internal sealed class GraphMail(GraphOptions options, TokenCredential identity, NotificationHttp http) : IMailTransport
{
    private static readonly string[] Scope = ["https://graph.microsoft.com/.default"];

    /// <summary>The app may not send as this mailbox, or there is none: somebody mends it, and the address is not at fault.</summary>
    private static readonly HttpStatusCode[] Mendable = [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound];

    public string Place => $"Microsoft Graph, mailbox {options.Mailbox}";

    public MailboxAddress From { get; } = MailAddresses.OfSetting("Notifications:Email:Graph:Mailbox", options.Mailbox);

    public static TokenCredential IdentityOf(GraphOptions options) => new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = options.ClientId });

    public async Task<SendResult> SendAsync(MimeMessage message, CancellationToken cancellation)
    {
        if (await TokenAsync(cancellation) is not { } token)
            return new SendResult(SendOutcome.Later, "Entra ID gives this host no token for Microsoft Graph.");
        using var whole = new MemoryStream();
        await message.WriteToAsync(whole, cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.BaseUrl, $"/v1.0/users/{Uri.EscapeDataString(options.Mailbox)}/sendMail"))
        {
            Content = new StringContent(Convert.ToBase64String(whole.GetBuffer(), 0, (int)whole.Length), Encoding.ASCII, "text/plain"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request, "Microsoft Graph", [], Mendable, cancellation, goneWord: "ErrorInvalidRecipients");
    }

    public async Task<string?> WhyNotReachedAsync(CancellationToken cancellation) =>
        await TokenAsync(cancellation) is null ? "Entra ID gives this host no token for Microsoft Graph. Sign in, or give the app a managed identity." : null;

    private async Task<string?> TokenAsync(CancellationToken cancellation)
    {
        try
        {
            return (await identity.GetTokenAsync(new TokenRequestContext(Scope), cancellation)).Token;
        }
        catch (AuthenticationFailedException)
        {
            return null;
        }
    }
}
