using System.Text.Json.Serialization;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Domain.Triage;

/// <summary>
/// One effect on a tracker, in no tracker's words. The set is closed: a tracker adapter must know how to apply and to take back each one.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "change")]
[JsonDerivedType(typeof(AddLabel), "addLabel")]
[JsonDerivedType(typeof(SetField), "setField")]
[JsonDerivedType(typeof(Assign), "assign")]
[JsonDerivedType(typeof(AddLink), "addLink")]
[JsonDerivedType(typeof(AddComment), "addComment")]
[JsonDerivedType(typeof(Close), "close")]
[JsonDerivedType(typeof(RemoveLabel), "removeLabel")]
[JsonDerivedType(typeof(ClearField), "clearField")]
[JsonDerivedType(typeof(Unassign), "unassign")]
[JsonDerivedType(typeof(RemoveLink), "removeLink")]
[JsonDerivedType(typeof(RemoveComment), "removeComment")]
[JsonDerivedType(typeof(Reopen), "reopen")]
[JsonDerivedType(typeof(SetBlock), "setBlock")]
[JsonDerivedType(typeof(RemoveBlock), "removeBlock")]
[JsonDerivedType(typeof(AddChild), "addChild")]
[JsonDerivedType(typeof(RemoveChild), "removeChild")]
[JsonDerivedType(typeof(Consolidate), "consolidate")]
[JsonDerivedType(typeof(RemoveConsolidated), "removeConsolidated")]
[JsonDerivedType(typeof(GiveNotice), "giveNotice")]
[JsonDerivedType(typeof(RemoveNotice), "removeNotice")]
[JsonDerivedType(typeof(AddReply), "addReply")]
[JsonDerivedType(typeof(MoveTo), "moveTo")]
public abstract record Change
{
    /// <summary>True when only a person may approve it, whatever the confidence: closing and archiving never happen by silence.</summary>
    [JsonIgnore]
    public virtual bool NeedsPerson => false;

    /// <summary>Two changes with the same slot on one item exclude each other (two values for one field, two closes).</summary>
    [JsonIgnore]
    public abstract string Slot { get; }

    /// <summary>Of the changes of one decision, those of a higher rank are made later; equal ones as they come.</summary>
    [JsonIgnore]
    public virtual int Rank => 0;

    /// <summary>The change in a few words, for people: <c>set type to bug</c>.</summary>
    public abstract string Describe();
}

/// <summary>Adds one label; labels that are there stay.</summary>
public sealed record AddLabel(Label Label) : Change
{
    [JsonIgnore]
    public override string Slot => $"label:{Label.Name.ToLowerInvariant()}";

    public override string Describe() => $"add label '{Label}'";
}

/// <summary>Sets one field that holds one value.</summary>
public sealed record SetField(WorkItemField Field, string Value) : Change
{
    /// <summary>True for a status: in some trackers a status is what closes an item.</summary>
    [JsonIgnore]
    public override bool NeedsPerson => Field == WorkItemField.Status;

    [JsonIgnore]
    public override string Slot => $"field:{Field}";

    public override string Describe() => $"set {Field.ToString().ToLowerInvariant()} to {Value}";
}

[JsonConverter(typeof(JsonStringEnumConverter<WorkItemField>))]
public enum WorkItemField
{
    Type,
    Priority,
    Severity,
    Area,
    Estimate,
    Status,
}

public sealed record Assign(Person Person) : Change
{
    [JsonIgnore]
    public override string Slot => "assign";

    public override string Describe() => $"assign {Person}";
}

public sealed record AddLink(LinkKind Kind, WorkItemRef Target) : Change
{
    [JsonIgnore]
    public override string Slot => Kind == LinkKind.DuplicateOf ? "link:duplicate" : $"link:{Kind}:{Target}";

    public override string Describe() => $"link as {Words(Kind)} {Target}";

    private static string Words(LinkKind kind) => kind switch
    {
        LinkKind.DuplicateOf => "duplicate of",
        LinkKind.BlockedBy => "blocked by",
        LinkKind.Blocks => "blocking",
        LinkKind.ParentOf => "parent of",
        LinkKind.ChildOf => "child of",
        LinkKind.ClosedBy => "closed by",
        LinkKind.DiscoveredFrom => "discovered from",
        _ => "related to",
    };
}

/// <summary>One comment. An item has at most one of ours, edited in place (V5), so all comments share a slot.</summary>
public sealed record AddComment(string Markdown) : Change
{
    [JsonIgnore]
    public override string Slot => "comment";

    public override string Describe() => "comment";
}

/// <summary>Closes or archives the item.</summary>
public sealed record Close(CloseReason Reason, WorkItemRef? Canonical = null) : Change
{
    [JsonIgnore]
    public override bool NeedsPerson => true;

    [JsonIgnore]
    public override string Slot => "close";

    /// <summary>Last: what is to be kept of an item is kept before.</summary>
    [JsonIgnore]
    public override int Rank => 2;

    public override string Describe() => Reason switch
    {
        CloseReason.Duplicate => $"close as duplicate of {Canonical}",
        CloseReason.Completed => "close as completed",
        _ => "archive as not planned",
    };
}

[JsonConverter(typeof(JsonStringEnumConverter<CloseReason>))]
public enum CloseReason
{
    Completed,
    NotPlanned,
    Duplicate,
}
