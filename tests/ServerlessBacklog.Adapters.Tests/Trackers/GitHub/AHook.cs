using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub;

/// <summary>Webhook calls, made as GitHub makes them.</summary>
internal static class AHook
{
    public const string Secret = "s3cret";

    public static ITrackerHooks Hooks(GitHubOptions? options = null) =>
        new GitHubTracker(options ?? new GitHubOptions { WebhookSecrets = [Secret] }, new NoHttp(), TimeProvider.System).Hooks;

    public static HookRequest Call(string eventName, string body, string delivery = "72d3162e-cc78-11e3-81ab-4c9367dc0958", string contentType = "application/json") =>
        Call(new() { ["X-GitHub-Event"] = eventName, ["X-GitHub-Delivery"] = delivery, ["Content-Type"] = contentType }, body);

    public static HookRequest Call(Dictionary<string, string> headers, string body) =>
        new(new Dictionary<string, string>(headers, StringComparer.OrdinalIgnoreCase).GetValueOrDefault, Encoding.UTF8.GetBytes(body));

    public static TrackerEvent Read(string eventName, JsonObject body, GitHubOptions? options = null, string delivery = "d-1") =>
        Hooks(options).Read(Call(eventName, body.ToJsonString(), delivery));

    public static string Sign(string body, string secret = Secret) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)))}";

    public static JsonObject Payload(string action, JsonObject? issue = null, string sender = "hubot", string type = "User", Action<JsonObject>? change = null)
    {
        var payload = new JsonObject
        {
            ["action"] = action,
            ["issue"] = issue ?? AnIssue.Rest(7),
            ["repository"] = Repository("octo/lab"),
            ["sender"] = AnIssue.User(sender, type),
        };
        change?.Invoke(payload);
        return payload;
    }

    public static JsonObject Repository(string name) => new() { ["id"] = 1, ["full_name"] = name };

    /// <summary>Reading hooks calls nobody.</summary>
    private sealed class NoHttp : ITrackerHttp
    {
        public HttpMessageHandler HandlerFor(string account) => throw new InvalidOperationException("Hooks make no calls.");
    }
}
