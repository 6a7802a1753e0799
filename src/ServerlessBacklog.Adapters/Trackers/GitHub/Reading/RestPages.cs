using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Reading;

/// <summary>
/// Pages of items over REST, a hundred for one request: what is open first and newest first, so that a reading that meets its budget has
/// brought the most useful part; then what is closed. Comments and events are not in these lists, so histories stay unknown.
/// </summary>
internal static class RestPages
{
    private const int PerPage = 100;

    public static async Task<TrackerPage> ReadAsync(
        GitHubConnection connection, Repository repository, TrackerPageRequest request, CancellationToken cancellation)
    {
        var begin = request.Since is { } since ? Begin(repository, RestList.Changed, since) : Begin(repository, RestList.Open);
        var from = RestContinuation.TryParse(request.Continuation) ?? begin;
        var reply = await connection.GetAsync(from.Address, cancellation);
        // What is asked for by an old mark may be gone; what is asked for by the first page may not.
        if (reply.Code is 404 or 422 && from != begin)
            reply = await connection.GetAsync((from = begin).Address, cancellation);
        if (!reply.IsSuccess)
            throw GitHubErrors.Of(reply, $"the repository {repository.Name}", connection.Now);
        return Read(connection, repository, from, reply);
    }

    private static TrackerPage Read(GitHubConnection connection, Repository repository, RestContinuation from, Reply reply)
    {
        if (reply.Body.ValueKind != JsonValueKind.Array)
            throw new HttpRequestException($"GitHub's list of the issues of {repository.Name} is not a list.");
        var (items, problems) = (new List<WorkItem>(), new List<ReadProblem>());
        var place = from.Seen;
        foreach (var issue in reply.Body.EnumerateArray())
        {
            place++;
            try
            {
                items.Add(IssueJson.Read(issue, repository.Name));
            }
            catch (ShapeException error)
            {
                problems.Add(new ReadProblem($"{repository.Name}, entry {place} of the {from.List} list", $"it is left out, because {error.Message}."));
            }
        }

        var next = Next(connection.Address, from, reply, place);
        if (next is null && from.List == RestList.Open)
            next = Begin(repository, RestList.Closed);
        return new TrackerPage { Items = items, Problems = problems, Next = next?.ToString(), Left = Left(repository, from, reply, place, next) };
    }

    /// <summary>The address that GitHub names: page addresses are never made up.</summary>
    private static RestContinuation? Next(GitHubAddress address, RestContinuation from, Reply reply, int seen)
    {
        if (reply.Link("next") is not { } link)
            return null;
        return address.Relative(link) is { Length: > 0 } relative
            ? new RestContinuation(from.List, seen, relative)
            : throw new UserErrorException($"GitHub points to another host for the next page ({link.Host}): nothing was sent there. Look at GitHub:ApiBaseUrl.");
    }

    /// <summary>Open items by GitHub's own count; of others what the number of the last page tells, if it is told.</summary>
    private static int? Left(Repository repository, RestContinuation from, Reply reply, int seen, RestContinuation? next) => from.List switch
    {
        _ when next is null => 0,
        RestList.Open => Math.Max(0, repository.Open - seen),
        _ when PageOf(reply.Link("last")) is { } last && PageOf(reply.Link("next")) is { } coming && last >= coming => (last - coming + 1) * PerPage,
        _ => null,
    };

    private static int? PageOf(Uri? address) =>
        address?.Query.TrimStart('?').Split('&').FirstOrDefault(p => p.StartsWith("page=", StringComparison.Ordinal)) is { } page
        && int.TryParse(page["page=".Length..], out var number) ? number : null;

    private static RestContinuation Begin(Repository repository, RestList list, DateTimeOffset? since = null) => new(list, 0, list switch
    {
        RestList.Open => $"{repository.Name.Path}/issues?state=open&sort=created&direction=desc&per_page={PerPage}",
        RestList.Closed => $"{repository.Name.Path}/issues?state=closed&sort=updated&direction=desc&per_page={PerPage}",
        _ => $"{repository.Name.Path}/issues?state=all&sort=updated&direction=asc&per_page={PerPage}&since={since!.Value.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}",
    });
}
