using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;

/// <summary>Makes work items of what the REST interface answers: with the meaning of their states, and their links by name.</summary>
internal sealed class ItemReader(AzureDevOpsApi api, ProcessFacts facts)
{
    /// <param name="raw">Work items with their relations.</param>
    public async Task<ReadItems> MapAsync(AzureProject project, IReadOnlyList<JsonElement> raw, CancellationToken cancellation)
    {
        var items = new List<WorkItem>(raw.Count);
        var problems = new List<ReadProblem>();
        foreach (var item in raw)
        {
            if (await MapAsync(project, item, cancellation) is { } mapped)
                items.Add(mapped);
            else
                problems.Add(new ReadProblem($"work item {item.Text("id") ?? "without number"}", "it has no title, type or state that this account can see; it is left out."));
        }

        return new ReadItems(items, problems);
    }

    /// <summary>Null when title, type or state are not told.</summary>
    public async Task<WorkItem?> MapAsync(AzureProject project, JsonElement item, CancellationToken cancellation)
    {
        if (item.Int("id") is not { } id || item.Part("fields") is not { } fields || fields.Text(Fields.Type) is not { } type)
            return null;
        var states = await facts.StatesAsync(project, type, cancellation);
        var mapped = ItemMap.Of(project, id, item.Int("rev"), fields, (_, word) => Meaning(states, word));
        return mapped is null
            ? null
            : mapped with
            {
                Links = await LinksAsync(project, item, cancellation),
                Url = WebAddress(project, item, id),
            };
    }

    /// <summary>A state that its type does not list any more is read by its word; one that says nothing counts as open.</summary>
    public static WorkItemState Meaning(IReadOnlyList<TypeState> states, string word) =>
        states.FirstOrDefault(s => s.Name.Equals(word, StringComparison.OrdinalIgnoreCase))?.Meaning ?? ItemMap.StateOfWord(word) ?? WorkItemState.Open;

    /// <summary>Links whose target lies in a project that this account cannot see are left out.</summary>
    private async Task<IReadOnlyList<WorkItemLink>> LinksAsync(AzureProject project, JsonElement item, CancellationToken cancellation)
    {
        var relations = Relation.Of(item);
        if (relations.Count == 0)
            return [];
        var ends = await facts.LinkEndsAsync(project.Organization, cancellation);
        var own = item.Text("url") is { } url ? ItemAddress.TryParse(url)?.Project : null;
        var links = new List<WorkItemLink>();
        foreach (var relation in relations)
        {
            if (ends.KindOf(relation.Reference) is { } kind && await ProjectOfAsync(relation, project, own, cancellation) is { } target)
                links.Add(new WorkItemLink(kind, target.Item(relation.Target)));
        }

        return [.. links.Distinct()];
    }

    private async Task<AzureProject?> ProjectOfAsync(Relation relation, AzureProject project, string? own, CancellationToken cancellation)
    {
        if (relation.ProjectId is not { } id || id.Equals(own, StringComparison.OrdinalIgnoreCase))
            return project;
        return await facts.ProjectNameAsync(project.Organization, id, cancellation) is { } name ? AzureProject.TryOf(project.Organization, name) : null;
    }

    private Uri WebAddress(AzureProject project, JsonElement item, int id) =>
        item.Part("_links")?.Part("html")?.Text("href") is { } href && Uri.TryCreate(href, UriKind.Absolute, out var told) && told.Scheme is "https" or "http"
            ? told
            : new Uri(api.AddressOf(project.Organization, project.Name, "_workitems", "edit", $"{id}"));
}

internal sealed record ReadItems(IReadOnlyList<WorkItem> Items, IReadOnlyList<ReadProblem> Problems);
