using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Reading;

/// <summary>Comments and events of one issue over REST: its timeline has both.</summary>
internal static class RestTimeline
{
    /// <summary>Three thousand entries; what lies beyond is left out.</summary>
    private const int MostPages = 30;

    public static async Task<WorkItem> AddAsync(
        GitHubConnection connection, RepositoryName repository, WorkItem item, CancellationToken cancellation)
    {
        var (comments, events) = (new List<WorkItemComment>(), new List<HistoryEvent>());
        var next = new Uri(connection.Address.Rest, $"{repository.Path}/issues/{item.Ref.Number}/timeline?per_page=100");
        for (var page = 0; next is not null && page < MostPages; page++)
        {
            var reply = await connection.GetAsync(next.ToString(), cancellation);
            // Old servers and some tokens do not have it: the item is worth having without.
            if (reply.Code is 403 or 404 or 410 && GitHubErrors.Everywhere(reply, connection.Now) is null)
                return item;
            if (!reply.IsSuccess || reply.Body.ValueKind != JsonValueKind.Array)
                throw GitHubErrors.Of(reply, $"the history of {item.Ref}", connection.Now);
            foreach (var entry in reply.Body.EnumerateArray())
                Add(entry, comments, events);
            next = reply.Link("next");
        }

        return item with
        {
            StartedAt = item.StartedAt ?? LabelFields.StartedAt(events),
            History = item.History with
            {
                IsKnown = true,
                Comments = [.. comments.OrderBy(c => c.At)],
                Events = [.. events.OrderBy(e => e.At)],
                CommentCount = Math.Max(item.History.CommentCount ?? 0, comments.Count),
            },
        };
    }

    /// <summary>One that is made otherwise than documented costs that entry only.</summary>
    private static void Add(JsonElement entry, List<WorkItemComment> comments, List<HistoryEvent> events)
    {
        try
        {
            var kind = Json.TextOrNull(entry, "event");
            if (kind == "commented")
                comments.Add(Comments.OfRest(entry));
            else if (kind is not null && TimelineWords.IsKept(kind) && Json.TimeOrNull(entry, "created_at") is { } at)
                events.Add(new HistoryEvent(kind, at, Logins.OfRest(Json.ObjectOrNull(entry, "actor")), ValueOf(entry)));
        }
        catch (ShapeException)
        {
        }
    }

    private static string? ValueOf(JsonElement entry) =>
        Inner(entry, "label", "name") ?? Inner(entry, "assignee", "login") ?? Inner(entry, "rename", "to")
        ?? Inner(entry, "milestone", "title") ?? Inner(entry, "issue_type", "name") ?? Json.TextOrNull(entry, "state_reason");

    private static string? Inner(JsonElement entry, string name, string inner) =>
        Json.ObjectOrNull(entry, name) is { } member ? Json.TextOrNull(member, inner) : null;
}
