using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.Files.Words;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.Files.Json;

/// <summary>Reads comments, events and reactions. The history is known where the record lists comments or events, even none.</summary>
internal static class JsonHistory
{
    /// <summary>Stands for an author whom the source no longer names: the account is gone, the comment was still made.</summary>
    private static readonly Person Unnamed = new("(unknown)");

    public static WorkItemHistory Read(JsonRecord record)
    {
        var isKnown = false;
        int? count = null;
        var comments = new List<WorkItemComment>();
        var events = new List<HistoryEvent>();
        foreach (var value in record.Values(Field.Comments))
        {
            if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0)
            {
                count = number;
            }
            else if (value.ValueKind == JsonValueKind.Array)
            {
                isKnown = true;
                comments.AddRange(value.EnumerateArray().Select(c => Comment(c, record)).OfType<WorkItemComment>());
            }
            else
            {
                record.WrongType(Field.Comments, value, "a count or a list of {author, at, body}");
            }
        }

        foreach (var value in record.Values(Field.Events))
        {
            if (value.ValueKind == JsonValueKind.Array)
            {
                isKnown = true;
                events.AddRange(value.EnumerateArray().Select(e => Event(e, record)).OfType<HistoryEvent>());
            }
            else
            {
                record.WrongType(Field.Events, value, "a list of {event, at, actor}");
            }
        }

        return new WorkItemHistory
        {
            IsKnown = isKnown,
            Comments = [.. comments.OrderBy(c => c.At)],
            Events = [.. events.OrderBy(e => e.At)],
            CommentCount = count ?? (comments.Count > 0 ? comments.Count : null),
            Reactions = JsonReactions.Read(record),
        };
    }

    private static WorkItemComment? Comment(JsonElement value, JsonRecord record)
    {
        if (At(value) is not { } at)
        {
            record.Complain("a comment has no readable time; write {\"author\":\"mary\",\"at\":\"2024-02-01T15:04:05Z\"}. The comment is left out.");
            return null;
        }

        var author = JsonText.Member(value, "author", "user", "actor") is { } name ? People.Read(name) : null;
        return new WorkItemComment(author ?? Unnamed, at, PlainText.Body(JsonText.Member(value, "body", "text") ?? ""));
    }

    private static HistoryEvent? Event(JsonElement value, JsonRecord record)
    {
        if (At(value) is not { } at || JsonText.Member(value, "event", "kind") is not { } kind)
        {
            record.Complain("an event has no name or no readable time; write {\"event\":\"labeled\",\"at\":\"2024-02-01T15:04:05Z\"}. The event is left out.");
            return null;
        }

        var actor = JsonText.Member(value, "actor") is { } name ? People.Read(name) : null;
        var about = JsonText.Member(value, "value", "label", "assignee", "milestone", "to");
        return new HistoryEvent(PlainText.OneLine(kind), at, actor, about is null ? null : PlainText.OneLine(about));
    }

    private static DateTimeOffset? At(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && JsonText.Member(value, "at", "created_at", "createdAt") is { } text
        && ItemTimes.ReadIso(text) is { } at
        && ItemTimes.IsPlausible(at)
            ? at
            : null;
}
