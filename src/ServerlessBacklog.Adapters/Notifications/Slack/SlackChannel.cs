using System.Net;
using System.Text;
using ServerlessBacklog.Adapters.Notifications.Rendering;
using ServerlessBacklog.Adapters.Notifications.Webhooks;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Notifications.Slack;

/// <summary>Purpose: Block Kit in a Slack channel, by an incoming webhook; a question comes with buttons for its answer.</summary>
internal sealed class SlackChannel(NotificationOptions options, NotificationHttp http) : INotificationChannel
{
    /// <summary>Where Slack takes messages and answers (docs.slack.dev).</summary>
    public static readonly string[] Hosts = ["hooks.slack.com", "hooks.slack-gov.com"];

    private static readonly HttpStatusCode[] Gone = [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.Gone];

    private readonly WebhookAddresses addresses = new("Notifications:Slack:Webhooks", options.SlackWebhooks, Hosts, options.AllowLoopback);

    public string Name => "slack";

    public string? WhyNot => addresses.IsEmpty ? "No webhook of Slack is set: put its URL into the setting Notifications:Slack:Webhooks:NAME (docs/notifications.md)." : null;

    public string? WhyRefused(string address) => addresses.WhyRefused(address);

    public async Task<SendResult> SendAsync(string address, Digest digest, CancellationToken cancellation)
    {
        if (addresses.Of(address) is not { } url)
            return new SendResult(SendOutcome.Refused, WhyRefused(address)) { IsGone = true };
        var message = BlockKit.Render(digest);
        if (options.SlackSigningSecrets.Count > 0)
            message = SlackButtons.Added(message, digest);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(message, Encoding.UTF8, "application/json") };
        return await http.SendAsync(request, "The webhook of Slack", Gone, [], cancellation);
    }
}
