using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Setup;

/// <summary>What is left of the hour. Asking for it counts for nothing.</summary>
internal static class QuotaCheck
{
    /// <summary>Less than this part of an hour's requests is little.</summary>
    private const double Little = 0.10;

    public static async Task<SetupFinding> CheckAsync(GitHubConnection connection, CancellationToken cancellation)
    {
        var reply = await connection.GetAsync("rate_limit", cancellation);
        // An Enterprise Server may do without.
        if (reply.Code == 404)
            return SetupFinding.Off("This GitHub limits no requests.");
        if (!reply.IsSuccess)
            throw GitHubErrors.Of(reply, "the limits", connection.Now);
        var core = Json.Object(Json.Object(reply.Body, "resources"), "core");
        var (limit, left) = (Json.Long(core, "limit"), Json.Long(core, "remaining"));
        var what = $"{left:N0} of {limit:N0} requests are left until {Reset(core):HH:mm} UTC.";
        return left >= limit * Little ? SetupFinding.Ok(what)
            : connection.IsAnonymous ? SetupFinding.Warning(what, "With a token or an app it is 5,000 an hour: set GITHUB_TOKEN, or see docs/github-app.md.")
            : SetupFinding.Warning(what, "Another program uses the same account: give this one an app of its own, whose limits are its own (docs/github-app.md).");
    }

    private static DateTime Reset(JsonElement core) => DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(Json.Long(core, "reset"), 0, 253_402_300_799)).UtcDateTime;
}
