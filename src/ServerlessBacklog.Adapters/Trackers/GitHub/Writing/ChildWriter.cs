using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Reading;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Writing;

/// <summary>
/// Sub-issues of our own: created, then linked. The mark of the effect in the child's description tells a repeated attempt what the first one did, also when
/// it came no further than creating it.
/// </summary>
internal static class ChildWriter
{
    private const int MostChildren = 100;
    private const int MostLevels = 8;
    private const int LongestTitle = 256;

    public static async Task<(string? Why, Change? Inverse)> AddAsync(Target parent, AddChild add, Effect effect, CancellationToken cancellation)
    {
        var own = await parent.Access.OwnAsync(parent.Connection, cancellation);
        var children = await ListAsync(parent, $"{parent.Path}/sub_issues?per_page=100", int.MaxValue, cancellation);
        if (children.Find(IsIt) is { ValueKind: JsonValueKind.Object } linked)
            return (null, InverseOf(linked));
        if (children.Count >= MostChildren)
            return ($"it has {children.Count} children, and GitHub takes no more than {MostChildren}", null);
        if (await LevelAsync(parent, cancellation) >= MostLevels)
            return ($"GitHub takes no more than {MostLevels} levels of children", null);
        // Only the newest issues can be what an attempt a moment ago left unlinked.
        var child = effect.MayBeDone
            ? (await ListAsync(parent, $"{parent.Repository.Path}/issues?state=all&sort=created&direction=desc&per_page=100", 1, cancellation)).Find(IsIt)
            : default;
        if (child.ValueKind != JsonValueKind.Object)
        {
            var title = add.Title.Length <= LongestTitle ? add.Title : add.Title[..LongestTitle];
            var created = await parent.Connection.SendAsync(
                HttpMethod.Post, $"{parent.Repository.Path}/issues", new { title, body = OurMark.PutIn(add.Markdown, effect.Key) }, RequestKind.Write, cancellation);
            if (!created.IsSuccess)
                return (Refused(parent, created), null);
            child = created.Body;
        }

        return await LinkAsync(parent, child, cancellation) is { } why ? (why, null) : (null, InverseOf(child));

        bool IsIt(JsonElement issue) =>
            OurMark.IsOf(Json.TextOrNull(issue, "body") ?? "", effect.Key) && own.Is(Json.ObjectOrNull(issue, "user") is { } user ? Json.TextOrNull(user, "login") : null);

        Change InverseOf(JsonElement issue) => new RemoveChild(IssueJson.RefOf(issue, parent.Repository), add.Title, add.Markdown);
    }

    public static async Task<string?> RemoveAsync(Target parent, RemoveChild remove, CancellationToken cancellation)
    {
        if (remove.Child is not { Tracker: GitHubTracker.TrackerName } reference || RepositoryName.TryParse(reference.Project) is not { } repository)
            return "it is not known which child was created";
        var (child, why) = await Target.FindAsync(parent.Access, parent.Connection, repository, Looks.Parse(reference).Number, cancellation);
        if (child is null)
            return why;
        if (child.Now.IsOpen)
        {
            if (await WhyTouchedAsync(child, remove, cancellation) is { } touched)
                return touched;
            var closed = await child.PatchAsync(new { state = "closed", state_reason = "not_planned" }, cancellation);
            if (!closed.IsSuccess)
                return Refused(parent, closed);
        }

        var reply = await parent.Connection.SendAsync(HttpMethod.Delete, $"{parent.Path}/sub_issue", new { sub_issue_id = child.Id }, RequestKind.Write, cancellation);
        return reply.IsSuccess || reply.Code == 404 ? null : Refused(parent, reply);
    }

    private static async Task<string?> WhyTouchedAsync(Target child, RemoveChild remove, CancellationToken cancellation)
    {
        var own = await child.Access.OwnAsync(child.Connection, cancellation);
        var now = (await RestTimeline.AddAsync(child.Connection, child.Repository, child.Now, cancellation)).History;
        return now.CommentCount > 0 ? $"somebody has commented on {child.Now.Ref}"
            : child.Now.Title.Trim() != remove.Title.Trim() || OurMark.TextOf(child.Now.Body) != OurMark.TextOf(OurMark.PutIn(remove.Markdown, "")) ? $"somebody has edited {child.Now.Ref}"
            : now.Events.Any(e => !own.Is(e.Actor?.Login)) ? $"somebody has changed {child.Now.Ref}"
            : null;
    }

    /// <summary>One that GitHub does not link is closed again: nobody would find it.</summary>
    private static async Task<string?> LinkAsync(Target parent, JsonElement child, CancellationToken cancellation)
    {
        var (id, number) = (Json.Long(child, "id"), Json.Long(child, "number"));
        var linked = await parent.Connection.SendAsync(HttpMethod.Post, $"{parent.Path}/sub_issues", new { sub_issue_id = id }, RequestKind.Write, cancellation);
        if (linked.IsSuccess)
            return null;
        var why = Refused(parent, linked);
        await parent.Connection.SendAsync(
            HttpMethod.Patch, $"{parent.Repository.Path}/issues/{number}", new { state = "closed", state_reason = "not_planned" }, RequestKind.Write, cancellation);
        return $"{why}; #{number} was created for it and is closed again";
    }

    /// <summary>1 for an item without a parent.</summary>
    private static async Task<int> LevelAsync(Target item, CancellationToken cancellation)
    {
        var level = 1;
        for (var path = item.Path; level < MostLevels; level++)
        {
            var reply = await item.Connection.GetAsync($"{path}/parent", cancellation);
            // Old servers have no such address: then linking says whether it may be.
            if (!reply.IsSuccess || IssueJson.RefAt(Json.TextOrNull(reply.Body, "url")) is not { } parent)
                return GitHubErrors.Everywhere(reply, item.Connection.Now) is { } everywhere ? throw everywhere : level;
            path = $"{RepositoryName.Parse(parent.Project).Path}/issues/{parent.Number}";
        }

        return level;
    }

    private static async Task<List<JsonElement>> ListAsync(Target target, string address, int pages, CancellationToken cancellation)
    {
        var all = new List<JsonElement>();
        for (Uri? next = new(target.Connection.Address.Rest, address); next is not null && pages > 0; pages--)
        {
            var reply = await target.Connection.SendAsync(HttpMethod.Get, next, null, RequestKind.Read, cancellation);
            if (!reply.IsSuccess || reply.Body.ValueKind != JsonValueKind.Array)
                return GitHubErrors.Everywhere(reply, target.Connection.Now) is { } everywhere ? throw everywhere : all;
            all.AddRange(reply.Body.EnumerateArray());
            next = reply.Link("next");
        }

        return all;
    }

    private static string Refused(Target target, Reply reply) =>
        GitHubErrors.Everywhere(reply, target.Connection.Now) is { } everywhere ? throw everywhere : Refusal.Of(reply);
}
