using System.Collections.Concurrent;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Reading;

/// <summary>What a repository is called now and how much is open in it. Asked for once in ten minutes, for requests are few without a token.</summary>
internal sealed class Repositories(GitHubAccess access)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<RepositoryName, (Repository Found, DateTimeOffset Until)> known = new();

    /// <exception cref="UserErrorException">It may not be seen, or has no issues.</exception>
    public async Task<Repository> FindAsync(RepositoryName name, CancellationToken cancellation)
    {
        var connection = await access.ForAsync(name, cancellation);
        if (known.TryGetValue(name, out var kept) && kept.Until > connection.Now)
            return kept.Found;
        var what = $"the repository {name}";
        try
        {
            // A repository that was renamed answers with the address of the new one, by its number.
            var reply = await connection.DemandAsync(name.Path, what, cancellation);
            var fullName = RepositoryName.TryParse(Json.Text(reply.Body, "full_name")) ?? throw new ShapeException("'full_name' is not a repository");
            if (Json.Find(reply.Body, "has_issues") is { ValueKind: System.Text.Json.JsonValueKind.False })
                throw new UserErrorException($"The repository {fullName} has its issues switched off. Switch them on in its settings on GitHub.");
            var found = new Repository(fullName, (int)(Json.LongOrNull(reply.Body, "open_issues_count") ?? 0));
            known[name] = (found, connection.Now + Life);
            return found;
        }
        catch (ShapeException error)
        {
            throw new HttpRequestException($"GitHub's answer for {what} is not as documented: {error.Message}.", error);
        }
    }
}

/// <param name="Open">Open issues and pull requests together, as GitHub counts them.</param>
internal sealed record Repository(RepositoryName Name, int Open);
