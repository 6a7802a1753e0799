using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Hooks;

/// <summary>Lists, makes and mends subscriptions of service hooks (https://learn.microsoft.com/rest/api/azure/devops/hooks/subscriptions).</summary>
internal sealed partial class SubscriptionDesk(AzureDevOpsApi api)
{
    /// <summary>The name that goes with the secret as password; the hosts look at the password alone.</summary>
    private const string User = "backlog";

    /// <summary>The newest calls are among these, in whatever order they come.</summary>
    private const int CallsLookedAt = 25;

    public async Task<IReadOnlyList<HookSubscription>> ListAsync(string organization, CancellationToken cancellation)
    {
        var answer = await api.GetAsync($"{Address(organization)}?api-version={AzureDevOpsApi.Version}", cancellation);
        return [.. answer.Each("value").Select(HookSubscription.Of)];
    }

    /// <param name="secret">Sent as a header and as the password of basic authentication: a proxy on the way may drop either.</param>
    public Task CreateAsync(string organization, string projectId, string eventType, Uri url, string secret, CancellationToken cancellation) =>
        api.ArrangeAsync(HttpMethod.Post, $"{Address(organization)}?api-version={AzureDevOpsApi.Version}", Body(projectId, eventType, url, secret), cancellation);

    /// <summary>Makes a subscription what <see cref="CreateAsync"/> would have made, and enables it.</summary>
    public Task MendAsync(string organization, HookSubscription subscription, string projectId, Uri url, string secret, CancellationToken cancellation)
    {
        var body = Body(projectId, subscription.EventType, url, secret);
        body["id"] = subscription.Id;
        return api.ArrangeAsync(HttpMethod.Put, $"{Address(organization, subscription.Id)}?api-version={AzureDevOpsApi.Version}", body, cancellation);
    }

    /// <summary>The newest call of a subscription that has ended; null before the first one.</summary>
    public async Task<HookCall?> NewestCallAsync(string organization, HookSubscription subscription, CancellationToken cancellation)
    {
        var answer = await api.GetAsync(
            $"{Address(organization, subscription.Id, "notifications")}?maxResults={CallsLookedAt}&api-version={AzureDevOpsApi.Version}", cancellation);
        return answer.Each("value")
            .Where(n => n.Text("status") is "completed" && n.Text("result") is "succeeded" or "failed")
            .OrderByDescending(n => n.Time("createdDate")).ThenByDescending(n => n.Int("id"))
            .Select(CallOf)
            .FirstOrDefault();
    }

    private static HookCall CallOf(JsonElement notification)
    {
        var details = notification.Part("details") ?? default;
        var error = details.Text("errorMessage");
        var code = StatusLine().Match(details.Text("response") ?? "") is { Success: true } line ? line : StatusInWords().Match(error ?? "");
        return new HookCall(
            notification.Text("result") == "succeeded",
            notification.Time("createdDate"),
            code.Success ? int.Parse(code.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null,
            error);
    }

    private string Address(string organization, params ReadOnlySpan<string> below) =>
        api.AddressOf(organization, ["_apis", "hooks", "subscriptions", .. below]);

    private static JsonObject Body(string projectId, string eventType, Uri url, string secret) => new()
    {
        ["status"] = "enabled",
        ["publisherId"] = "tfs",
        ["eventType"] = eventType,
        ["resourceVersion"] = "1.0",
        ["consumerId"] = "webHooks",
        ["consumerActionId"] = "httpRequest",
        ["publisherInputs"] = new JsonObject { ["projectId"] = projectId },
        ["consumerInputs"] = new JsonObject
        {
            ["url"] = url.AbsoluteUri,
            ["httpHeaders"] = $"{HookSecrets.Header}:{secret}",
            ["basicAuthUsername"] = User,
            ["basicAuthPassword"] = secret,
            ["resourceDetailsToSend"] = "all",
            ["messagesToSend"] = "none",
            ["detailedMessagesToSend"] = "none",
        },
    };

    /// <summary>The response is kept as text: <c>Status Code: 401</c>, then its headers and body.</summary>
    [GeneratedRegex(@"^\s*Status Code:\s*(\d{3})\b", RegexOptions.IgnoreCase)]
    private static partial Regex StatusLine();

    /// <summary><c>Unauthorized (401)</c>.</summary>
    [GeneratedRegex(@"\((\d{3})\)")]
    private static partial Regex StatusInWords();
}

/// <summary>One call of a service hook, as its history tells it.</summary>
/// <param name="Status">The HTTP status that came back; null when none did.</param>
/// <param name="Error">What the service says of a failure. Data.</param>
internal sealed record HookCall(bool IsGood, DateTimeOffset? At, int? Status, string? Error);
