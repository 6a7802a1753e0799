using System.Text.Encodings.Web;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Setup;

/// <summary>
/// Registers an app by its manifest (docs.github.com, "Registering a GitHub App from a manifest"): a form is posted by the browser of who will
/// own it, GitHub sends him back with a code, and the code is exchanged once for the app's secrets.
/// </summary>
public sealed class AppRegistration(GitHubOptions options, ITrackerHttp http, TimeProvider time)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly GitHubAddress address = GitHubAddress.Parse(options.ApiBaseUrl);

    /// <summary>Where people look at this GitHub; ends in a slash.</summary>
    public Uri Web => address.Web;

    /// <summary>Where the form is posted to.</summary>
    /// <param name="state">Comes back with the code, and proves that it belongs to this form.</param>
    public Uri FormAddress(AppWish wish, string state) =>
        new(Web, $"{(wish.Organization is { } org ? $"organizations/{Uri.EscapeDataString(org)}/" : "")}settings/apps/new?state={Uri.EscapeDataString(state)}");

    /// <summary>The manifest, as JSON.</summary>
    /// <param name="redirect">Where GitHub sends the browser afterwards.</param>
    public static string Manifest(AppWish wish, Uri redirect) => JsonSerializer.Serialize(
        new
        {
            name = wish.Name,
            url = wish.Hook.GetLeftPart(UriPartial.Authority),
            description = "Keeps a backlog lean: duplicates, vague, stale and blocked issues, and what to do first.",
            hook_attributes = new { url = wish.Hook.ToString(), active = true },
            redirect_url = redirect.ToString(),
            @public = wish.IsPublic,
            default_permissions = GitHubNeeds.Permissions.ToDictionary(p => p.Name, p => p.Level),
            default_events = GitHubNeeds.AllEvents,
        },
        Readable);

    /// <exception cref="UserErrorException">The code is used, too old, or none of this GitHub.</exception>
    /// <exception cref="HttpRequestException">GitHub could not be reached: the code is good still.</exception>
    public async Task<RegisteredApp> ConvertAsync(string code, CancellationToken cancellation)
    {
        // No credentials: the code is the proof.
        var connection = new GitHubAccess(new GitHubOptions { ApiBaseUrl = options.ApiBaseUrl }, http, time).Unnamed();
        var reply = await connection.SendAsync(HttpMethod.Post, $"app-manifests/{Uri.EscapeDataString(code)}/conversions", null, RequestKind.Upkeep, cancellation);
        if (reply.Code is 404 or 422)
            throw new UserErrorException($"GitHub does not know the code any more ({reply.Code}): it is good once, for an hour. If the app stands under {Web}settings/apps already, delete it there, then run this command again.");
        if (!reply.IsSuccess)
            throw GitHubErrors.Of(reply, "the new app", connection.Now);
        try
        {
            return RegisteredApp.Of(reply.Body);
        }
        catch (ShapeException error)
        {
            throw new UserErrorException($"GitHub's answer about the new app is not as documented: {error.Message}. Delete the app under {Web}settings/apps and run this command again.", error);
        }
    }
}

/// <summary>The app that somebody wants.</summary>
/// <param name="Name">At most 34 characters; it can still be changed on GitHub's page.</param>
/// <param name="Hook">Where its webhook sends to.</param>
/// <param name="Organization">Who is to own it; null for who clicks.</param>
/// <param name="IsPublic">True when others may install it.</param>
public sealed record AppWish(string Name, Uri Hook, string? Organization, bool IsPublic)
{
    public const int LongestName = 34;
}

/// <summary>An app right after it was registered, with what is told once.</summary>
public sealed record RegisteredApp(long Id, string ClientId, string Slug, string Name, string Page)
{
    /// <summary>The private key, PEM.</summary>
    public required string PrivateKey { get; init; }

    /// <summary>null when GitHub made none.</summary>
    public string? WebhookSecret { get; init; }

    /// <summary>Where it can be installed.</summary>
    public string InstallLink => $"{Page.TrimEnd('/')}/installations/new";

    /// <summary>Says no secret.</summary>
    public override string ToString() => $"{Slug} ({Id})";

    internal static RegisteredApp Of(JsonElement json) => new(
        Json.Long(json, "id"), Json.Text(json, "client_id"), Reply.OneLine(Json.Text(json, "slug")), Reply.OneLine(Json.Text(json, "name")), PageOf(json))
    {
        PrivateKey = Json.Text(json, "pem"), WebhookSecret = Json.TextOrNull(json, "webhook_secret"),
    };

    private static string PageOf(JsonElement json) => Uri.TryCreate(Json.Text(json, "html_url"), UriKind.Absolute, out var page) && page?.Scheme is "https" or "http"
        ? page.ToString()
        : throw new ShapeException("'html_url' is not an address");
}
