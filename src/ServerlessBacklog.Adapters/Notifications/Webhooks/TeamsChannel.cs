using System.Net;
using System.Text;
using ServerlessBacklog.Adapters.Notifications.Rendering;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Notifications.Webhooks;

/// <summary>
/// Purpose: an Adaptive Card in a Teams channel, by a workflow with the trigger "When a Teams webhook request is received". A 2xx says that the workflow took it,
/// not that it was posted (FACTS §5.8).
/// </summary>
internal sealed class TeamsChannel(NotificationOptions options, NotificationHttp http) : INotificationChannel
{
    /// <summary>Hosts on which workflows lie, of the public and the US government cloud.</summary>
    private static readonly string[] Hosts = [".logic.azure.com", ".powerplatform.com", ".logic.azure.us", ".powerplatform.us"];

    private static readonly HttpStatusCode[] Gone = [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.Gone];

    private readonly WebhookAddresses addresses = new("Notifications:Teams:Webhooks", options.TeamsWebhooks, Hosts, options.AllowLoopback);

    public string Name => "teams";

    public string? WhyNot => addresses.IsEmpty ? "No workflow of Teams is set: put its URL into the setting Notifications:Teams:Webhooks:NAME (docs/notifications.md)." : null;

    public string? WhyRefused(string address) => addresses.WhyRefused(address);

    public async Task<SendResult> SendAsync(string address, Digest digest, CancellationToken cancellation)
    {
        if (addresses.Of(address) is not { } url)
            return new SendResult(SendOutcome.Refused, WhyRefused(address)) { IsGone = true };
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(AdaptiveCard.Render(digest), Encoding.UTF8, "application/json") };
        return await http.SendAsync(request, "The workflow of Teams", Gone, [], cancellation);
    }
}
