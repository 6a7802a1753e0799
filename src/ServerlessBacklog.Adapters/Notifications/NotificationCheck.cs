using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using ServerlessBacklog.Adapters.Notifications.Email;
using ServerlessBacklog.Adapters.Notifications.Slack;
using ServerlessBacklog.Adapters.Notifications.Webhooks;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Notifications;

/// <summary>Which channels are set up, and whether they are reached. No message is sent.</summary>
internal sealed class NotificationCheck(IEnumerable<INotificationChannel> channels, NotificationOptions options, INotificationStore store) : ISetupCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string Area => "Notifications";

    public string? Tracker => null;

    public async IAsyncEnumerable<SetupFinding> CheckAsync(IReadOnlyList<string> projects, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var channel in channels)
        {
            if (channel.WhyNot is { } missing)
            {
                yield return SetupFinding.Off($"{channel.Name}: not set up.", missing);
                continue;
            }

            await foreach (var finding in LookAsync(channel, cancellation))
                yield return finding;
        }

        yield return options.SlackSigningSecrets.Count > 0
            ? SetupFinding.Ok("Commands and buttons of Slack are heard at /hooks/slack.")
            : SetupFinding.Off("Commands of Slack are not heard: no signing secret is set.", "Put it into Notifications:Slack:SigningSecrets:0.");
        if (options.Site is null && channels.Any(c => c.WhyNot is null))
            yield return SetupFinding.Warning("Messages have no link by which people unsubscribe, and none to a page.", "Set Notifications:SiteUrl to the address under which this host is reached.");
        foreach (var paused in await store.PausedAsync(cancellation))
            yield return SetupFinding.Warning($"Nothing is sent to {paused.To} since {paused.Since:yyyy-MM-dd}: {paused.Why}", $"Mend it, then run 'backlog notifications test {paused.To}'.");
    }

    private async IAsyncEnumerable<SetupFinding> LookAsync(INotificationChannel channel, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (channel is EmailChannel { Transport: { } transport })
        {
            yield return await transport.WhyNotReachedAsync(cancellation) is { } why
                ? SetupFinding.Wrong($"email: {why}", "Look at the settings under Notifications:Email.")
                : SetupFinding.Ok($"email: {transport.Place} is reached.");
        }

        foreach (var (name, url) in channel is TeamsChannel ? options.TeamsWebhooks : channel is SlackChannel ? options.SlackWebhooks : new Dictionary<string, string>())
        {
            yield return channel.WhyRefused(name) is { } refused ? SetupFinding.Wrong($"{channel.Name}:{name}: {refused}", "Correct the setting.")
                : await IsReachedAsync(new Uri(url), cancellation) ? SetupFinding.Ok($"{channel.Name}:{name}: its host is reached.")
                : SetupFinding.Wrong($"{channel.Name}:{name}: its host is not reached.", "Check the network, a firewall and the URL.");
        }
    }

    /// <summary>A connection alone: a request to a webhook would be a message.</summary>
    private static async Task<bool> IsReachedAsync(Uri url, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(url.IdnHost, url.Port, patience.Token);
            if (url.Scheme != Uri.UriSchemeHttps)
                return true;
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = url.IdnHost }, patience.Token);
            return true;
        }
        catch (Exception fault) when (fault is SocketException or IOException or AuthenticationException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }
}
