using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Setup;

/// <summary>What came back lately to one webhook.</summary>
internal static class DeliveryCheck
{
    private const int Newest = 30;

    /// <param name="list">Address of its list of deliveries, relative to the base.</param>
    /// <param name="hook">The webhook as the subject of a sentence: <c>the app's webhook</c>.</param>
    /// <param name="host">Where it sends to.</param>
    public static async Task<SetupFinding> NewestAsync(GitHubConnection connection, string list, string hook, Uri? host, CancellationToken cancellation)
    {
        var deliveries = await ReadAsync(connection, list, cancellation);
        if (deliveries.Count == 0)
            return SetupFinding.Off($"Nothing was delivered by {hook} in the last days.", "Open an issue or comment on one, then look again; deliveries are kept for three days.");
        var newest = deliveries.MaxBy(d => (d.At, d.Id))!;
        var found = DeliveryWords.Of($"The newest delivery of {hook} ({newest.Event}, {newest.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC)", newest, host);
        var failed = deliveries.Count(d => !d.IsGood);
        return failed == 0 || !newest.IsGood ? found : found with { What = $"{found.What} Of the last {deliveries.Count}, {failed} failed; GitHub is asked for these again every half hour." };
    }

    /// <summary>Newest first; none where there is no list.</summary>
    public static async Task<IReadOnlyList<HookDelivery>> ReadAsync(GitHubConnection connection, string list, CancellationToken cancellation)
    {
        var reply = await connection.GetAsync($"{list}?per_page={Newest}", cancellation);
        if (reply.Code is 403 or 404 && GitHubErrors.Everywhere(reply, connection.Now) is null)
            return [];
        if (!reply.IsSuccess || reply.Body.ValueKind != JsonValueKind.Array)
            throw GitHubErrors.Of(reply, "the list of webhook deliveries", connection.Now);
        return [.. reply.Body.EnumerateArray().Select(HookDelivery.Of)];
    }
}
