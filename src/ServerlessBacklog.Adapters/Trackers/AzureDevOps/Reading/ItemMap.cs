using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Adapters.Trackers.Files.Words;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;

/// <summary>A work item out of its fields, the same whether a webhook or the REST interface tells them. Links and history come from elsewhere.</summary>
internal static class ItemMap
{
    /// <summary>Null when the fields do not name title and project: they are then only part of the item.</summary>
    /// <param name="state">What the state's word means for this type; null where that is not known.</param>
    public static WorkItem? Of(AzureProject project, int id, int? revision, JsonElement fields, Func<string, string, WorkItemState?> state)
    {
        if (fields.Text(Fields.Title) is not { } title || PlainText.OneLine(title) is not { Length: > 0 } line)
            return null;
        var type = fields.Text(Fields.Type);
        var word = fields.Text(Fields.State);
        if (word is null || type is null || state(type, word) is not { } meaning)
            return null;
        var (body, blocks) = ItemBody.Of(fields);
        return new WorkItem
        {
            Ref = project.Item(id),
            Title = line,
            Body = body,
            Blocks = blocks,
            State = meaning,
            TrackerState = word,
            Resolution = meaning == WorkItemState.Closed ? fields.Text(Fields.Reason) : null,
            Type = type,
            Priority = fields.Text(Fields.Priority),
            Severity = fields.Text(Fields.Severity),
            Areas = BelowRoot(fields.Text(Fields.Area), project) is { } area ? [area] : [],
            Milestone = BelowRoot(fields.Text(Fields.Iteration), project),
            Labels = [.. Fields.TagsOf(fields.Text(Fields.Tags)).Select(t => new Label(t))],
            Assignees = Identities.Of(fields.Part(Fields.AssignedTo)) is { } person ? [person] : [],
            Reporter = Identities.Of(fields.Part(Fields.CreatedBy)),
            CreatedAt = fields.Time(Fields.CreatedDate),
            UpdatedAt = fields.Time(Fields.ChangedDate),
            StartedAt = fields.Time(Fields.ActivatedDate),
            ClosedAt = meaning == WorkItemState.Closed ? fields.Time(Fields.ClosedDate) ?? fields.Time(Fields.StateChangeDate) : null,
            DueAt = fields.Time(Fields.DueDate) ?? fields.Time(Fields.TargetDate),
            StoryPoints = Fields.Estimates.Select(f => fields.Double(f)).FirstOrDefault(p => p is not null),
            History = new WorkItemHistory { CommentCount = fields.Int(Fields.CommentCount) },
            Revision = revision?.ToString(),
        };
    }

    /// <summary>What the words of a state mean where the process of the project cannot be asked; null for words of a project's own.</summary>
    public static WorkItemState? StateOfWord(string word) => word.Trim().ToLowerInvariant() switch
    {
        // Azure DevOps counts resolved items as work that is not done: somebody has to verify it.
        "resolved" => WorkItemState.Started,
        _ => StateWords.Read(word),
    };

    /// <summary>Area or iteration; the root, which every item has, says nothing.</summary>
    private static string? BelowRoot(string? path, AzureProject project) =>
        path is null || path.Equals(project.Name, StringComparison.OrdinalIgnoreCase) ? null : path;
}
