using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Reading;

/// <summary>The numbers of all open issues, a hundred for one request: what is not on this list is closed, moved or deleted.</summary>
internal static class OpenList
{
    public static async Task<IReadOnlySet<WorkItemRef>> ReadAsync(GitHubConnection connection, RepositoryName name, CancellationToken cancellation)
    {
        var open = new HashSet<WorkItemRef>();
        // Oldest first: what is opened meanwhile comes on a later page, and nothing is pushed from one to the next.
        for (var address = $"{name.Path}/issues?state=open&sort=created&direction=asc&per_page=100"; address is not null;)
        {
            var reply = await connection.DemandAsync(address, $"the repository {name}", cancellation);
            if (reply.Body.ValueKind != JsonValueKind.Array)
                throw new HttpRequestException($"GitHub's list of the open issues of {name} is not a list.");
            foreach (var issue in reply.Body.EnumerateArray())
            {
                if (Json.LongOrNull(issue, "number") is { } number)
                    open.Add(new WorkItemRef(GitHubTracker.TrackerName, name.ToString(), $"{number}"));
            }

            address = reply.Link("next") is not { } next ? null
                : connection.Address.Relative(next)
                    ?? throw new UserErrorException($"GitHub points to another host for the next page ({next.Host}): nothing was sent there. Look at GitHub:ApiBaseUrl.");
        }

        return open;
    }
}
