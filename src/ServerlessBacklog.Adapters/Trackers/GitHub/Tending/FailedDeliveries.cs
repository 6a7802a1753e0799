using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.Http;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Tending;

/// <summary>Has failed deliveries of one hook sent again while GitHub still has them.</summary>
internal static class FailedDeliveries
{
    /// <summary>How long github.com keeps deliveries.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(3);

    /// <summary>After as many attempts one that fails is left alone: the next reconcile repairs what it told.</summary>
    private const int MostAttempts = 10;

    /// <param name="list">The address of the list of deliveries, relative to the base.</param>
    /// <returns>How many were asked for.</returns>
    public static async Task<int> AskAgainAsync(GitHubConnection connection, string list, CancellationToken cancellation)
    {
        var horizon = connection.Now - Kept;
        var attempts = new List<Attempt>();
        for (Uri? next = new(connection.Address.Rest, $"{list}?per_page=100"); next is not null;)
        {
            var reply = await connection.SendAsync(HttpMethod.Get, next, null, RequestKind.Read, cancellation);
            // An app without a webhook has none.
            if (reply.Code is 403 or 404 && GitHubErrors.Everywhere(reply, connection.Now) is null)
                return 0;
            if (!reply.IsSuccess || reply.Body.ValueKind != JsonValueKind.Array)
                throw GitHubErrors.Of(reply, "the list of webhook deliveries", connection.Now);
            var page = reply.Body.EnumerateArray().Select(Attempt.Of).ToList();
            attempts.AddRange(page.Where(a => a.At >= horizon));
            // Newest first: beyond one that is too old there are only older ones.
            next = page.Count > 0 && page.TrueForAll(a => a.At >= horizon) ? reply.Link("next") : null;
        }

        var asked = 0;
        foreach (var delivery in attempts.GroupBy(a => a.Guid, StringComparer.Ordinal).Where(IsFailed))
        {
            var latest = delivery.MaxBy(a => (a.At, a.Id))!;
            var reply = await connection.SendAsync(HttpMethod.Post, $"{list}/{latest.Id}/attempts", null, RequestKind.Upkeep, cancellation);
            if (reply.IsSuccess)
                asked++;
            else if (GitHubErrors.Everywhere(reply, connection.Now) is { } everywhere)
                throw everywhere;
        }

        return asked;
    }

    /// <summary>One success is enough: an attempt that failed later was not needed.</summary>
    private static bool IsFailed(IEnumerable<Attempt> delivery)
    {
        var attempts = delivery.ToList();
        return attempts.Count < MostAttempts && !attempts.Exists(a => a.IsOk);
    }

    private sealed record Attempt(long Id, string Guid, DateTimeOffset At, bool IsOk)
    {
        public static Attempt Of(JsonElement json) => new(
            Json.Long(json, "id"), Json.Text(json, "guid"), Json.Time(json, "delivered_at"), Json.LongOrNull(json, "status_code") is >= 200 and < 300);
    }
}
