using System.Text.Json;
using Octokit;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Adapters.Trackers.GitHub.Writing;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Reading;

/// <summary>Our notices as they stand on issues, and who is against them. Reactions raise no webhook: they have to be asked for.</summary>
internal sealed class Notices(GitHubAccess access)
{
    public async Task<NoticeLook?> FindAsync(WorkItemRef item, string name, CancellationToken cancellation)
    {
        var (repository, number) = Looks.Parse(item);
        var connection = await access.ForAsync(repository, cancellation);
        if (connection.IsAnonymous || await CommentAsync(connection, repository, number, name, cancellation) is not { } comment)
            return null;
        return await AgainstAsync(connection, repository, comment.Id, cancellation) is { } against
            ? new NoticeLook(comment.CreatedAt.ToUniversalTime(), against)
            : null;
    }

    private async Task<IssueComment?> CommentAsync(
        GitHubConnection connection, RepositoryName repository, int number, string name, CancellationToken cancellation)
    {
        try
        {
            return await StickyComment.FindAsync(access, connection, repository, number, OurMark.OfNotice(name), cancellation) is [var first, ..] ? first : null;
        }
        catch (ApiException error)
        {
            var reply = GitHubErrors.Told(error);
            return reply.Code is 404 or 410 ? null : throw GitHubErrors.Of(reply, $"the comments on {repository}#{number}", connection.Now);
        }
    }

    /// <summary>Null when the comment has gone meanwhile.</summary>
    private static async Task<IReadOnlyList<Person>?> AgainstAsync(
        GitHubConnection connection, RepositoryName repository, long comment, CancellationToken cancellation)
    {
        var people = new List<Person>();
        for (Uri? next = new(connection.Address.Rest, $"{repository.Path}/issues/comments/{comment}/reactions?content=-1&per_page=100"); next is not null;)
        {
            var reply = await connection.GetAsync(next.ToString(), cancellation);
            if (reply.Code is 404 or 410)
                return null;
            if (!reply.IsSuccess || reply.Body.ValueKind != JsonValueKind.Array)
                throw GitHubErrors.Of(reply, $"the reactions to a comment in {repository}", connection.Now);
            // A server that does not know the filter gives them all.
            people.AddRange(reply.Body.EnumerateArray().Where(r => Json.TextOrNull(r, "content") == "-1").Select(r => Logins.OfRest(Json.ObjectOrNull(r, "user"))));
            next = reply.Link("next");
        }

        return [.. people.Where(p => !p.IsBot).Distinct()];
    }
}
