using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;
using ServerlessBacklog.Adapters.Trackers.Blocks;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Writing;

/// <summary>
/// Child items of our own: created and linked in one call. The last line of the description tells a repeated attempt what the first one did.
/// </summary>
internal sealed class ChildWriter(AzureDevOpsApi api, ProcessFacts facts, QuietPatch patches)
{
    private const int LongestTitle = 255;

    /// <summary>Types below one, the usual first; those of Basic have other names.</summary>
    private static readonly Dictionary<string, string[]> Below = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Epic"] = ["Feature", "Issue", "Task"],
        ["Feature"] = ["User Story", "Product Backlog Item", "Requirement", "Issue", "Task"],
    };

    /// <returns>Why it was not made, or what takes it back.</returns>
    public async Task<(string? Why, Change? Inverse)> AddAsync(ItemState parent, AddChild add, string effect, CancellationToken cancellation)
    {
        if (parent.Ends?.ReferenceOf(LinkKind.ChildOf) is not { } reference)
            return ("this organization has no kind of link between parent and child", null);
        if (await TypeAsync(parent, cancellation) is not { } type)
            return ("the process has no type for children of it", null);
        var item = parent.Project.Item(parent.Id);
        var title = add.Title.Length <= LongestTitle ? add.Title : add.Title[..LongestTitle];
        var description = BlockForm.ToHtml($"{add.Markdown.Replace("\r\n", "\n", StringComparison.Ordinal).Trim()}\n\n{CommentRef.Line(item, effect)}");
        var created = await patches.SendAsync(parent.Project, $"${type}",
        [
            PatchOperation.SetField(Fields.Title, title),
            PatchOperation.SetField(type == "Bug" ? Fields.ReproSteps : Fields.Description, description),
            .. new[] { Fields.Area, Fields.Iteration }.Where(f => parent.Values.Text(f) is not null).Select(f => PatchOperation.SetField(f, parent.Values.Text(f)!)),
            new PatchOperation("add", "/relations/-", new { rel = reference, url = $"{api.AddressOf(parent.Project.Organization)}/_apis/wit/workItems/{parent.Id}" }),
        ], cancellation);
        return created.Int("id") is { } id
            ? (null, new RemoveChild(parent.Project.Item(id), add.Title, add.Markdown))
            : throw new HttpRequestException("Azure DevOps did not tell the number of an item that it created.");
    }

    /// <summary>What takes back the child that an earlier attempt made; null when there is none.</summary>
    public async Task<Change?> FindAsync(ItemState parent, AddChild add, string effect, CancellationToken cancellation)
    {
        var line = CommentRef.Line(parent.Project.Item(parent.Id), effect);
        var children = parent.Relations.Where(r => parent.Ends?.KindOf(r.Reference) == LinkKind.ParentOf).Select(r => r.Target);
        foreach (var some in children.Chunk(PageReader.PageSize))
        {
            var question = new Dictionary<string, object> { ["ids"] = some, ["fields"] = new[] { Fields.Description, Fields.ReproSteps }, ["errorPolicy"] = "omit" };
            var answer = await api.QueryAsync($"{api.WorkAddressOf(parent.Project, "workitemsbatch")}?api-version={AzureDevOpsApi.Version}", question, cancellation);
            foreach (var child in answer.Each("value"))
            {
                if (child.Part("fields") is { } fields && child.Int("id") is { } id && new[] { Fields.Description, Fields.ReproSteps }.Any(f => fields.Text(f)?.Contains(line, StringComparison.Ordinal) == true))
                    return new RemoveChild(parent.Project.Item(id), add.Title, add.Markdown);
            }
        }

        return null;
    }

    /// <returns>Why it was not taken back; null when it was.</returns>
    public async Task<string?> RemoveAsync(ItemState parent, RemoveChild remove, CancellationToken cancellation)
    {
        if (remove.Child is not { } reference || !AzureProject.TryOf(reference, out var project, out var id))
            return "it is not known which child was created";
        var raw = await api.GetAsync($"{api.WorkAddressOf(project, "workitems", $"{id}")}?$expand=all&api-version={AzureDevOpsApi.Version}", cancellation);
        if (raw.Part("fields") is not { } fields || raw.Int("rev") is not { } revision || fields.Text(Fields.Type) is not { } type)
            throw new HttpRequestException("Azure DevOps told neither fields nor revision of a work item.");
        var child = new ItemState(project, id, revision, fields, Relation.Of(raw)) { States = await facts.StatesAsync(project, type, cancellation), Ends = parent.Ends };
        var link = child.FindLink(LinkKind.ChildOf, parent.Id);
        if (child.IsClosed && link is null)
            return null;
        if (WhyTouched(child, reference) is { } touched)
            return touched;
        var (patch, planned) = PatchPlan.Of(
            child, api.AddressOf(project.Organization), [new RemoveLink(LinkKind.ChildOf, parent.Project.Item(parent.Id)), new Close(CloseReason.NotPlanned)]);
        if (planned.Select(p => p.Why).FirstOrDefault(w => w is not null) is { } why)
            return why;
        await patches.SendAsync(project, $"{id}", [PatchOperation.TestRevision(revision), .. patch], cancellation);
        return null;
    }

    /// <summary>Every edit makes a revision; a link from elsewhere does not.</summary>
    private static string? WhyTouched(ItemState child, WorkItemRef reference) =>
        child.Values.Int(Fields.CommentCount) > 0 ? $"somebody has commented on {reference}"
        : child.Revision > 1 ? $"somebody has edited {reference}"
        : child.Relations.Count > 1 ? $"somebody has linked {reference}"
        : null;

    private async Task<string?> TypeAsync(ItemState parent, CancellationToken cancellation)
    {
        var own = parent.Values.Text(Fields.Type) ?? "";
        foreach (var type in Below.GetValueOrDefault(own, ["Task"]).Append(own))
        {
            if ((await facts.StatesAsync(parent.Project, type, cancellation)).Count > 0)
                return type;
        }

        return null;
    }
}
