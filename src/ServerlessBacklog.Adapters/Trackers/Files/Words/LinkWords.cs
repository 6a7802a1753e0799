using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.Files.Words;

/// <summary>
/// Reads link names as what the item that holds the link says of its target. A noun names the target: <c>parent</c> means that the
/// target is the parent. A word that is not in the table is <see cref="LinkKind.RelatedTo"/>.
/// </summary>
public static class LinkWords
{
    /// <summary>Reads a phrase such as <c>is blocked by</c>, <c>blocks-on</c>, <c>child-of</c>.</summary>
    public static LinkKind Read(string? phrase) => Normalise(phrase) switch
    {
        "duplicate of" or "duplicates" or "is duplicate of" or "duplicate" or "says duplicate of" => LinkKind.DuplicateOf,
        "blocked by" or "is blocked by" or "blocks on" or "depends on" or "depends upon" or "requires" or "waits for" or "predecessor"
            or "blocker" => LinkKind.BlockedBy,
        "blocks" or "is depended on by" or "is depended upon by" or "is required by" or "successor" => LinkKind.Blocks,
        "parent" or "parent child" or "child of" or "is child of" or "is part of" or "part of" or "is contained by"
            or "is incorporated by" or "subtask of" or "epic" => LinkKind.ChildOf,
        "child" or "parent of" or "is parent of" or "contains" or "incorporates" or "has part" or "subtask" => LinkKind.ParentOf,
        "closed by" or "closed by pull" or "is closed by" or "is resolved by" or "fixed by" => LinkKind.ClosedBy,
        "discovered from" or "is discovered while testing" or "discovered while testing" => LinkKind.DiscoveredFrom,
        _ => LinkKind.RelatedTo,
    };

    /// <summary>Reads Jira's name of a link type with its direction: the target of an inward <c>Blocks</c> blocks this item.</summary>
    public static LinkKind ReadJira(string linkType, bool isInward) => Normalise(linkType) switch
    {
        "blocks" or "blocker" => isInward ? LinkKind.BlockedBy : LinkKind.Blocks,
        "duplicate" or "duplicates" => isInward ? LinkKind.RelatedTo : LinkKind.DuplicateOf,
        "dependency" or "depends" or "dependent" or "required" => isInward ? LinkKind.Blocks : LinkKind.BlockedBy,
        "container" or "incorporates" or "parent child" or "hierarchy" => isInward ? LinkKind.ChildOf : LinkKind.ParentOf,
        _ => LinkKind.RelatedTo,
    };

    /// <summary>
    /// Reads a dependency in the way of the beads tracker, where the type tells why the item depends on its target: <c>blocks</c> then
    /// means that the target blocks the item.
    /// </summary>
    public static LinkKind ReadDependency(string? type) => Normalise(type) == "blocks" ? LinkKind.BlockedBy : Read(type);

    private static string? Normalise(string? phrase) => phrase is null
        ? null
        : string.Join(' ', phrase.ToLowerInvariant().Split([' ', '_', '-'], StringSplitOptions.RemoveEmptyEntries));
}
