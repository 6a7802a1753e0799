using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub.Access;
using ServerlessBacklog.StandIns.GitHub.Hooks;
using ServerlessBacklog.StandIns.GitHub.Model;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.GitHub.Rest;

/// <summary>What only the app itself may ask, by its signed token.</summary>
internal static class AppRoutes
{
    public static void Map(Router<Func<Visit, Answer>> routes) => routes
        .Add("GET", "/app", visit => Answer.Ok(visit.Shapes.App(AsApp(visit).World.App)))
        .Add("GET", "/app/installations", visit => visit.Page(AsApp(visit).World.Installations, visit.InstallationShape))
        .Add("GET", "/app/installations/{id}", visit => Answer.Ok(visit.InstallationShape(Find(AsApp(visit)))))
        .Add("POST", "/app/installations/{id}/access_tokens", visit => visit.Desk.Doorman.Issue(Find(AsApp(visit)), visit.Call.Json()))
        .Add("GET", "/installation/repositories", Repositories)
        .Add("GET", "/app/hook/config", HookConfig)
        .Add("PATCH", "/app/hook/config", ChangeHook)
        .Add("GET", "/app/hook/deliveries", visit => DeliveryRoutes.List(visit, OfApp(visit)))
        .Add("GET", "/app/hook/deliveries/{delivery}", visit => DeliveryRoutes.Single(visit, OfApp(visit)))
        .Add("POST", "/app/hook/deliveries/{delivery}/attempts", visit => DeliveryRoutes.Redeliver(visit, OfApp(visit)));

    public static JsonObject InstallationShape(this Visit visit, Installation installation) => new()
    {
        ["id"] = installation.Id,
        ["account"] = visit.Shapes.Account(installation.Account),
        ["repository_selection"] = installation.Withheld.Count == 0 ? "all" : "selected",
        ["access_tokens_url"] = $"{visit.Shapes.Root}/app/installations/{installation.Id}/access_tokens",
        ["app_id"] = visit.World.App.Id,
        ["app_slug"] = visit.World.App.Slug,
        ["target_id"] = installation.Account.Id,
        ["target_type"] = installation.Account.Type,
        ["permissions"] = Shapes.Map(visit.Desk.Doorman.PermissionsOf(installation)),
        ["html_url"] = $"{visit.Shapes.Root}/settings/installations/{installation.Id}",
        ["events"] = Shapes.Array(visit.World.App.Events.Select(e => (JsonNode?)e)),
        ["suspended_at"] = installation.IsSuspended ? Shapes.Time(visit.World.Now) : null,
    };

    private static Visit AsApp(Visit visit) =>
        visit.Caller.Kind == CallerKind.App ? visit : throw Refusals.Of(401, "A JSON web token could not be decoded");

    private static Installation Find(Visit visit) => visit.World.Installations.Find(i => i.Id == visit.Call.Id("id")) ?? throw Refusals.NotFound();

    private static Answer Repositories(Visit visit)
    {
        var installation = visit.Caller.Installation ?? throw Refusals.Of(403, "You must authenticate with an installation access token in order to list repositories for an installation.");
        var repos = visit.World.Repos.Where(r => installation.Covers(r)).ToList();
        return visit.Page(repos, visit.Shapes.Repository, page => new JsonObject { ["total_count"] = repos.Count, ["repositories"] = page });
    }

    private static IEnumerable<Attempt> OfApp(Visit visit)
    {
        AsApp(visit);
        return DeliveryRoutes.Recent(visit).Where(a => a.Hook.RepoId is null);
    }

    private static Answer HookConfig(Visit visit) => Answer.Ok(HookShapes.Config(AsApp(visit).Desk.Hooks.AppHook ?? throw Refusals.NotFound()));

    /// <summary>The only way to change an app's hook over the API: there is none to make or to ping one.</summary>
    private static Answer ChangeHook(Visit visit)
    {
        var body = AsApp(visit).Body();
        var hook = visit.Desk.Hooks.AppHook ?? throw Refusals.NotFound();
        visit.Desk.Hooks.Keep(HookShapes.Changed(hook, body));
        return HookConfig(visit);
    }
}
