using System.Text.Json.Serialization;

namespace ServerlessBacklog.Domain.Items;

/// <summary>A link that the tracker itself holds (links that we only suspect from text are findings, not these).</summary>
public sealed record WorkItemLink(LinkKind Kind, WorkItemRef Target);

/// <summary>What the item that holds the link says of its target.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LinkKind>))]
public enum LinkKind
{
    RelatedTo,
    DuplicateOf,

    /// <summary>This item cannot move until the target is done.</summary>
    BlockedBy,

    /// <summary>The target cannot move until this item is done.</summary>
    Blocks,
    ParentOf,
    ChildOf,

    /// <summary>The target (a pull request) closes this item.</summary>
    ClosedBy,

    /// <summary>This item was found while working on the target.</summary>
    DiscoveredFrom,
}
