using System.Security.Cryptography;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Hooks;

/// <summary>What all events of service hooks have in common (https://learn.microsoft.com/azure/devops/service-hooks/events).</summary>
internal sealed record HookEnvelope(string DeliveryId, string? EventType, string? Subscription, JsonElement Root, JsonElement Resource)
{
    private const int MaxName = 100;

    public DateTimeOffset? CreatedAt => Root.Time("createdDate");

    /// <exception cref="BadHookException">The body is no JSON object.</exception>
    public static HookEnvelope Parse(HookRequest request)
    {
        if (request.Header("Content-Type") is { } type && !type.Contains("json", StringComparison.OrdinalIgnoreCase))
            throw new BadHookException("The body has to be JSON: set the content type to application/json.") { Status = 415 };
        var root = ParseBody(request.Body);
        if (root.ValueKind != JsonValueKind.Object)
            throw new BadHookException("The body has to be one JSON object, as service hooks of Azure DevOps send it.");
        var subscription = Name(root.Text("subscriptionId"));
        return new HookEnvelope(IdOf(root, subscription, request.Body), Name(root.Text("eventType")), subscription, root, root.Part("resource") ?? default);
    }

    /// <summary>The organization, wherever the event tells it; null when it does not, or lies elsewhere than we look.</summary>
    public string? OrganizationBelow(Uri baseUrl)
    {
        var containers = Root.Part("resourceContainers") ?? default;
        string?[] addresses =
        [
            containers.Part("collection")?.Text("baseUrl"),
            containers.Part("account")?.Text("baseUrl"),
            containers.Part("project")?.Text("baseUrl"),
            Resource.Text("url"),
            Resource.Part("revision")?.Text("url"),
            Resource.Part("_links")?.Part("self")?.Text("href"),
        ];
        return addresses.Select(a => Organizations.Of(a, baseUrl)).FirstOrDefault(o => o is not null);
    }

    private static JsonElement ParseBody(ReadOnlyMemory<byte> body)
    {
        var json = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // What the parser says may repeat the body.
            throw new BadHookException("The body is no JSON, or it is cut off or nested too deeply.");
        }
    }

    /// <summary>The event's id, which is the same for all subscriptions and tries; else the notification's; else one of the body.</summary>
    private static string IdOf(JsonElement root, string? subscription, ReadOnlyMemory<byte> body) =>
        Name(root.Text("id"))
        ?? (subscription is not null && root.Int("notificationId") is { } notification ? $"{subscription}:{notification}" : null)
        ?? $"body:{Convert.ToHexStringLower(SHA256.HashData(body.Span).AsSpan(0, 16))}";

    private static string? Name(string? text) => text is { Length: <= MaxName } && !text.Any(char.IsControl) ? text : null;
}
