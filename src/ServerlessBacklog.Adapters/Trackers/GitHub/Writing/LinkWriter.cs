using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Writing;

/// <summary>
/// Sub-issues and dependencies. Both are written from one end only (the parent, the blocked one) and name the other by database id.
/// </summary>
internal static class LinkWriter
{
    public static async Task<string?> AddAsync(Target target, LinkKind kind, WorkItemRef other, bool mayBeDone, CancellationToken cancellation)
    {
        var (link, why) = await LinkAsync(target, kind, other, cancellation);
        if (link is null)
            return why;
        if (mayBeDone && await IsThereAsync(target, link, cancellation))
            return null;
        object body = link.IsSubIssue ? new { sub_issue_id = link.ToId } : new { issue_id = link.ToId };
        var reply = await target.Connection.SendAsync(HttpMethod.Post, link.List, body, RequestKind.Write, cancellation);
        if (reply.IsSuccess || (reply.Code == 422 && await IsThereAsync(target, link, cancellation)))
            return null;
        return Refused(target, reply);
    }

    public static async Task<string?> RemoveAsync(Target target, LinkKind kind, WorkItemRef other, CancellationToken cancellation)
    {
        var (link, why) = await LinkAsync(target, kind, other, cancellation);
        if (link is null)
            return why;
        if (!await IsThereAsync(target, link, cancellation))
            return null;
        var reply = link.IsSubIssue
            ? await target.Connection.SendAsync(HttpMethod.Delete, link.List[..^1], new { sub_issue_id = link.ToId }, RequestKind.Write, cancellation)
            : await target.Connection.SendAsync(HttpMethod.Delete, $"{link.List}/{link.ToId}", null, RequestKind.Write, cancellation);
        return reply.IsSuccess ? null : Refused(target, reply);
    }

    /// <summary>The database id of another issue, or why there is none.</summary>
    public static async Task<(long? Id, string? Why)> FindAsync(Target target, WorkItemRef other, CancellationToken cancellation)
    {
        if (other.Tracker != GitHubTracker.TrackerName || RepositoryName.TryParse(other.Project) is not { } repository
            || !int.TryParse(other.Number, out var number) || number <= 0)
            return (null, "GitHub links issues on GitHub only");
        var reply = await target.Connection.GetAsync($"{repository.Path}/issues/{number}", cancellation);
        if (reply.IsSuccess)
            return (Json.Long(reply.Body, "id"), null);
        return GitHubErrors.Everywhere(reply, target.Connection.Now) is { } everywhere
            ? throw everywhere
            : (null, $"{repository}#{number} is gone, or cannot be seen with these credentials");
    }

    private static async Task<(Link? Link, string? Why)> LinkAsync(Target target, LinkKind kind, WorkItemRef other, CancellationToken cancellation)
    {
        if (WhyNot(kind) is { } never)
            return (null, never);
        var (id, why) = await FindAsync(target, other, cancellation);
        if (id is not { } otherId)
            return (null, why);
        var otherPath = $"{RepositoryName.Parse(other.Project).Path}/issues/{other.Number}";
        return (kind switch
        {
            LinkKind.ParentOf => new Link($"{target.Path}/sub_issues", true, otherId),
            LinkKind.ChildOf => new Link($"{otherPath}/sub_issues", true, target.Id),
            LinkKind.BlockedBy => new Link($"{target.Path}/dependencies/blocked_by", false, otherId),
            _ => new Link($"{otherPath}/dependencies/blocked_by", false, target.Id),
        }, null);
    }

    private static string? WhyNot(LinkKind kind) => kind switch
    {
        LinkKind.ParentOf or LinkKind.ChildOf or LinkKind.BlockedBy or LinkKind.Blocks => null,
        LinkKind.DuplicateOf => "GitHub links duplicates when the item is closed",
        LinkKind.ClosedBy => "GitHub links pull requests by what they say themselves",
        _ => "GitHub has no such link between issues",
    };

    private static async Task<bool> IsThereAsync(Target target, Link link, CancellationToken cancellation)
    {
        for (Uri? next = new(target.Connection.Address.Rest, $"{link.List}?per_page=100"); next is not null;)
        {
            var reply = await target.Connection.SendAsync(HttpMethod.Get, next, null, RequestKind.Read, cancellation);
            if (!reply.IsSuccess || reply.Body.ValueKind != JsonValueKind.Array)
                return false;
            if (reply.Body.EnumerateArray().Any(issue => Json.Long(issue, "id") == link.ToId))
                return true;
            next = reply.Link("next");
        }

        return false;
    }

    private static string Refused(Target target, Reply reply) =>
        GitHubErrors.Everywhere(reply, target.Connection.Now) is { } everywhere ? throw everywhere : Refusal.Of(reply);

    /// <param name="List">The address of the list that holds it: sub-issues of the parent, or what the blocked one is blocked by.</param>
    /// <param name="ToId">Database id of the member.</param>
    private sealed record Link(string List, bool IsSubIssue, long ToId);
}
