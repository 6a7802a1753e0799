using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub.Access;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.GitHub.Rest;

/// <summary>
/// Registering an app from a manifest: the page that takes the posted form, with the click on it that a person would make already made, and
/// the one exchange of the code that it gives.
/// </summary>
internal static class ManifestRoutes
{
    public static void Map(Router<Func<Visit, Answer>> routes) => routes
        .Add("POST", "/settings/apps/new", visit => Register(visit, null))
        .Add("POST", "/organizations/{org}/settings/apps/new", visit => Register(visit, visit.Call["org"]))
        .Add("POST", "/app-manifests/{code}/conversions", Convert);

    private static Answer Register(Visit visit, string? organization)
    {
        if (organization is not null && visit.World.FindAccount(organization) is not { Type: "Organization" })
            return Page(404, "This is not the web page you are looking for.");
        if (visit.Call.ContentType != "application/x-www-form-urlencoded" || Form(visit).GetValueOrDefault("manifest") is not { } text)
            return Page(422, "Invalid GitHub App configuration: the manifest is missing.");
        if (AppManifest.Read(text, out var manifest) is { } wrong)
            return Page(422, $"Invalid GitHub App configuration. {wrong}");
        var code = visit.Desk.Apps.Accept(manifest!, organization ?? "the-person-who-clicked");
        var state = visit.Call.Query("state") is { } told ? $"&state={Uri.EscapeDataString(told)}" : "";
        var join = manifest!.RedirectUrl!.Query.Length > 0 ? '&' : '?';
        return new Answer(302).With("Location", $"{manifest.RedirectUrl}{join}code={code}{state}");
    }

    private static Answer Convert(Visit visit)
    {
        if (visit.Desk.Apps.Take(visit.Call["code"]) is not { } made)
            throw Refusals.NotFound();
        var answer = visit.Shapes.App(made.App)!;
        answer["owner"] = visit.Shapes.Account(visit.World.Account(made.App.Owner!));
        (answer["client_secret"], answer["webhook_secret"], answer["pem"]) = (made.ClientSecret, made.WebhookSecret, made.Pem);
        return Answer.Created(answer);
    }

    private static Dictionary<string, string> Form(Visit visit) => System.Text.Encoding.UTF8.GetString(visit.Call.Body).Split('&')
        .Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2)
        .ToDictionary(pair => WebUtility.UrlDecode(pair[0]), pair => WebUtility.UrlDecode(pair[1]));

    private static Answer Page(int status, string text) =>
        new(status) { Text = $"<!DOCTYPE html><title>GitHub</title><p>{WebUtility.HtmlEncode(text)}</p>", ContentType = "text/html; charset=utf-8" };
}

/// <summary>A manifest, read as GitHub documents it.</summary>
internal sealed record AppManifest(string Name, Uri Url, Uri? HookUrl, bool HookIsActive, Uri? RedirectUrl, Dictionary<string, string> Permissions, IReadOnlyList<string> Events)
{
    private const int LongestName = 34;

    /// <summary>Event → the permission without which it is not told.</summary>
    private static readonly Dictionary<string, string> Backing = new()
    {
        ["issues"] = "issues", ["issue_comment"] = "issues", ["sub_issues"] = "issues", ["issue_dependencies"] = "issues", ["label"] = "issues",
        ["pull_request"] = "pull_requests", ["push"] = "contents",
    };

    /// <returns>What is wrong with it, in GitHub's words; null when it is good.</returns>
    public static string? Read(string text, out AppManifest? manifest)
    {
        manifest = null;
        try
        {
            if (JsonNode.Parse(text) is not JsonObject json)
                return "The configuration does not appear to be a valid GitHub App manifest.";
            var hook = json["hook_attributes"] as JsonObject;
            var read = new AppManifest(
                $"{json["name"]}", AddressOf(json["url"])!, AddressOf(hook?["url"]), hook?["active"]?.GetValue<bool>() ?? true, AddressOf(json["redirect_url"]),
                (json["default_permissions"] as JsonObject)?.ToDictionary(p => p.Key, p => $"{p.Value}") ?? [],
                [.. (json["default_events"] as JsonArray)?.Select(e => $"{e}") ?? []]);
            manifest = read;
            return read.Url is null ? "Error: Url can't be blank"
                : hook is not null && read.HookUrl is null ? "Error: Hook url is missing"
                : read.RedirectUrl is null ? "Error: Redirect url is missing"
                : read.Name.Length is 0 or > LongestName ? $"Error: Name is too long (maximum is {LongestName} characters)"
                : Wrong(read.Events.Where(e => !Backing.ContainsKey(e)), "Default events unsupported")
                    ?? Wrong(read.Events.Where(e => !read.Permissions.ContainsKey(Backing[e])), "Default events are not supported by permissions");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return "The configuration does not appear to be a valid GitHub App manifest.";
        }
    }

    private static string? Wrong(IEnumerable<string> events, string why) => string.Join(", ", events) is { Length: > 0 } names ? $"Error: {why}: {names}" : null;

    private static Uri? AddressOf(JsonNode? node) => Uri.TryCreate(node?.ToString(), UriKind.Absolute, out var address) ? address : null;
}
