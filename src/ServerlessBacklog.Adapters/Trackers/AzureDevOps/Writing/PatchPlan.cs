using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Writing;

/// <summary>One patch for all changes of a call but the comment. Pure: it asks nobody.</summary>
internal sealed class PatchPlan
{
    private const int MaxTags = 100;

    /// <summary>Takes its tags apart at these.</summary>
    private static readonly char[] TagSeparators = [';', ','];

    private readonly ItemState item;
    private readonly string organizationAddress;
    private readonly List<string> tags;
    private readonly List<PatchOperation> removals = [];
    private readonly List<PatchOperation> others = [];
    private bool takesTagsAway;

    private PatchPlan(ItemState item, string organizationAddress) =>
        (this.item, this.organizationAddress, tags) = (item, organizationAddress, [.. item.Tags]);

    /// <param name="organizationAddress">The address that links to other items of the organization begin with.</param>
    /// <returns>The patch without its test of the revision, empty when there is nothing to do; and for each change what it needs.</returns>
    public static (IReadOnlyList<PatchOperation> Patch, IReadOnlyList<Planned> Changes) Of(
        ItemState item, string organizationAddress, IEnumerable<Change> changes)
    {
        var plan = new PatchPlan(item, organizationAddress);
        var planned = changes.Select(plan.Add).ToList();
        return ([.. plan.TagPatch(), .. plan.Removals(), .. plan.others], planned);
    }

    private Planned Add(Change change)
    {
        var planned = PlanOf(change);
        foreach (var operation in planned.Operations)
        {
            // A link that two changes want is made once.
            if (operation.Path != TagPath && (operation.Op == "remove" ? removals : others) is var list && !list.Contains(operation))
                list.Add(operation);
        }

        return planned;
    }

    private Planned PlanOf(Change change) => change switch
    {
        AddLabel add => AddTag(add.Label.Name),
        RemoveLabel remove => RemoveTag(remove.Label.Name),
        SetField set => FieldChange.Set(item, set),
        MoveTo move => FieldChange.Move(item, move.Status),
        ClearField clear => FieldChange.Clear(item, clear),
        Assign assign => AssignTo(assign.Person),
        Unassign unassign => unassign.Person.Equals(item.Assignee) ? Planned.By(PatchOperation.SetField(Fields.AssignedTo, "")) : Planned.Done,
        AddLink add => Link(add.Kind, add.Target),
        RemoveLink remove => Unlink(remove),
        Close close => CloseAs(close),
        Reopen reopen => ReopenAs(reopen),
        SetBlock set => BlockChange.Set(item, set),
        RemoveBlock remove => BlockChange.Remove(item, remove),
        _ => Planned.Refused($"Azure DevOps has no such change as '{change.Describe()}'"),
    };

    private const string TagPath = $"/fields/{Fields.Tags}";

    private Planned AddTag(string tag)
    {
        if (tag.IndexOfAny(TagSeparators) >= 0 || string.IsNullOrWhiteSpace(tag))
            return Planned.Refused("a tag of Azure DevOps is not empty and holds neither ',' nor ';'");
        if (tags.Contains(tag, StringComparer.OrdinalIgnoreCase))
            return Planned.Done;
        if (tags.Count >= MaxTags)
            return Planned.Refused($"it has {MaxTags} tags, more cannot be");
        tags.Add(tag);
        return Planned.By(new PatchOperation("add", TagPath, tag));
    }

    private Planned RemoveTag(string tag)
    {
        if (tags.RemoveAll(t => t.Equals(tag, StringComparison.OrdinalIgnoreCase)) == 0)
            return Planned.Done;
        takesTagsAway = true;
        return Planned.By(new PatchOperation("replace", TagPath, tag));
    }

    /// <summary>"add" joins the tags that are there with those that are named, so that none is ever lost; only "replace" takes one away.</summary>
    private IEnumerable<PatchOperation> TagPatch()
    {
        if (takesTagsAway || !tags.SequenceEqual(item.Tags))
            yield return new PatchOperation(takesTagsAway ? "replace" : "add", TagPath, string.Join("; ", tags));
    }

    /// <summary>Each removal moves what stands behind it: the last goes first.</summary>
    private IEnumerable<PatchOperation> Removals() => removals.OrderByDescending(r => int.TryParse(r.Path[(r.Path.LastIndexOf('/') + 1)..], out var index) ? index : -1);

    private Planned AssignTo(Person person) => item.Assignee switch
    {
        null => Planned.By(PatchOperation.SetField(Fields.AssignedTo, person.Login)),
        { } there when there.Equals(person) => Planned.Done,
        { } other => Planned.Refused($"it is assigned to {other.Login} already, and Azure DevOps knows one assignee"),
    };

    private Planned Link(LinkKind kind, WorkItemRef target)
    {
        if (WhyNoTarget(target, out var id) is { } why)
            return Planned.Refused(why);
        if (item.FindLink(kind, id) is not null)
            return Planned.Done;
        return item.Ends?.ReferenceOf(kind) is { } reference
            ? Planned.By(new PatchOperation("add", "/relations/-", new { rel = reference, url = $"{organizationAddress}/_apis/wit/workItems/{id}" }))
            : Planned.Refused($"this organization has no kind of link that says '{new AddLink(kind, target).Describe()}'");
    }

    private Planned Unlink(RemoveLink remove) =>
        WhyNoTarget(remove.Target, out var id) is null && item.FindLink(remove.Kind, id) is { } relation
            ? Planned.By(new PatchOperation("remove", $"/relations/{relation.Index}"))
            : Planned.Done;

    private string? WhyNoTarget(WorkItemRef target, out int id) =>
        !AzureProject.TryOf(target, out var project, out id) ? $"{target} is no work item of Azure DevOps"
        : !project.Organization.Equals(item.Project.Organization, StringComparison.OrdinalIgnoreCase) ? $"{target} lies in another organization"
        : id == item.Id ? "an item is not linked to itself"
        : null;

    private Planned CloseAs(Close close)
    {
        var link = close is { Reason: CloseReason.Duplicate, Canonical: { } canonical } ? Link(LinkKind.DuplicateOf, canonical) : Planned.Done;
        if (link.Why is not null)
            return link;
        if (item.IsClosed)
            return link;
        var state = close.Reason == CloseReason.Completed ? StateIn("Completed") : StateIn("Removed") ?? StateIn("Completed");
        return state is null
            ? Planned.Refused("its type has no state that counts as closed")
            : new Planned([.. link.Operations, PatchOperation.SetField(Fields.State, state)], null);
    }

    private Planned ReopenAs(Reopen reopen)
    {
        if (!item.IsClosed)
            return Planned.Done;
        var before = item.States.FirstOrDefault(s => s.Name.Equals(reopen.TrackerState, StringComparison.OrdinalIgnoreCase) && s.Meaning is not WorkItemState.Closed);
        return (before?.Name ?? StateIn("Proposed")) is { } state
            ? Planned.By(PatchOperation.SetField(Fields.State, state))
            : Planned.Refused("its type has no state that counts as open");
    }

    /// <summary>The usual word where the category has several states, else its first.</summary>
    private string? StateIn(string category)
    {
        var names = item.States.Where(s => s.Category == category).Select(s => s.Name).ToList();
        return names.Find(n => n is "Closed" or "Done" or "Removed" or "New" or "To Do") ?? names.FirstOrDefault();
    }
}
