using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub.Access;
using ServerlessBacklog.StandIns.GitHub.Acts;
using ServerlessBacklog.StandIns.GitHub.Hooks;
using ServerlessBacklog.StandIns.GitHub.Model;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.GitHub.Rest;

/// <summary>What the routes work with.</summary>
internal sealed record Desk(World World, IssueActs Acts, HookCenter Hooks, Doorman Doorman, RateKeeper Rates, TimeProvider Clock)
{
    public Shapes Shapes => Hooks.Shapes;

    public AppDesk Apps { get; } = new(World, Hooks, Clock);

    /// <summary>Events that an older server does not know yet.</summary>
    public IReadOnlySet<string> UnknownEvents { get; init; } = new HashSet<string>();
}

/// <summary>One request by a known caller.</summary>
/// <param name="Prefix">What stands before the path in addresses: empty, or <c>/api/v3</c> as on GitHub Enterprise Server.</param>
internal sealed record Visit(Call Call, Caller Caller, Desk Desk, string Prefix)
{
    public World World => Desk.World;

    public IssueActs Acts => Desk.Acts;

    public Shapes Shapes => Desk.Shapes;

    /// <summary>The repository of the path, if the caller may see it.</summary>
    public Repo Repo()
    {
        if (Call.Values.TryGetValue("repoId", out var id))
            return Seen(long.TryParse(id, out var number) ? World.Repo(number) : null);
        var name = $"{Call["owner"]}/{Call["repo"]}";
        if (World.Repo(name) is null && World.Renamed(name) is { } renamed)
            throw Refusals.Moved($"{Desk.Shapes.Root}{Prefix}/repositories/{Seen(renamed).Id}{RestOfPath()}{Call.QueryText}");
        return Seen(World.Repo(name));
    }

    /// <summary>The issue of the path: 410 when it was deleted, 301 when it was transferred.</summary>
    public Issue Issue()
    {
        var repo = Repo();
        Gatekeeper.DemandRead(Caller, repo);
        var number = Call.Number("number");
        if (repo.Issues.TryGetValue(number, out var issue))
            return issue;
        if (repo.Deleted.Contains(number))
            throw Refusals.Of(410, "This issue was deleted");
        if (repo.Transferred.TryGetValue(number, out var moved) && Gatekeeper.CanSee(Caller, moved.Repo))
            throw Refusals.Moved($"{Desk.Shapes.Root}{Prefix}/repositories/{moved.Repo.Id}/issues/{moved.Number}{AfterIssue()}");
        throw Refusals.NotFound();
    }

    /// <summary>The body, which has to be a JSON object.</summary>
    public JsonObject Body()
    {
        try
        {
            return Call.Json() as JsonObject ?? throw Refusals.Of(422, "Invalid request.\n\nNo subschema in \"oneOf\" matched.");
        }
        catch (JsonException)
        {
            throw Refusals.Of(400, "Problems parsing JSON");
        }
    }

    public static string? Text(JsonObject body, string name) => body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static IReadOnlyList<string>? Texts(JsonObject body, string name) =>
        body[name] is JsonArray array ? [.. array.Select(n => n is JsonObject o ? o["name"]!.ToString() : n!.ToString())] : null;

    private Repo Seen(Repo? repo) => repo is not null && Gatekeeper.CanSee(Caller, repo) ? repo : throw Refusals.NotFound();

    private string RestOfPath() => string.Concat(Call.Path.Trim('/').Split('/').Skip(3).Select(p => "/" + p));

    private string AfterIssue()
    {
        var parts = Call.Path.Trim('/').Split('/');
        return string.Concat(parts.Skip(Array.IndexOf(parts, "issues") + 2).Select(p => "/" + p));
    }
}
