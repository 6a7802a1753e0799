using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub.Access;
using ServerlessBacklog.StandIns.GitHub.Hooks;

namespace ServerlessBacklog.StandIns.GitHub.Rest;

/// <summary>How webhooks are shown, and how what a client sends changes one.</summary>
internal static class HookShapes
{
    /// <summary>Shown in the place of a secret: that there is one, never which.</summary>
    private const string Masked = "********";

    public static JsonObject Hook(Hook hook, IReadOnlyList<Attempt> attempts, Shapes shapes)
    {
        var shape = new JsonObject
        {
            ["type"] = hook.RepoId is null ? "App" : "Repository",
            ["id"] = hook.Id,
            ["name"] = "web",
            ["active"] = hook.IsActive,
            ["events"] = Shapes.Array(hook.Events.Select(e => (JsonNode?)e)),
            ["config"] = Config(hook),
        };
        if (hook.RepoId is { } repo)
        {
            var root = $"{shapes.Root}/repositories/{repo}/hooks/{hook.Id}";
            (shape["url"], shape["ping_url"], shape["deliveries_url"]) = (root, $"{root}/pings", $"{root}/deliveries");
            shape["last_response"] = LastResponse(attempts.LastOrDefault(a => a.Hook.Id == hook.Id && a.DeliveredAt is not null));
        }

        return shape;
    }

    public static JsonObject Config(Hook hook)
    {
        var config = new JsonObject { ["content_type"] = hook.ContentType, ["insecure_ssl"] = hook.InsecureSsl, ["url"] = hook.Url.ToString() };
        if (hook.Secret.Length > 0)
            config["secret"] = Masked;
        return config;
    }

    /// <summary>The hook with the configuration that stands in the object; what is not said there stays.</summary>
    public static Hook Changed(Hook hook, JsonObject config) => hook with
    {
        Url = Visit.Text(config, "url") is { } url ? UrlOf(url) : hook.Url,
        ContentType = Visit.Text(config, "content_type") is { } type ? type is "json" or "form" ? type : throw Refusals.Invalid("Hook", "content_type", "invalid") : hook.ContentType,
        InsecureSsl = config["insecure_ssl"] is { } ssl ? $"{ssl}" is "0" or "1" ? $"{ssl}" : throw Refusals.Invalid("Hook", "insecure_ssl", "invalid") : hook.InsecureSsl,
        Secret = Visit.Text(config, "secret") ?? hook.Secret,
    };

    private static Uri UrlOf(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        ? url
        : throw Refusals.Invalid("Hook", "url", "custom", "url is not a valid URL");

    private static JsonObject LastResponse(Attempt? last) => new()
    {
        ["code"] = last?.StatusCode,
        ["status"] = last is null ? "unused" : last.IsGood ? "active" : "misconfigured",
        ["message"] = last?.Status,
    };
}
