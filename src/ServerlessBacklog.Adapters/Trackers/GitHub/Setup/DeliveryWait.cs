using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Setup;

/// <summary>Waits for what comes back to a webhook: GitHub sends in the background and lists the outcome a moment later.</summary>
internal sealed class DeliveryWait
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly GitHubConnection connection;
    private readonly string list;
    private readonly TimeProvider time;
    private readonly HashSet<long> known;

    private DeliveryWait(GitHubConnection connection, string list, TimeProvider time, IReadOnlyList<HookDelivery> before)
    {
        (this.connection, this.list, this.time) = (connection, list, time);
        Before = before;
        known = [.. before.Select(d => d.Id)];
    }

    /// <summary>What was delivered before, newest first.</summary>
    public IReadOnlyList<HookDelivery> Before { get; }

    /// <param name="list">Address of the list of deliveries, relative to the base.</param>
    public static async Task<DeliveryWait> BeginAsync(GitHubConnection connection, string list, TimeProvider time, CancellationToken cancellation) =>
        new(connection, list, time, await DeliveryCheck.ReadAsync(connection, list, cancellation));

    /// <param name="what">What is waited for, as the subject of a sentence.</param>
    /// <param name="host">Where it goes.</param>
    public async Task<SetupFinding> EndAsync(string what, Uri host, string eventName, CancellationToken cancellation)
    {
        for (var end = time.GetUtcNow() + Longest; ;)
        {
            var deliveries = await DeliveryCheck.ReadAsync(connection, list, cancellation);
            if (deliveries.Where(d => d.Event == eventName && !known.Contains(d.Id)).MaxBy(d => (d.At, d.Id)) is { } came)
                return DeliveryWords.Of(what, came, host);
            if (time.GetUtcNow() >= end)
                return SetupFinding.Warning($"{what} was sent, and GitHub does not say yet what came back.", "Look again in a minute: backlog connect github OWNER/REPO --check");
            await Task.Delay(Pause, time, cancellation);
        }
    }
}
