using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Adapters.Trackers.GitHub.Reading;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Hooks;

/// <summary>GitHub's webhooks: of an app, a repository or an organization.</summary>
/// <param name="own">Our own account, once it is known.</param>
internal sealed class GitHubHooks(GitHubOptions options, Func<OwnAccount?> own) : ITrackerHooks
{
    public const string EventHeader = "X-GitHub-Event";
    public const string DeliveryHeader = "X-GitHub-Delivery";

    private readonly HookSignature signature = new(options.WebhookSecrets);

    public HookVerdict Verify(HookRequest request) => signature.Verify(request.Header(HookSignature.Header), request.Body.Span);

    public TrackerEvent Read(HookRequest request)
    {
        var eventName = Word(request, EventHeader, 100);
        var delivery = Word(request, DeliveryHeader, 100);
        DemandJson(request.Header("Content-Type"));
        try
        {
            using var json = JsonDocument.Parse(request.Body);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw new BadHookException("The body is not a JSON object. GitHub sends one for each event.");
            var payload = new Payload(eventName, delivery, json.RootElement, SenderOf(json.RootElement));
            return payload.EventName switch
            {
                "issues" => IssueEvents.Read(payload),
                "issue_comment" => CommentEvents.Read(payload, own()),
                "pull_request" => IssueEvents.ReadPullRequest(payload),
                "create" => WorkEvents.ReadCreate(payload),
                "sub_issues" => LinkEvents.ReadSubIssues(payload),
                "issue_dependencies" => LinkEvents.ReadDependencies(payload),
                _ => OtherEvents.Read(payload),
            };
        }
        catch (JsonException)
        {
            throw new BadHookException("The body is not JSON, or is nested deeper than GitHub nests it. It has to arrive as it was sent.");
        }
        catch (ShapeException error)
        {
            throw new BadHookException($"The body of '{eventName}' is not as GitHub documents it: {error.Message}.");
        }
        catch (InvalidOperationException)
        {
            throw new BadHookException("The body holds text that is not Unicode. It has to arrive as it was sent.");
        }
    }

    /// <summary>Event names and delivery ids are short words; anything else was not sent by GitHub.</summary>
    private static string Word(HookRequest request, string header, int longest)
    {
        var value = request.Header(header)?.Trim();
        if (string.IsNullOrEmpty(value))
            throw new BadHookException($"The header {header} is missing. GitHub sends it with each call; a proxy in between has to pass it on.");
        return value.Length <= longest && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? value
            : throw new BadHookException($"The header {header} is not as GitHub sends it: letters, digits, '-' and '_'.");
    }

    private static void DemandJson(string? contentType)
    {
        var type = (contentType ?? "").Split(';')[0].Trim();
        if (type.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            return;
        throw new BadHookException("The call is not JSON: choose application/json as content type in the webhook's settings on GitHub.") { Status = 415 };
    }

    private Sender SenderOf(JsonElement body)
    {
        if (Logins.Find(body, "sender") is not { } sender)
            return new Sender(null, false);
        var isOwn = own() is { IsBot: true } account ? account.Is(sender.Login) : options.AppSlug is { } slug && OwnAccount.OfApp(slug).Is(sender.Login);
        var isAllowed = options.AllowedBots.Contains(sender.Login, StringComparer.OrdinalIgnoreCase);
        return new Sender(isAllowed ? sender with { IsBot = false } : sender, isOwn || IsByOurApp(body));
    }

    /// <summary>
    /// True when what the event is about was made through our app: a comment, or an issue that is just opened. Of later events on an issue
    /// its own mark says nothing.
    /// </summary>
    private bool IsByOurApp(JsonElement body)
    {
        if (options.AppId is not { } id || Json.TextOrNull(body, "action") is not ("created" or "opened"))
            return false;
        var made = Json.ObjectOrNull(body, "comment") ?? Json.ObjectOrNull(body, "issue");
        return made is { } thing && Json.ObjectOrNull(thing, "performed_via_github_app") is { } app && Json.LongOrNull(app, "id")?.ToString() == id;
    }
}
