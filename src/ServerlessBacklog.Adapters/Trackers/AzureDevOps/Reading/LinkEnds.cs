using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;

/// <summary>
/// The two ends of each kind of link, by name. The end that stands on an item says what its target is to it: a link named
/// <c>Duplicate Of</c> points at the canonical item, <c>Predecessor</c> at what has to be done before. Reference names
/// (<c>…-Forward</c>, <c>…-Reverse</c>) are never assumed: documentation and samples disagree on which is which.
/// </summary>
internal sealed class LinkEnds
{
    private static readonly (string Name, LinkKind Kind)[] Names =
    [
        ("Duplicate Of", LinkKind.DuplicateOf),
        ("Predecessor", LinkKind.BlockedBy),
        ("Successor", LinkKind.Blocks),
        ("Child", LinkKind.ParentOf),
        ("Parent", LinkKind.ChildOf),
        ("Related", LinkKind.RelatedTo),
    ];

    private readonly Dictionary<string, LinkKind> kinds;

    private LinkEnds(Dictionary<string, LinkKind> kinds) => this.kinds = kinds;

    /// <summary>Reads the answer of <c>workitemrelationtypes</c>.</summary>
    public static LinkEnds Of(JsonElement answer)
    {
        var kinds = new Dictionary<string, LinkKind>(StringComparer.OrdinalIgnoreCase);
        foreach (var end in answer.Each("value"))
        {
            if (end.Text("referenceName") is { } reference && KindOfName(end.Text("name")) is { } kind)
                kinds[reference] = kind;
        }

        return new LinkEnds(kinds);
    }

    /// <summary>What a link says, by the English name of its end; null for kinds that we do not read.</summary>
    public static LinkKind? KindOfName(string? name)
    {
        foreach (var (known, kind) in Names)
        {
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
                return kind;
        }

        return null;
    }

    public LinkKind? KindOf(string reference) => kinds.TryGetValue(reference, out var kind) ? kind : null;

    /// <summary>The end that says <paramref name="kind"/>; null when the tracker has none of that name.</summary>
    public string? ReferenceOf(LinkKind kind) => kinds.Where(k => k.Value == kind).Select(k => k.Key).FirstOrDefault();
}
