using System.Net;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Adapters.Trackers.GitHub.Reading;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Writing;

/// <summary>The issue that is written to, as it is just now, and the way to it.</summary>
internal sealed class Target
{
    private Target(GitHubAccess access, GitHubConnection connection, RepositoryName repository, int number, JsonElement json, WorkItem now) =>
        (Access, Connection, Repository, Number, Id, Now) = (access, connection, repository, number, Json.Long(json, "id"), now);

    public GitHubAccess Access { get; }

    public GitHubConnection Connection { get; }

    public RepositoryName Repository { get; }

    public int Number { get; }

    /// <summary>The database id, by which links name it.</summary>
    public long Id { get; }

    /// <summary>The item without comments and events. Kept up with our own writes.</summary>
    public WorkItem Now { get; set; }

    /// <summary>The description on which the changes were decided, without blocks of ours.</summary>
    public string LookedBody { get; init; } = "";

    public string Path => $"{Repository.Path}/issues/{Number}";

    /// <summary>The issue, or why nothing can be written to it.</summary>
    /// <param name="looked">As it was looked at, where its description is to be changed.</param>
    public static async Task<(Target? Target, string? Why)> FindAsync(
        GitHubAccess access, GitHubConnection connection, RepositoryName repository, int number, CancellationToken cancellation, WorkItem? looked = null)
    {
        var reply = await connection.GetAsync($"{repository.Path}/issues/{number}", cancellation);
        if (reply.Code is 404 or 410)
            return (null, "the item is gone, or cannot be seen with these credentials");
        if (!reply.IsSuccess)
        {
            return GitHubErrors.Everywhere(reply, connection.Now) is { } everywhere
                ? throw everywhere
                : (null, Refusal.Of(reply));
        }

        try
        {
            if (IssueJson.RefAt(Json.TextOrNull(reply.Body, "url")) is { } place && place.Number != number.ToString())
                return (null, $"the item was moved to {place.Project}#{place.Number}");
            return (new Target(access, connection, repository, number, reply.Body, IssueJson.Read(reply.Body, repository)) { LookedBody = looked?.Body ?? "" }, null);
        }
        catch (ShapeException error)
        {
            throw new HttpRequestException($"GitHub's answer for {repository}#{number} is not as documented: {error.Message}.", error);
        }
    }

    /// <summary>Looks at the issue again.</summary>
    public async Task<Reply> LookAsync(CancellationToken cancellation)
    {
        var reply = await Connection.GetAsync(Path, cancellation);
        if (reply.Status == HttpStatusCode.OK)
            Now = IssueJson.Read(reply.Body, Repository);
        return reply;
    }

    /// <summary>Changes members of the issue itself, and keeps what GitHub made of it.</summary>
    public async Task<Reply> PatchAsync(object body, CancellationToken cancellation)
    {
        var reply = await Connection.SendAsync(HttpMethod.Patch, Path, body, RequestKind.Write, cancellation);
        if (reply.Status == HttpStatusCode.OK)
            Now = IssueJson.Read(reply.Body, Repository);
        return reply;
    }
}
