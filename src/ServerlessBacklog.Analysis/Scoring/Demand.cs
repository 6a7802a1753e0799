using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Scoring;

/// <summary>
/// How many different people ask for an item. Never lowers a score: an item without votes is not worth less (pain: votes as the sole gate
/// felt unfair, microsoft/vscode#103784).
/// </summary>
/// <param name="People">Distinct people, at least; bots left out.</param>
/// <param name="IsKnown">False when the source tells neither commenters nor reactions nor repeats.</param>
public sealed record Demand(int People, bool IsKnown, string Words)
{
    /// <summary>People beyond the first at which the cap is reached.</summary>
    public const int Saturation = 50;

    public static Demand Unknown { get; } = new(1, false, "default: nobody known to ask");

    /// <summary>
    /// What demand adds to an input of 0…10: cap · ln(1 + people beyond the first) ÷ ln(1 + 50), at most <paramref name="cap"/>.
    /// A vote drive of any size moves the input by no more.
    /// </summary>
    public double Amount(double cap) => cap * Math.Min(1, Math.Log(1 + Math.Max(0, People - 1)) / Math.Log(1 + Saturation));
}

/// <summary>
/// Counts the distinct people behind items: reporter, commenters and people who reacted, on the item, on its duplicates (also duplicates
/// of duplicates) and on items that link to it. Anonymous reaction counts may be the same people again, so the count is a lower bound:
/// the larger of the named people and the thumbs-up of one item.
/// </summary>
public sealed class DemandCounter
{
    private readonly Dictionary<WorkItemRef, List<WorkItem>> repeats = [];
    private readonly Dictionary<WorkItemRef, List<WorkItem>> mentions = [];

    public DemandCounter(IEnumerable<WorkItem> backlog)
    {
        foreach (var item in backlog)
        {
            foreach (var link in item.Links)
            {
                if (link.Kind == LinkKind.DuplicateOf)
                    Add(repeats, link.Target, item);
                else if (link.Kind is LinkKind.RelatedTo or LinkKind.BlockedBy && item.Kind != WorkItemKind.PullRequest)
                    Add(mentions, link.Target, item);
            }
        }
    }

    public Demand Of(WorkItem item)
    {
        var around = Around(item);
        var named = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var thumbs = 0;
        foreach (var one in around)
        {
            named.UnionWith(People(one).Where(p => !p.IsBot).Select(p => p.Login));
            thumbs = Math.Max(thumbs, one.History.Reactions.ThumbsUp + (one.Reporter is { IsBot: false } ? 1 : 0));
        }

        var isKnown = around.Count > 1 || item.History.IsKnown || item.History.Reactions.Total > 0;
        if (!isKnown)
            return Demand.Unknown with { Words = item.History.CommentCount > 0 ? $"default: {item.History.CommentCount} comments by unknown people" : Demand.Unknown.Words };
        var people = Math.Max(1, Math.Max(named.Count, thumbs));
        var others = around.Count - 1;
        var words = people == 1 ? "1 person asks" : $"{people} different people ask";
        return new Demand(people, true, others == 0 ? words : $"{words}, on this and {others} other {(others == 1 ? "item" : "items")}");
    }

    /// <summary>The item, everything that repeats it, and what links to it directly.</summary>
    private List<WorkItem> Around(WorkItem item)
    {
        var seen = new HashSet<WorkItemRef> { item.Ref };
        var found = new List<WorkItem> { item };
        for (var next = 0; next < found.Count; next++)
            Take(repeats, found[next].Ref);
        Take(mentions, item.Ref);
        return found;

        void Take(Dictionary<WorkItemRef, List<WorkItem>> from, WorkItemRef target) =>
            found.AddRange(from.GetValueOrDefault(target, []).Where(i => seen.Add(i.Ref)));
    }

    private static IEnumerable<Person> People(WorkItem item) =>
        item.History.Commenters().Concat(item.History.Reactions.People).Concat(item.Reporter is { } reporter ? [reporter] : []);

    private static void Add(Dictionary<WorkItemRef, List<WorkItem>> to, WorkItemRef target, WorkItem item)
    {
        if (!to.TryGetValue(target, out var list))
            to[target] = list = [];
        list.Add(item);
    }
}
