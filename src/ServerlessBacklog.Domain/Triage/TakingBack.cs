using System.Text.Json.Serialization;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Domain.Triage;

// Changes that take another one back. They have the slot of the change that they undo, and no step proposes them.

/// <summary>Takes one label off; the others stay.</summary>
public sealed record RemoveLabel(Label Label) : Change
{
    [JsonIgnore]
    public override string Slot => new AddLabel(Label).Slot;

    public override string Describe() => $"take off label '{Label}'";
}

/// <summary>Empties a field that held nothing before.</summary>
public sealed record ClearField(WorkItemField Field) : Change
{
    [JsonIgnore]
    public override bool NeedsPerson => Field == WorkItemField.Status;

    [JsonIgnore]
    public override string Slot => $"field:{Field}";

    public override string Describe() => $"clear {Field.ToString().ToLowerInvariant()}";
}

public sealed record Unassign(Person Person) : Change
{
    [JsonIgnore]
    public override string Slot => "assign";

    public override string Describe() => $"unassign {Person}";
}

public sealed record RemoveLink(LinkKind Kind, WorkItemRef Target) : Change
{
    [JsonIgnore]
    public override string Slot => new AddLink(Kind, Target).Slot;

    public override string Describe() => $"take away: {new AddLink(Kind, Target).Describe()}";
}

/// <summary>Deletes our comment.</summary>
public sealed record RemoveComment : Change
{
    [JsonIgnore]
    public override string Slot => "comment";

    public override string Describe() => "delete our comment";
}

/// <param name="TrackerState">The state before it was closed, in the tracker's word; null where the tracker knows only open and closed.</param>
public sealed record Reopen(string? TrackerState = null) : Change
{
    [JsonIgnore]
    public override bool NeedsPerson => true;

    [JsonIgnore]
    public override string Slot => "close";

    public override string Describe() => TrackerState is null ? "reopen" : $"reopen as {TrackerState}";
}

/// <summary>Takes our block out of the description, as long as nobody has edited it.</summary>
public sealed record RemoveBlock(string Name) : Change
{
    [JsonIgnore]
    public override bool NeedsPerson => true;

    [JsonIgnore]
    public override string Slot => $"block:{Name}";

    public override string Describe() => $"take the {Name} out of the description";
}

/// <summary>Cuts a child loose and closes it as not planned, as long as nobody but us has touched it.</summary>
/// <param name="Child">Null while it is not known which one was created.</param>
/// <param name="Markdown">What was written into it.</param>
public sealed record RemoveChild(WorkItemRef? Child, string Title, string Markdown) : Change
{
    /// <summary>The children that were there before; where <see cref="Child"/> is not known, all others count as ours.</summary>
    public IReadOnlyList<WorkItemRef> Others { get; init; } = [];

    [JsonIgnore]
    public override bool NeedsPerson => true;

    [JsonIgnore]
    public override string Slot => new AddChild(Title, Markdown).Slot;

    public override string Describe() => Child is null ? $"close the child '{Title}'" : $"close the child {Child}";

    public bool Equals(RemoveChild? other) => other is not null
        && (Child, Title, Markdown) == (other.Child, other.Title, other.Markdown)
        && Others.SequenceEqual(other.Others);

    public override int GetHashCode() => HashCode.Combine(Child, Title, Markdown, Others.Count);
}

/// <summary>Deletes our comment that gathers what the duplicates of <paramref name="Canonical"/> add.</summary>
public sealed record RemoveConsolidated(WorkItemRef Canonical) : Change
{
    [JsonIgnore]
    public override bool NeedsPerson => true;

    [JsonIgnore]
    public override string Slot => "consolidate";

    public override string Describe() => $"delete what was gathered on {Canonical}";
}

/// <summary>What takes a change back.</summary>
public static class Inverse
{
    /// <summary>
    /// The change that brings <paramref name="before"/> back once <paramref name="change"/> was made on it; null when the change makes no
    /// difference there (a label that it has), so that nothing is to be taken back.
    /// </summary>
    public static Change? Of(WorkItem before, Change change) => change switch
    {
        AddLabel add => before.Labels.Contains(add.Label) ? null : new RemoveLabel(add.Label),
        RemoveLabel remove => before.Labels.Contains(remove.Label) ? new AddLabel(remove.Label) : null,
        SetField set => ValueOf(before, set.Field) is not { } old ? new ClearField(set.Field) : old == set.Value ? null : new SetField(set.Field, old),
        ClearField clear => ValueOf(before, clear.Field) is { } old ? new SetField(clear.Field, old) : null,
        MoveTo move => string.Equals(before.TrackerState, move.Status, StringComparison.OrdinalIgnoreCase) ? null
            : before.TrackerState is { } state ? new SetField(WorkItemField.Status, state) : new ClearField(WorkItemField.Status),
        Assign assign => before.Assignees.Contains(assign.Person) ? null : new Unassign(assign.Person),
        Unassign unassign => before.Assignees.Contains(unassign.Person) ? new Assign(unassign.Person) : null,
        AddLink add => before.Links.Contains(new WorkItemLink(add.Kind, add.Target)) ? null : new RemoveLink(add.Kind, add.Target),
        RemoveLink remove => before.Links.Contains(new WorkItemLink(remove.Kind, remove.Target)) ? new AddLink(remove.Kind, remove.Target) : null,
        AddComment => new RemoveComment(),
        RemoveComment => null,
        Close => before.IsOpen ? new Reopen(before.TrackerState) : null,
        Reopen => before.IsOpen ? null : new Close(CloseReason.Completed),
        SetBlock set => before.Blocks.GetValueOrDefault(set.Name) is not { } old ? new RemoveBlock(set.Name) : old == set.Markdown ? null : new SetBlock(set.Name, old),
        RemoveBlock remove => before.Blocks.GetValueOrDefault(remove.Name) is { } old ? new SetBlock(remove.Name, old) : null,
        AddChild add => new RemoveChild(null, add.Title, add.Markdown) { Others = [.. before.Linked(LinkKind.ParentOf)] },
        RemoveChild => null,
        Consolidate { Before: { } earlier } write => new Consolidate(write.Canonical, earlier) { Before = write.Markdown },
        Consolidate write => new RemoveConsolidated(write.Canonical),
        RemoveConsolidated => null,
        GiveNotice notice => new RemoveNotice(notice.Name),
        RemoveNotice or AddReply => null,
        _ => throw new ArgumentException($"Nothing is known that takes back '{change.Describe()}'.", nameof(change)),
    };

    /// <summary>The value of a field in the tracker's word; null when it holds none.</summary>
    public static string? ValueOf(WorkItem item, WorkItemField field) => field switch
    {
        WorkItemField.Type => item.Type,
        WorkItemField.Priority => item.Priority,
        WorkItemField.Severity => item.Severity,
        WorkItemField.Area => item.Areas.Count > 0 ? item.Areas[0] : null,
        WorkItemField.Estimate => item.StoryPoints?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => item.TrackerState,
    };
}
