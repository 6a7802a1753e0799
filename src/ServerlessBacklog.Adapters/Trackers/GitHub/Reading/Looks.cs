using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Reading;

/// <summary>Looks at one item.</summary>
internal sealed class Looks(GitHubAccess access, GraphQlItems graphQl)
{
    public async Task<ItemLook> LookAsync(WorkItemRef item, CancellationToken cancellation)
    {
        var (repository, number) = Parse(item);
        var connection = await access.ForAsync(repository, cancellation);
        if (!connection.IsAnonymous)
        {
            try
            {
                return await graphQl.LookAsync(connection, repository, number, cancellation);
            }
            catch (NoGraphQlException)
            {
                // Then over REST.
            }
        }

        return await OverRestAsync(connection, repository, number, cancellation);
    }

    /// <exception cref="UserErrorException">It names no issue of GitHub.</exception>
    public static (RepositoryName Repository, int Number) Parse(WorkItemRef item)
    {
        var repository = RepositoryName.Parse(item.Project);
        return item.Tracker == GitHubTracker.TrackerName && int.TryParse(item.Number, out var number) && number > 0
            ? (repository, number)
            : throw new UserErrorException("That is not an issue on GitHub. Write github:owner/repo#12.");
    }

    private static async Task<ItemLook> OverRestAsync(
        GitHubConnection connection, RepositoryName repository, int number, CancellationToken cancellation)
    {
        var reply = await connection.GetAsync($"{repository.Path}/issues/{number}", cancellation);
        if (reply.Code == 410)
            return new ItemLook(LookState.Gone, Why: "it was deleted");
        if (reply.Code == 404)
            return await WhichIsMissingAsync(connection, repository, cancellation);
        if (!reply.IsSuccess)
            throw GitHubErrors.Of(reply, $"the issue {repository}#{number}", connection.Now);
        try
        {
            // A transferred issue answers with its new place.
            if (IssueJson.RefAt(Json.TextOrNull(reply.Body, "url")) is { } place
                && (place.Number != number.ToString() || !await IsNowAsync(connection, repository, place.Project, cancellation)))
                return new ItemLook(LookState.Gone, Why: $"it was moved to {place.Project}#{place.Number}");
            var item = IssueJson.Read(reply.Body, repository);
            return ItemLook.Of(await RestTimeline.AddAsync(connection, repository, item, cancellation));
        }
        catch (ShapeException error)
        {
            throw new HttpRequestException($"GitHub's answer for {repository}#{number} is not as documented: {error.Message}.", error);
        }
    }

    /// <summary>True when the repository goes by this name, be it since it was renamed.</summary>
    private static async Task<bool> IsNowAsync(GitHubConnection connection, RepositoryName repository, string project, CancellationToken cancellation)
    {
        if (string.Equals(project, repository.ToString(), StringComparison.OrdinalIgnoreCase))
            return true;
        var reply = await connection.DemandAsync(repository.Path, $"the repository {repository}", cancellation);
        return string.Equals(project, Json.TextOrNull(reply.Body, "full_name"), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A 404 is said of an item that is not there and of a repository that may not be seen.</summary>
    private static async Task<ItemLook> WhichIsMissingAsync(GitHubConnection connection, RepositoryName repository, CancellationToken cancellation)
    {
        var reply = await connection.GetAsync(repository.Path, cancellation);
        return reply.IsSuccess ? new ItemLook(LookState.Gone, Why: "there is no such issue any more")
            : reply.Code == 404 ? new ItemLook(LookState.NotReadable, Why: $"{repository} cannot be seen with these credentials")
            : throw GitHubErrors.Of(reply, $"the repository {repository}", connection.Now);
    }
}
