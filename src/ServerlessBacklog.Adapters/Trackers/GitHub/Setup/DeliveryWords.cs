using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Setup;

/// <summary>One attempt of GitHub to deliver, as it lists it.</summary>
internal sealed record HookDelivery(long Id, string Event, DateTimeOffset At, int Code, string Status)
{
    public bool IsGood => Code is >= 200 and < 300;

    public static HookDelivery Of(JsonElement json) => new(
        Json.Long(json, "id"), Json.Text(json, "event"), Json.Time(json, "delivered_at"), (int)(Json.LongOrNull(json, "status_code") ?? 0),
        Reply.OneLine(Json.TextOrNull(json, "status") ?? ""));
}

/// <summary>What came back to GitHub, in plain words, and what mends it.</summary>
internal static class DeliveryWords
{
    /// <param name="what">Which delivery: <c>GitHub's ping of 12:00</c>.</param>
    /// <param name="host">Where it went; null when that is not known.</param>
    public static SetupFinding Of(string what, HookDelivery delivery, Uri? host)
    {
        var where = host is null ? "the host" : host.GetLeftPart(UriPartial.Authority);
        return delivery.IsGood ? SetupFinding.Ok($"{what} was taken in by {where} ({delivery.Code}).") : Failed(what, delivery, where);
    }

    private static SetupFinding Failed(string what, HookDelivery delivery, string where) => delivery.Code switch
    {
        401 => SetupFinding.Wrong(
            $"{what} was refused by {where} with 401: its secret is not the one that the webhook has.",
            $"Give {where} the same secret: GitHub:WebhookSecrets there, on Azure the Key Vault secret github-webhook-secret. A host that runs reads it at its next start. Or set the webhook's anew with 'backlog connect github'."),
        403 => SetupFinding.Wrong(
            $"{what} was refused by {where} with 403: no secret is set there, or something before it lets nobody through.",
            "Set GitHub:WebhookSecrets there, on Azure the Key Vault secret github-webhook-secret. If it is set, look for a sign-in, a firewall or an access restriction before the host."),
        404 => SetupFinding.Wrong(
            $"{what} found nothing at {where} (404): the program is not there, or not at the path {HookAddress.Path}.",
            "Deploy it or start it, and compare the address of the webhook with that of the host."),
        415 => SetupFinding.Wrong($"{what} was refused by {where} with 415: the webhook sends form data.", "Choose application/json as its content type, or run 'backlog connect github' with --url."),
        >= 300 and < 400 => SetupFinding.Wrong($"{what} was sent elsewhere by {where} ({delivery.Code}): GitHub follows no redirection.", "Give the webhook the address that the host has in the end, with https."),
        >= 500 => SetupFinding.Wrong($"{what} met a fault of {where} ({delivery.Code}).", "Look at the log of the host; on Azure, whether the app is started."),
        > 0 => SetupFinding.Wrong($"{what} was refused by {where} with {delivery.Code}.", "docs/live.md says what each answer means."),
        _ => NoAnswer(what, delivery.Status, where),
    };

    private static SetupFinding NoAnswer(string what, string status, string where) => status switch
    {
        _ when Says(status, "timed out", "timeout") => SetupFinding.Wrong(
            $"{what} got no answer from {where} in time: GitHub waits for 10 seconds.", "See whether the host runs and whether something before it holds the call back; a first start after a pause may take longer, then try again."),
        _ when Says(status, "certificate", "ssl", "tls") => SetupFinding.Wrong(
            $"{what} does not trust the certificate of {where} (GitHub says: {status}).", "Give the host a certificate of a public authority, valid for that name."),
        _ => SetupFinding.Wrong(
            $"{what} did not reach {where}: nobody answers there (GitHub says: {(status.Length > 0 ? status : "no answer")}).", "Start the host, or its tunnel, and look at name and port of the address."),
    };

    private static bool Says(string status, params string[] words) => words.Any(word => status.Contains(word, StringComparison.OrdinalIgnoreCase));
}
