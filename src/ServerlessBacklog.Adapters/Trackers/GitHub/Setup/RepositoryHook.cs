using System.Net.Http.Headers;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Setup;

/// <summary>The webhook of one repository, made or mended in the name of a token.</summary>
internal sealed class RepositoryHook(GitHubConnection connection, TimeProvider time) : IHookToPoint
{
    private const string Right = "the scope admin:repo_hook, or Webhooks: read and write where it is fine-grained";

    public async Task<RepositoryName> DemandAsync(RepositoryName repository, CancellationToken cancellation)
    {
        var found = await connection.DemandAsync(repository.Path, $"repository {repository}", cancellation);
        var name = RepositoryName.TryParse(Json.Text(found.Body, "full_name")) ?? throw new ShapeException("'full_name' is not a repository");
        if (Json.IsTrue(found.Body, "archived"))
            throw new UserErrorException($"{name} is archived: GitHub lets nobody add a webhook. Unarchive it in its settings first.");
        await HooksAsync(name, found.Body, cancellation);
        return name;
    }

    public async Task<IReadOnlyList<SetupFinding>> PointAsync(RepositoryName repository, Uri url, string secret, CancellationToken cancellation)
    {
        var old = Find(await HooksAsync(repository, null, cancellation), url);
        if (old is { } there)
            return await MendAsync(repository, there, url, secret, cancellation);
        var made = await SendAsync(HttpMethod.Post, $"{repository.Path}/hooks", events => new { name = "web", active = true, events, config = Config(url, secret) }, cancellation);
        // Somebody else made it meanwhile.
        if (made.Code == 422 && Reasons(made).Contains("already exists", StringComparison.OrdinalIgnoreCase)
            && Find(await HooksAsync(repository, null, cancellation), url) is { } since)
            return await MendAsync(repository, since, url, secret, cancellation);
        var id = Json.Long(Demand(made, repository).Body, "id");
        return
        [
            SetupFinding.Ok($"Webhook {id} of {repository} was made: it sends {EventsOf(made)} to {url}."),
            await PingAsync(repository, id, url, cancellation),
        ];
    }

    private async Task<IReadOnlyList<SetupFinding>> MendAsync(RepositoryName repository, JsonElement old, Uri url, string secret, CancellationToken cancellation)
    {
        var id = Json.Long(old, "id");
        var hearsAll = Json.List(old, "events").Any(e => e.ToString() == "*");
        // Events that others subscribed to stay: they are theirs.
        var mended = Demand(
            await SendAsync(HttpMethod.Patch, $"{repository.Path}/hooks/{id}", events => new { active = true, add_events = hearsAll ? [] : events, config = Config(url, secret) }, cancellation),
            repository);
        return
        [
            SetupFinding.Ok($"Webhook {id} of {repository}, which was there, is set right: active, JSON, the secret set anew; it sends {EventsOf(mended)} to {url}."),
            await PingAsync(repository, id, url, cancellation),
        ];
    }

    private async Task<SetupFinding> PingAsync(RepositoryName repository, long id, Uri url, CancellationToken cancellation)
    {
        var hook = $"{repository.Path}/hooks/{id}";
        var wait = await DeliveryWait.BeginAsync(connection, $"{hook}/deliveries", time, cancellation);
        var sent = await connection.SendAsync(HttpMethod.Post, $"{hook}/pings", null, RequestKind.Upkeep, cancellation);
        return await (sent.IsSuccess ? wait : throw GitHubErrors.Of(sent, $"webhook {id} of {repository}", connection.Now)).EndAsync("GitHub's ping", url, "ping", cancellation);
    }

    /// <summary>A server that does not know the newest events is asked for the others.</summary>
    private async Task<Reply> SendAsync(HttpMethod method, string address, Func<IReadOnlyList<string>, object> body, CancellationToken cancellation)
    {
        for (var count = GitHubNeeds.Events.Count; ; count--)
        {
            var reply = await connection.SendAsync(method, address, body([.. GitHubNeeds.AllEvents.Take(count)]), RequestKind.Upkeep, cancellation);
            if (!IsAboutEvents(reply) || GitHubNeeds.Events[count - 1].Without == SetupState.Wrong)
                return reply;
        }
    }

    private static bool IsAboutEvents(Reply reply) => reply.Code == 422
        && Errors(reply).Any(e => Json.TextOrNull(e, "field") == "events" || (Json.TextOrNull(e, "message") ?? "").Contains("event", StringComparison.OrdinalIgnoreCase));

    /// <param name="repository">The repository as GitHub shows it; null when the right was proved before.</param>
    private async Task<List<JsonElement>> HooksAsync(RepositoryName name, JsonElement? repository, CancellationToken cancellation)
    {
        var reply = await connection.GetAsync($"{name.Path}/hooks?per_page=100", cancellation);
        if (reply.Code is 403 or 404 && GitHubErrors.Everywhere(reply, connection.Now) is null)
            throw NoRight(name, repository, reply.Headers);
        return reply is { IsSuccess: true, Body.ValueKind: JsonValueKind.Array } ? [.. reply.Body.EnumerateArray()] : throw GitHubErrors.Of(reply, $"the webhooks of {name}", connection.Now);
    }

    private static UserErrorException NoRight(RepositoryName name, JsonElement? repository, HttpResponseHeaders headers)
    {
        var isAdmin = repository is { } shown && Json.ObjectOrNull(shown, "permissions") is { } rights && Json.IsTrue(rights, "admin");
        var scopes = headers.TryGetValues("X-OAuth-Scopes", out var told) ? Reply.OneLine(string.Join(",", told)) : null;
        return new UserErrorException(repository is not null && !isAdmin
            ? $"The token's account does not administer {name}, and only those who do may set up its webhooks. Ask one of them to run this command, or to install a GitHub App (backlog connect github --new-app)."
            : $"The token may not set up webhooks of {name}: it lacks {Right}{(scopes is { Length: > 0 } ? $" (it has: {scopes})" : "")}. Give it that right on GitHub, or make an app, which needs none: backlog connect github --new-app.");
    }

    private Reply Demand(Reply reply, RepositoryName repository) => reply switch
    {
        { IsSuccess: true } => reply,
        { Code: 403 or 404 } when GitHubErrors.Everywhere(reply, connection.Now) is null =>
            throw new UserErrorException($"The token may see the webhooks of {repository} and not change them: it lacks {Right}. Give it that right on GitHub."),
        { Code: 422 } => throw new UserErrorException($"GitHub does not take the webhook: {Reasons(reply)}. Compare the address with where the host can be reached from outside."),
        _ => throw GitHubErrors.Of(reply, $"the webhook of {repository}", connection.Now),
    };

    private static JsonElement? Find(List<JsonElement> hooks, Uri url) =>
        hooks.Find(h => Json.ObjectOrNull(h, "config") is { } config && HookAddress.AreSame(Json.TextOrNull(config, "url"), url)) is { ValueKind: JsonValueKind.Object } found ? found : null;

    private static object Config(Uri url, string secret) => new { url = url.ToString(), content_type = "json", insecure_ssl = "0", secret };

    private static string EventsOf(Reply hook) => Reply.OneLine(string.Join(", ", Json.List(hook.Body, "events").Select(e => e.ToString())));

    private static string Reasons(Reply reply) =>
        string.Join("; ", Errors(reply).Select(e => Reply.OneLine(Json.TextOrNull(e, "message") ?? $"{Json.TextOrNull(e, "field")} {Json.TextOrNull(e, "code")}")).DefaultIfEmpty(reply.Message)).TrimEnd('.');

    private static IEnumerable<JsonElement> Errors(Reply reply) =>
        reply.Body.ValueKind == JsonValueKind.Object ? Json.List(reply.Body, "errors").Where(e => e.ValueKind == JsonValueKind.Object) : [];
}
