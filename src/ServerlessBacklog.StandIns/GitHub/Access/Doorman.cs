using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub.Model;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.GitHub.Access;

/// <summary>Tells callers apart by what stands in <c>Authorization</c>, and hands out the tokens of installations.</summary>
internal sealed class Doorman(World world, TimeProvider clock, IReadOnlyDictionary<string, string> tokens, IReadOnlyDictionary<string, GitHubTokenTraits> traits)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private readonly Dictionary<string, (Caller Caller, DateTimeOffset Expires)> issued = [];
    private int count;

    public Caller CallerOf(string? authorization)
    {
        if (string.IsNullOrEmpty(authorization))
            return Caller.Anonymous;
        var token = TokenOf(authorization);
        if (tokens.TryGetValue(token, out var login))
        {
            var special = traits.GetValueOrDefault(token);
            return special?.ExpiresAt <= clock.GetUtcNow() ? throw Refusals.BadCredentials() : new Caller(CallerKind.User, $"user:{login}", world.Account(login)) { Token = special };
        }

        if (issued.TryGetValue(token, out var known))
            return known.Expires <= clock.GetUtcNow() || !world.Installations.Contains(known.Caller.Installation!) ? throw Refusals.BadCredentials()
                : known.Caller.Installation!.IsSuspended ? throw Refusals.Of(403, "This installation has been suspended")
                : known.Caller;
        if (!authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || token.Count(c => c == '.') != 2)
            throw Refusals.BadCredentials();
        return AppToken.Refuse(token, world.App, clock.GetUtcNow()) is { } why
            ? throw Refusals.Of(401, why)
            : new Caller(CallerKind.App, $"app:{world.App.Id}");
    }

    /// <param name="narrow">The body of the request: repositories and permissions to narrow the token to.</param>
    public Answer Issue(Installation installation, JsonNode? narrow)
    {
        if (installation.IsSuspended)
            throw Refusals.Of(403, "This installation has been suspended");
        var have = PermissionsOf(installation);
        var permissions = Narrow(have, narrow?["permissions"] as JsonObject);
        var repositories = Repositories(installation, narrow);
        var token = "ghs_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{installation.Id}:{++count}")))[..36];
        var expires = world.Now + Lifetime;
        issued[token] = (new Caller(CallerKind.Installation, $"installation:{installation.Id}", world.AppDoer.Account, installation)
        {
            Permissions = permissions,
            Repositories = repositories,
        }, expires);
        return Answer.Created(new JsonObject
        {
            ["token"] = token,
            ["expires_at"] = Rest.Shapes.Time(expires),
            ["permissions"] = Rest.Shapes.Map(permissions),
            ["repository_selection"] = repositories is null ? "all" : "selected",
        });
    }

    public IReadOnlyDictionary<string, string> PermissionsOf(Installation installation) => installation.Permissions ?? world.App.Permissions;

    private static string TokenOf(string authorization)
    {
        var parts = authorization.Split(' ', 2, StringSplitOptions.TrimEntries);
        if (parts is [var scheme, var credentials] && scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
            return Encoding.UTF8.GetString(Convert.FromBase64String(credentials)).Split(':', 2)[^1];
        return parts[^1];
    }

    private static Dictionary<string, string> Narrow(IReadOnlyDictionary<string, string> have, JsonObject? asked)
    {
        if (asked is null)
            return new Dictionary<string, string>(have);
        var narrowed = asked.ToDictionary(p => p.Key, p => p.Value!.ToString());
        if (narrowed.Any(p => !have.TryGetValue(p.Key, out var level) || (p.Value == "write" && level == "read")))
            throw Refusals.Of(422, "The permissions requested are not granted to this installation.");
        narrowed.TryAdd("metadata", "read");
        return narrowed;
    }

    private HashSet<long>? Repositories(Installation installation, JsonNode? narrow)
    {
        if (narrow?["repositories"] is JsonArray names)
            return [.. names.Select(n => world.Repo($"{installation.Account.Login}/{n}")).Select(r => Covered(installation, r).Id)];
        if (narrow?["repository_ids"] is JsonArray ids)
            return [.. ids.Select(id => world.Repo((long)id!)).Select(r => Covered(installation, r).Id)];
        return null;
    }

    private static Repo Covered(Installation installation, Repo? repo) =>
        repo is not null && installation.Covers(repo)
            ? repo
            : throw Refusals.Of(422, "There is at least one repository that does not exist or is not accessible to the parent installation.");
}
