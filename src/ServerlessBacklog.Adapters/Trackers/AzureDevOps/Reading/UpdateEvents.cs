using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;

/// <summary>What happened in one update of an item, in the words that GitHub has made common: assigned, labeled, milestoned, closed, reopened.</summary>
internal static class UpdateEvents
{
    public static IEnumerable<HistoryEvent> Of(JsonElement update, IReadOnlyList<TypeState> states, string? own)
    {
        // The first update is the creation: its values replaced nothing.
        if (update.Part("fields") is not { } fields || update.Int("rev") is null or 1)
            yield break;
        // The newest update has the year 9999 as its own date; when it was made stands among its fields.
        if ((fields.Part(Fields.ChangedDate)?.Time("newValue") ?? update.Time("revisedDate")) is not { } at)
            yield break;
        var actor = Identities.Of(update.Part("revisedBy"), own) ?? Identities.Of(fields.Part(Fields.ChangedBy)?.Part("newValue"), own);
        foreach (var (kind, value) in Changes(fields, states))
            yield return new HistoryEvent(kind, at, actor, value);
    }

    private static IEnumerable<(string Kind, string? Value)> Changes(JsonElement fields, IReadOnlyList<TypeState> states)
    {
        if (fields.Part(Fields.State) is { } state && state.Text("newValue") is { } word)
            yield return (StateKind(state.Text("oldValue"), word, states), word);
        if (fields.Part(Fields.AssignedTo) is { } assignee)
        {
            if (Identities.Of(assignee.Part("oldValue")) is { } before)
                yield return ("unassigned", before.Login);
            if (Identities.Of(assignee.Part("newValue")) is { } after)
                yield return ("assigned", after.Login);
        }

        if (fields.Part(Fields.Tags) is { } tags)
        {
            var (before, after) = (Fields.TagsOf(tags.Text("oldValue")), Fields.TagsOf(tags.Text("newValue")));
            foreach (var tag in after.Except(before, StringComparer.OrdinalIgnoreCase))
                yield return ("labeled", tag);
            foreach (var tag in before.Except(after, StringComparer.OrdinalIgnoreCase))
                yield return ("unlabeled", tag);
        }

        if (fields.Part(Fields.Iteration)?.Text("newValue") is { } iteration)
            yield return ("milestoned", iteration);
        if (fields.Part(Fields.Title)?.Text("newValue") is { } title)
            yield return ("renamed", title);
        if (fields.Part(Fields.Type)?.Text("newValue") is { } type)
            yield return ("typed", type);
    }

    private static string StateKind(string? before, string after, IReadOnlyList<TypeState> states)
    {
        var wasClosed = before is not null && ItemReader.Meaning(states, before) == WorkItemState.Closed;
        return (wasClosed, ItemReader.Meaning(states, after)) switch
        {
            (false, WorkItemState.Closed) => "closed",
            (true, not WorkItemState.Closed) => "reopened",
            (_, WorkItemState.Started) => "started",
            _ => "moved",
        };
    }
}
