using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub.Access;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.GitHub.Rest;

/// <summary>Repositories, people, and what a caller may know of himself.</summary>
internal static class RepoRoutes
{
    public static void Map(RepoRouter routes) => routes
        .Add("GET", "", Get)
        .Add("GET", "/milestones", visit => visit.Page(visit.Repo().Milestones, m => visit.Shapes.Milestone(visit.Repo(), m)))
        .Add("GET", "/collaborators/{login}/permission", Permission)
        .Add("GET", "/installation", Installation);

    public static void MapOthers(Router<Func<Visit, Answer>> routes) => routes
        .Add("GET", "/user", visit => visit.Caller.Kind switch
        {
            CallerKind.User => Answer.Ok(visit.Shapes.Account(visit.Caller.Account!)),
            CallerKind.Anonymous => throw Refusals.Of(401, "Requires authentication"),
            _ => throw Refusals.NotWithIntegration(),
        })
        .Add("GET", "/users/{login}", visit => Answer.Ok(visit.Shapes.Account(visit.World.FindAccount(visit.Call["login"]) ?? throw Refusals.NotFound())))
        .Add("GET", "/orgs/{org}/issue-types", Types)
        .Add("GET", "/rate_limit", RateLimit);

    private static Answer Get(Visit visit)
    {
        var repo = visit.Repo();
        if (visit.Caller.Kind == CallerKind.User && repo.NeedsSingleSignOn)
            throw Refusals.SingleSignOn(repo.Owner.Login);
        var shape = visit.Shapes.Repository(repo);
        if (visit.Caller.Kind == CallerKind.User)
        {
            var login = visit.Caller.Account!.Login;
            shape["permissions"] = new JsonObject
            {
                ["admin"] = repo.Role(login) == "admin",
                ["maintain"] = repo.Role(login) is "admin" or "maintain",
                ["push"] = repo.CanPush(login),
                ["triage"] = repo.CanTriage(login),
                ["pull"] = true,
            };
        }

        return Answer.Ok(shape);
    }

    private static Answer Permission(Visit visit)
    {
        var repo = visit.Repo();
        if (visit.Caller.Kind == CallerKind.Anonymous)
            throw Refusals.Of(401, "Requires authentication");
        if (visit.Caller.Kind == CallerKind.User && !repo.CanPush(visit.Caller.Account!.Login))
            throw Refusals.Of(403, "Must have push access to view collaborator permission.");
        var account = visit.World.FindAccount(visit.Call["login"]) ?? throw Refusals.NotFound();
        var role = repo.Role(account.Login) ?? (repo.IsPrivate ? "none" : "read");
        return Answer.Ok(new JsonObject
        {
            ["permission"] = role switch { "maintain" => "write", "triage" => "read", "admin" or "write" or "read" or "none" => role, _ => repo.BaseOf(role) },
            ["role_name"] = role,
            ["user"] = visit.Shapes.Account(account),
        });
    }

    private static Answer Installation(Visit visit)
    {
        if (visit.Caller.Kind != CallerKind.App)
            throw Refusals.Of(401, "A JSON web token could not be decoded");
        var repo = visit.World.Repo($"{visit.Call["owner"]}/{visit.Call["repo"]}") ?? throw Refusals.NotFound();
        return Answer.Ok(visit.InstallationShape(visit.World.InstallationOf(repo) ?? throw Refusals.NotFound()));
    }

    private static Answer Types(Visit visit)
    {
        var repo = visit.World.Repos.Find(r => r.Owner.Login.Equals(visit.Call["org"], StringComparison.OrdinalIgnoreCase) && r.Owner.Type == "Organization");
        return Answer.Ok(Shapes.Array((repo ?? throw Refusals.NotFound()).Types.Select(Shapes.Type)));
    }

    private static Answer RateLimit(Visit visit)
    {
        return Answer.Ok(new JsonObject
        {
            ["resources"] = new JsonObject { ["core"] = Resource(false), ["graphql"] = Resource(true) },
            ["rate"] = Resource(false),
        });

        JsonObject Resource(bool graphQl)
        {
            var (limit, used, reset) = visit.Desk.Rates.State(visit.Caller, graphQl);
            return new JsonObject
            {
                ["limit"] = limit, ["used"] = used, ["remaining"] = Math.Max(0, limit - used), ["reset"] = reset.ToUnixTimeSeconds(),
            };
        }
    }
}
