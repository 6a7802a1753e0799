using ServerlessBacklog.Analysis.Clarity;
using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Analysis.Similarity.Themes;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>What people ask for, in groups of what is alike (FEATURES D9). Worked out on demand: <c>snapshot.Model(ThemesPart.Of)</c>.</summary>
public sealed record ThemesPart
{
    /// <summary>Those that most people stand behind first.</summary>
    public IReadOnlyList<Theme> Themes { get; init; } = [];

    /// <summary>Items that were grouped: open feedback and wishes.</summary>
    public int Items { get; init; }

    /// <summary>Items that are like no two others.</summary>
    public int Alone { get; init; }

    /// <summary>What was looked at, or why nothing was.</summary>
    public required string Basis { get; init; }

    /// <summary>Mean resemblance from which two groups are one: the cosine of their words, or of their words and their meanings.</summary>
    private const double JoinAt = 0.22;

    /// <summary>Share of items that must say by type or label what they are, before those that do not are left out.</summary>
    private const double Told = 0.2;

    public static ThemesPart Of(BacklogSnapshot backlog)
    {
        var open = backlog.Items.Values.Where(o => o.Item is { IsOpen: true, Kind: WorkItemKind.Item }).ToList();
        var wishes = open.Where(o => KindOf(o.Item) is ItemKind.Feature or ItemKind.Question || o.Item.Labels.Any(IsFeedback) || IsFeedback(new Label(o.Item.Type ?? "-"))).ToList();
        var isTold = wishes.Count >= Told * open.Count && wishes.Count >= ThemeClusters.Fewest;
        var looked = isTold ? wishes : open;
        if (looked.Count < ThemeClusters.Fewest)
            return new ThemesPart { Items = looked.Count, Alone = looked.Count, Basis = $"A theme needs {ThemeClusters.Fewest} open items; there are {looked.Count}." };
        var kept = looked.ToDictionary(o => o.Item.Ref);
        var clusters = ThemeClusters.Of(kept.Keys, item => Near(backlog, kept, item), JoinAt);
        var themes = clusters.Select(c => ThemeOf(backlog, kept, c)).OrderByDescending(t => t.People).ThenByDescending(t => t.Members.Count).ThenBy(t => t.Members[0].Ref.ToKey(), StringComparer.Ordinal).ToList();
        return new ThemesPart
        {
            Themes = themes,
            Items = looked.Count,
            Alone = looked.Count - themes.Sum(t => t.Members.Count),
            Basis = isTold ? "Open features, requests and questions." : "All open items: too few say by type or label that they are a feature or feedback.",
        };
    }

    private static IReadOnlyList<SearchHit> Near(BacklogSnapshot backlog, Dictionary<WorkItemRef, OutlinedItem> kept, WorkItemRef item)
    {
        var hits = backlog.Index.Search(item, ThemeClusters.Neighbours, kept.ContainsKey);
        return !backlog.HasMeanings || kept[item].Vector is not { } vector ? hits
            : [.. hits.Select(h => kept[h.Item].Vector is { } other ? h with { Score = (h.Score + Math.Max(0, vector.Cosine(other))) / 2 } : h)];
    }

    private static Theme ThemeOf(BacklogSnapshot backlog, Dictionary<WorkItemRef, OutlinedItem> kept, ThemeCluster cluster)
    {
        var members = cluster.Members.Select(m => kept[m].Item).ToList();
        var people = members.SelectMany(m => m.History.Commenters().Concat(m.History.Reactions.People).Append(m.Reporter).OfType<Person>()).Where(p => !p.IsBot).ToHashSet();
        // Where reactions are only counted, as many people as the most voted member has.
        var unnamed = members.Max(m => Math.Max(0, m.History.Reactions.ThumbsUp - m.History.Reactions.People.Count));
        var words = members.Skip(1).Take(10).SelectMany(m => backlog.Index.SharedTerms(members[0].Ref, m.Ref, 5)).GroupBy(t => t.Term, StringComparer.Ordinal)
            .OrderByDescending(g => Math.Round(g.Sum(t => t.Share), 9)).ThenBy(g => g.Key, StringComparer.Ordinal).Take(4).Select(g => g.Key);
        return new Theme(ItemLine.From(members[0]).Title, [.. words], [.. members.Select(ItemLine.From)], people.Count, unnamed, cluster.Cohesion);
    }

    private static ItemKind KindOf(WorkItem item) => ItemKinds.Infer(item.Type, item.Labels.Select(l => l.Name), "", "");

    private static bool IsFeedback(Label label) => label.Name.Contains("feedback", StringComparison.OrdinalIgnoreCase) || label.Name.Contains("idea", StringComparison.OrdinalIgnoreCase);
}

/// <param name="Label">One line in the words of its own: the title of its most central member.</param>
/// <param name="Words">Words that its members share.</param>
/// <param name="Members">Most central first.</param>
/// <param name="People">Distinct people who wrote, commented on or reacted to a member, bots left out.</param>
/// <param name="Unnamed">Votes beyond those on the member that has most, where the source does not name who gave them.</param>
/// <param name="Cohesion">How much members resemble each other: 0 … 1.</param>
public sealed record Theme(string Label, IReadOnlyList<string> Words, IReadOnlyList<ItemLine> Members, int People, int Unnamed, double Cohesion);
