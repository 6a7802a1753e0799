using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Reading;

/// <summary>Issues over GraphQL, each with comments, events, links and reactions.</summary>
internal sealed class GraphQlItems
{
    private const int PerPage = 50;
    private const int LeastPerPage = 5;

    /// <summary>Parts that this server knows: all until it complains.</summary>
    private int parts = (int)QueryParts.All;

    private QueryParts Parts => (QueryParts)Volatile.Read(ref parts);

    /// <exception cref="NoGraphQlException">There is no GraphQL here.</exception>
    public async Task<TrackerPage> PageAsync(
        GitHubConnection connection, RepositoryName name, TrackerPageRequest request, CancellationToken cancellation)
    {
        var from = GraphQlContinuation.TryParse(request.Continuation);
        object? filter = request.Since is { } since ? new { since = since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ") } : null;
        var answer = await FromAsync(from);
        if (from is not null && answer.Errors.Any(e => e.Type?.Contains("CURSOR", StringComparison.Ordinal) == true))
            answer = await FromAsync(from = null);
        try
        {
            return await ReadPageAsync(connection, name, answer, from?.Seen ?? 0, cancellation);
        }
        catch (ShapeException error)
        {
            throw new HttpRequestException($"GitHub's answer for {name} is not as documented: {error.Message}.", error);
        }

        Task<GraphQlAnswer> FromAsync(GraphQlContinuation? mark) => ShrinkingAsync(
            first => AskAsync(connection, ItemQuery.Page, new { owner = name.Owner, name = name.Name, first, after = mark?.Cursor, filter }, cancellation));
    }

    public async Task<ItemLook> LookAsync(GitHubConnection connection, RepositoryName name, int number, CancellationToken cancellation)
    {
        var answer = await AskAsync(connection, ItemQuery.One, new { owner = name.Owner, name = name.Name, number }, cancellation);
        try
        {
            if (Repository(answer) is not { } repository)
                return new ItemLook(LookState.NotReadable, Why: $"{name} cannot be seen with these credentials");
            if (Json.ObjectOrNull(repository, "issueOrPullRequest") is not { } node)
                return answer.Errors.Any(e => e.Type is "FORBIDDEN")
                    ? new ItemLook(LookState.NotReadable, Why: "it may not be read with these credentials")
                    : new ItemLook(LookState.Gone, Why: "there is no such issue any more");
            var here = RepositoryName.TryParse(Json.TextOrNull(repository, "nameWithOwner"));
            var place = IssueNode.RepositoryOf(node);
            if (here is not null && !here.Equals(place))
                return new ItemLook(LookState.Gone, Why: $"it was moved to {place}#{Json.Long(node, "number")}");
            return ItemLook.Of(await CompleteAsync(connection, node, IssueNode.Read(node, name), cancellation));
        }
        catch (ShapeException error)
        {
            throw new HttpRequestException($"GitHub's answer for {name}#{number} is not as documented: {error.Message}.", error);
        }
    }

    private async Task<TrackerPage> ReadPageAsync(
        GitHubConnection connection, RepositoryName name, GraphQlAnswer answer, int seen, CancellationToken cancellation)
    {
        if (Repository(answer) is not { } repository)
            throw new UserErrorException($"GitHub knows no repository {name}, or it may not be seen with these credentials. Look at the spelling; for a private repository give the token or the app Issues: read on it.");
        if (Json.ObjectOrNull(repository, "issues") is not { } issues)
            throw new UserErrorException($"The issues of {name} may not be read with these credentials. Give the token or the app Issues: read.");
        var (items, problems) = (new List<WorkItem>(), new List<ReadProblem>());
        var place = seen;
        foreach (var node in Json.List(issues, "nodes"))
        {
            place++;
            try
            {
                if (node.ValueKind == JsonValueKind.Object)
                    items.Add(await CompleteAsync(connection, node, IssueNode.Read(node, name), cancellation));
                else
                    problems.Add(new ReadProblem($"{name}, issue {place} of the list", "it is left out, because GitHub did not bring it this time."));
            }
            catch (ShapeException error)
            {
                problems.Add(new ReadProblem($"{name}, issue {place} of the list", $"it is left out, because {error.Message}."));
            }
        }

        var next = IssueNode.Rest(issues) is { } cursor ? new GraphQlContinuation(place, cursor).ToString() : null;
        var left = next is null ? 0 : (int?)Json.LongOrNull(issues, "totalCount") is { } total ? Math.Max(0, total - place) : (int?)null;
        return new TrackerPage { Items = items, Problems = problems, Next = next, Left = left };
    }

    /// <summary>Fetches the comments and events for which the first lists had no room.</summary>
    private async Task<WorkItem> CompleteAsync(GitHubConnection connection, JsonElement node, WorkItem item, CancellationToken cancellation)
    {
        if (item.Kind == WorkItemKind.PullRequest)
            return item;
        var (comments, events) = (item.History.Comments.ToList(), item.History.Events.ToList());
        await RestOfAsync(node, "comments", _ => ItemQuery.MoreComments(), list => comments.AddRange(IssueNode.CommentsIn(list)));
        await RestOfAsync(node, "timelineItems", ItemQuery.MoreEvents, list => events.AddRange(IssueNode.EventsIn(list)));
        return item with { History = item.History with { Comments = comments, Events = events } };

        async Task RestOfAsync(JsonElement from, string name, Func<QueryParts, string> query, Action<JsonElement> add)
        {
            var after = Json.ObjectOrNull(from, name) is { } first ? IssueNode.Rest(first) : null;
            while (after is not null)
            {
                var answer = await AskAsync(connection, query, new { id = Json.Text(from, "id"), after }, cancellation);
                if (answer.Data is not { } data || Json.ObjectOrNull(data, "node") is not { } again || Json.ObjectOrNull(again, name) is not { } list)
                    return;
                add(list);
                var next = IssueNode.Rest(list);
                after = next == after ? null : next;
            }
        }
    }

    /// <summary>Asks, and asks again without what the server's schema lacks.</summary>
    private async Task<GraphQlAnswer> AskAsync(
        GitHubConnection connection, Func<QueryParts, string> query, object variables, CancellationToken cancellation)
    {
        while (true)
        {
            var asked = Parts;
            var answer = await GraphQlClient.AskAsync(connection, query(asked), variables, cancellation);
            // Errors while running have a type; a query that is not valid was not run.
            var complaints = answer.Data is null ? answer.Errors.Where(e => e.Type is null).ToList() : [];
            if (complaints.Count == 0)
                return answer;
            var blamed = complaints.Aggregate(QueryParts.None, (all, e) => all | Blamed(e.Message, asked));
            if (asked == QueryParts.None)
                throw new HttpRequestException($"GitHub does not take the query: {Reply.OneLine(complaints[0].Message)}");
            Interlocked.And(ref parts, (int)~((blamed & asked) == 0 ? QueryParts.All : blamed));
        }
    }

    private static QueryParts Blamed(string message, QueryParts asked) =>
        // Complaints about the list of event types name all of them.
        message.Contains("itemTypes", StringComparison.Ordinal) && asked.HasFlag(QueryParts.Types) ? QueryParts.Types : ItemQuery.BlamedBy(message);

    private static async Task<GraphQlAnswer> ShrinkingAsync(Func<int, Task<GraphQlAnswer>> ask)
    {
        for (var first = PerPage; ; first /= 3)
        {
            try
            {
                return await ask(first);
            }
            catch (QueryTooLargeException) when (first > LeastPerPage)
            {
                // A page of long discussions: the next try asks for fewer.
            }
        }
    }

    private static JsonElement? Repository(GraphQlAnswer answer) => answer.Data is { } data ? Json.ObjectOrNull(data, "repository") : null;
}

/// <param name="Seen">Issues that earlier pages brought.</param>
internal sealed record GraphQlContinuation(int Seen, string Cursor)
{
    private const string Mark = "graphql";

    public override string ToString() => $"{Mark}|{Seen}|{Cursor}";

    public static GraphQlContinuation? TryParse(string? text) =>
        text?.Split('|', 3) is [Mark, var seen, { Length: > 0 } cursor] && int.TryParse(seen, out var count) && count >= 0
            ? new GraphQlContinuation(count, cursor)
            : null;
}
