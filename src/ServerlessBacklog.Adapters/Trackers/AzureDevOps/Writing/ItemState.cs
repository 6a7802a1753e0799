using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Writing;

/// <summary>An item as the tracker has it at this moment, with what its type and its organization allow.</summary>
internal sealed record ItemState(AzureProject Project, int Id, int Revision, JsonElement Values, IReadOnlyList<Relation> Relations)
{
    public required IReadOnlyList<TypeState> States { get; init; }

    /// <summary>Null when no change needs it.</summary>
    public LinkEnds? Ends { get; init; }

    /// <summary>The field that keeps the estimate for this type; null when it has none.</summary>
    public string? EstimateField { get; init; }

    /// <summary>Long fields that are Markdown; all others are HTML.</summary>
    public IReadOnlyCollection<string> MarkdownFields { get; init; } = [];

    public IReadOnlyList<string> Tags => Fields.TagsOf(Values.Text(Fields.Tags));

    public Person? Assignee => Identities.Of(Values.Part(Fields.AssignedTo));

    public bool IsMarkdown(string field) => MarkdownFields.Contains(field, StringComparer.OrdinalIgnoreCase);

    public string State => Values.Text(Fields.State) ?? "";

    public bool IsClosed => ItemReader.Meaning(States, State) == WorkItemState.Closed;

    public Relation? FindLink(LinkKind kind, int target) =>
        Ends is { } ends ? Relations.FirstOrDefault(r => r.Target == target && ends.KindOf(r.Reference) == kind) : null;
}
