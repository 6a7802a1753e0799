using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub.Access;
using ServerlessBacklog.StandIns.GitHub.Hooks;
using ServerlessBacklog.StandIns.GitHub.Model;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.GitHub.Rest;

/// <summary>Webhooks of a repository: for those who administer it, with a token that may.</summary>
internal static class HookRoutes
{
    /// <summary>What a repository's hook may be told of, as far as it is played here.</summary>
    private static readonly HashSet<string> Known = new(GitHubAppIdentity.AllEvents)
    {
        "*", "push", "pull_request", "pull_request_review", "milestone", "create", "delete", "release", "watch", "star", "workflow_run",
    };

    public static void Map(RepoRouter routes) => routes
        .Add("GET", "/hooks", visit => visit.Page(visit.Desk.Hooks.HooksOf(Administered(visit)), h => Shape(visit, h)))
        .Add("POST", "/hooks", Create)
        .Add("GET", "/hooks/{hook}", visit => Answer.Ok(Shape(visit, Find(visit))))
        .Add("PATCH", "/hooks/{hook}", Change)
        .Add("POST", "/hooks/{hook}/pings", Ping)
        .Add("GET", "/hooks/{hook}/deliveries", visit => DeliveryRoutes.List(visit, Attempts(visit)))
        .Add("GET", "/hooks/{hook}/deliveries/{delivery}", visit => DeliveryRoutes.Single(visit, Attempts(visit)))
        .Add("POST", "/hooks/{hook}/deliveries/{delivery}/attempts", visit => DeliveryRoutes.Redeliver(visit, Attempts(visit)));

    private static Answer Create(Visit visit)
    {
        var repo = Writable(visit);
        var body = visit.Body();
        if (Visit.Text(body, "name") is { } name && name != "web")
            throw Refusals.Invalid("Hook", "name", "invalid");
        if (body["config"] is not JsonObject config || Visit.Text(config, "url") is null)
            throw Refusals.Invalid("Hook", "url", "missing_field");
        var hook = HookShapes.Changed(new Hook(visit.World.NextId(), new Uri("http://none.invalid"), "", repo.Id, repo.Id) { ContentType = "form" }, config) with
        {
            IsActive = body["active"]?.GetValue<bool>() ?? true, Events = Events(visit, body, "events") ?? ["push"],
        };
        // The same events to the same address twice is taken for a mistake.
        if (visit.Desk.Hooks.HooksOf(repo).Any(h => h.Url == hook.Url))
            throw new RefusedException(new Answer(422, new JsonObject
            {
                ["message"] = "Validation Failed",
                ["errors"] = new JsonArray(new JsonObject { ["resource"] = "Hook", ["code"] = "custom", ["message"] = "Hook already exists on this repository" }),
                ["status"] = "422",
            }));
        visit.Desk.Hooks.Keep(hook);
        visit.Desk.Hooks.Ping(hook, repo, visit.Caller.Account);
        return Answer.Created(Shape(visit, hook));
    }

    private static Answer Change(Visit visit)
    {
        Writable(visit);
        var (hook, body) = (Find(visit), visit.Body());
        var events = Events(visit, body, "events") ?? hook.Events;
        events = [.. events.Union(Events(visit, body, "add_events") ?? []).Except(Events(visit, body, "remove_events") ?? [])];
        // A configuration that is sent replaces the old one: without a secret in it there is none afterwards.
        if (body["config"] is JsonObject config)
            hook = HookShapes.Changed(hook with { Secret = "" }, config);
        hook = hook with { Events = events, IsActive = body["active"]?.GetValue<bool>() ?? hook.IsActive };
        visit.Desk.Hooks.Keep(hook);
        return Answer.Ok(Shape(visit, hook));
    }

    private static Answer Ping(Visit visit)
    {
        visit.Desk.Hooks.Ping(Find(visit), visit.Repo(), visit.Caller.Account);
        return Answer.Nothing;
    }

    private static IReadOnlyList<string>? Events(Visit visit, JsonObject body, string name)
    {
        var events = Visit.Texts(body, name);
        return events?.FirstOrDefault(e => !Known.Contains(e) || visit.Desk.UnknownEvents.Contains(e)) is { } unknown
            ? throw Refusals.Invalid("Hook", "events", "custom", $"Events contains an invalid value: {unknown}")
            : events;
    }

    private static IEnumerable<Attempt> Attempts(Visit visit)
    {
        var hook = Find(visit);
        return DeliveryRoutes.Recent(visit).Where(a => a.Hook.Id == hook.Id);
    }

    private static Hook Find(Visit visit) =>
        visit.Desk.Hooks.HooksOf(Administered(visit)).FirstOrDefault(h => h.Id == visit.Call.Id("hook")) ?? throw Refusals.NotFound();

    private static Repo Writable(Visit visit)
    {
        var repo = Administered(visit);
        return repo.IsArchived ? throw Refusals.Of(403, "Repository was archived so is read-only.") : repo;
    }

    private static Repo Administered(Visit visit)
    {
        var repo = visit.Repo();
        if (visit.Caller.Kind == CallerKind.Installation)
            throw Refusals.NotWithIntegration();
        // A fine-grained token is told what it lacks; to all others who may not see hooks there are none.
        if (visit.Caller.Token is { MayManageHooks: false, IsFineGrained: true })
            throw Refusals.Of(403, "Resource not accessible by personal access token");
        return visit.Caller.Account is { } account && repo.Role(account.Login) == "admin" && visit.Caller.Token is not { MayManageHooks: false }
            ? repo
            : throw Refusals.NotFound();
    }

    private static JsonObject Shape(Visit visit, Hook hook) => HookShapes.Hook(hook, visit.Desk.Hooks.Attempts, visit.Shapes);
}
