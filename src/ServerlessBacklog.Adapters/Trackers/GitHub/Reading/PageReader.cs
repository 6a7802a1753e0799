using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Reading;

/// <summary>Reads a project page by page: over GraphQL with credentials, which brings histories too, else over REST.</summary>
internal sealed class PageReader(GitHubAccess access, Repositories repositories, GraphQlItems graphQl)
{
    public async Task<TrackerPage> ReadAsync(TrackerPageRequest request, CancellationToken cancellation)
    {
        var name = RepositoryName.Parse(request.Project);
        var connection = await access.ForAsync(name, cancellation);
        var goesOnOverRest = RestContinuation.TryParse(request.Continuation) is not null;
        if (!connection.IsAnonymous && !goesOnOverRest)
        {
            try
            {
                return await graphQl.PageAsync(connection, name, request, cancellation);
            }
            catch (NoGraphQlException)
            {
                // Read on below: what a continuation of GraphQL had brought is brought again.
            }
        }

        var repository = await repositories.FindAsync(name, cancellation);
        return await RestPages.ReadAsync(connection, repository, request, cancellation);
    }
}
