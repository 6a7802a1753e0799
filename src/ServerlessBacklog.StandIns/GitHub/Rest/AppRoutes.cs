using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub.Access;
using ServerlessBacklog.StandIns.GitHub.Hooks;
using ServerlessBacklog.StandIns.GitHub.Model;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.GitHub.Rest;

/// <summary>What only the app itself may ask, by its signed token; and the deliveries of webhooks.</summary>
internal static class AppRoutes
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(3);

    public static void Map(Router<Func<Visit, Answer>> routes) => routes
        .Add("GET", "/app", visit => Answer.Ok(visit.Shapes.App(AsApp(visit).World.App)))
        .Add("GET", "/app/installations", visit => visit.Page(AsApp(visit).World.Installations, visit.InstallationShape))
        .Add("GET", "/app/installations/{id}", visit => Answer.Ok(visit.InstallationShape(Find(AsApp(visit)))))
        .Add("POST", "/app/installations/{id}/access_tokens", visit => visit.Desk.Doorman.Issue(Find(AsApp(visit)), visit.Call.Json()))
        .Add("GET", "/installation/repositories", Repositories)
        .Add("GET", "/app/hook/deliveries", visit => List(visit, OfApp(visit)))
        .Add("GET", "/app/hook/deliveries/{delivery}", visit => Single(visit, OfApp(visit)))
        .Add("POST", "/app/hook/deliveries/{delivery}/attempts", visit => Redeliver(visit, OfApp(visit)));

    public static void MapRepository(RepoRouter routes) => routes
        .Add("GET", "/hooks", visit => visit.Page<Hook>(HookOf(visit) is { } hook ? [hook] : [], h => HookShape(visit, h)))
        .Add("GET", "/hooks/{hook}/deliveries", visit => List(visit, OfHook(visit)))
        .Add("GET", "/hooks/{hook}/deliveries/{delivery}", visit => Single(visit, OfHook(visit)))
        .Add("POST", "/hooks/{hook}/deliveries/{delivery}/attempts", visit => Redeliver(visit, OfHook(visit)));

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
        ["events"] = new JsonArray("issues", "issue_comment", "sub_issues", "issue_dependencies"),
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
        return Recent(visit).Where(a => a.Hook.RepoId is null);
    }

    private static IEnumerable<Attempt> OfHook(Visit visit)
    {
        var hook = HookOf(visit);
        return hook is not null && hook.Id == visit.Call.Id("hook") ? Recent(visit).Where(a => a.Hook.Id == hook.Id) : throw Refusals.NotFound();
    }

    private static Hook? HookOf(Visit visit)
    {
        var repo = visit.Repo();
        if (visit.Caller.Kind == CallerKind.Installation)
            throw Refusals.NotWithIntegration();
        // To those who may not see hooks there are none.
        return visit.Caller.Account is { } account && repo.Role(account.Login) == "admin" ? visit.Desk.Hooks.RepoHook(repo) : throw Refusals.NotFound();
    }

    private static IEnumerable<Attempt> Recent(Visit visit)
    {
        var now = visit.Desk.Clock.GetUtcNow();
        return visit.Desk.Hooks.Attempts.Where(a => a.DeliveredAt is { } at && now - at < Kept).Reverse();
    }

    /// <summary>Newest first, by cursor, not by page.</summary>
    private static Answer List(Visit visit, IEnumerable<Attempt> attempts)
    {
        var size = Paging.PerPage(visit);
        attempts = visit.Call.Query("status") switch { "success" => attempts.Where(a => a.IsGood), "failure" => attempts.Where(a => !a.IsGood), _ => attempts };
        if (visit.Call.Query("cursor") is ['v', '1', '_', .. var id] && long.TryParse(id, out var cursor))
            attempts = attempts.Where(a => a.Id <= cursor);
        var page = attempts.Take(size + 1).ToList();
        var answer = Answer.Ok(Shapes.Array(page.Take(size).Select(Shape)));
        return page.Count <= size ? answer : answer.With("Link", $"<{Paging.Address(visit, "cursor", $"v1_{page[size].Id}")}>; rel=\"next\"");
    }

    private static Answer Single(Visit visit, IEnumerable<Attempt> attempts)
    {
        var attempt = Find(visit, attempts);
        var shape = Shape(attempt);
        shape["url"] = attempt.Hook.Url.ToString();
        shape["request"] = new JsonObject
        {
            ["headers"] = new JsonObject { ["X-GitHub-Delivery"] = attempt.Guid.ToString(), ["X-GitHub-Event"] = attempt.Event },
            ["payload"] = JsonNode.Parse(attempt.Payload),
        };
        shape["response"] = new JsonObject { ["headers"] = new JsonObject(), ["payload"] = null };
        return Answer.Ok(shape);
    }

    private static Answer Redeliver(Visit visit, IEnumerable<Attempt> attempts)
    {
        visit.Desk.Hooks.Redeliver(Find(visit, attempts));
        return new Answer(202, new JsonObject());
    }

    private static Attempt Find(Visit visit, IEnumerable<Attempt> attempts) =>
        attempts.FirstOrDefault(a => a.Id == visit.Call.Id("delivery")) ?? throw Refusals.NotFound();

    private static JsonObject Shape(Attempt attempt) => new()
    {
        ["id"] = attempt.Id,
        ["guid"] = attempt.Guid.ToString(),
        ["delivered_at"] = attempt.DeliveredAt!.Value.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"),
        ["redelivery"] = attempt.IsRedelivery,
        ["duration"] = Math.Round(attempt.Seconds, 2),
        ["status"] = attempt.Status,
        ["status_code"] = attempt.StatusCode,
        ["event"] = attempt.Event,
        ["action"] = attempt.Action,
        ["installation_id"] = attempt.InstallationId,
        ["repository_id"] = attempt.RepositoryId,
        ["throttled_at"] = null,
    };

    private static JsonObject HookShape(Visit visit, Hook hook) => new()
    {
        ["type"] = "Repository",
        ["id"] = hook.Id,
        ["name"] = "web",
        ["active"] = true,
        ["events"] = new JsonArray("issues", "issue_comment"),
        ["config"] = new JsonObject { ["url"] = hook.Url.ToString(), ["content_type"] = "json", ["insecure_ssl"] = "0", ["secret"] = "********" },
        ["url"] = $"{visit.Shapes.RepoUrl(visit.Repo())}/hooks/{hook.Id}",
        ["deliveries_url"] = $"{visit.Shapes.RepoUrl(visit.Repo())}/hooks/{hook.Id}/deliveries",
    };
}
