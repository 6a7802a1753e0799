using ServerlessBacklog.Analysis.Evaluation.Baselines;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Evaluation.Assign;

/// <summary>The simple rules of the published baselines (<c>scripts/baseline_assign.py</c> beside the data).</summary>
internal static class AssignBaselines
{
    public const string Latest = "most_frequent_last_50";
    public const string TfIdf = "tfidf_knn";
    public const string Bm25 = "bm25_knn";

    private const int Window = 50;
    private const int Filled = 5;
    private const int Neighbours = 30;
    private const int TitleWeight = 2;
    private const int LabelWeight = 3;

    /// <summary>For each item from <paramref name="first"/> on the place of its assignee by each rule, 0 where it is not named.</summary>
    public static List<IReadOnlyDictionary<string, int>> Rank(List<LabelledItem> items, int first, bool titles)
    {
        var assignees = items.Select(i => i.Item.Assignees[0]).ToList();
        var bags = items.Select(i => Bag(i.Item, titles)).ToList();
        var often = MostFrequent(assignees.Take(first)).Take(Filled).ToList();
        var places = Enumerable.Range(0, items.Count - first).Select(_ => new Dictionary<string, int>()).ToList();
        for (var i = first; i < items.Count; i++)
            places[i - first][Latest] = Place(MostFrequent(assignees.Skip(Math.Max(0, i - Window)).Take(i - Math.Max(0, i - Window))).Take(Filled), assignees[i]);
        foreach (var (name, kind) in new[] { (TfIdf, BaselineKind.TfIdf), (Bm25, BaselineKind.Bm25) })
        {
            var index = new BaselineIndex(kind);
            for (var i = 0; i < items.Count; i++)
            {
                if (i >= first)
                {
                    var votes = new Dictionary<Person, double>();
                    foreach (var (document, score) in index.Search(bags[i], Neighbours, asFound: true))
                        votes[assignees[document]] = votes.GetValueOrDefault(assignees[document]) + (score * (0.5 + (0.5 * document / index.Count)));
                    places[i - first][name] = Place(votes.OrderByDescending(v => v.Value).Select(v => v.Key).Concat(often).Distinct(), assignees[i]);
                }

                index.Add(bags[i]);
            }
        }

        return [.. places];
    }

    private static Dictionary<string, int> Bag(WorkItem item, bool titles)
    {
        if (titles)
            return BagOfWords.Of(item.Title, item.Body, TitleWeight);
        var bag = new Dictionary<string, int>();
        foreach (var label in item.Labels)
            bag[$"label:{label.Name.ToLowerInvariant()}"] = bag.GetValueOrDefault($"label:{label.Name.ToLowerInvariant()}") + LabelWeight;
        return bag;
    }

    /// <summary>Of equal counts the one that came first.</summary>
    private static IEnumerable<Person> MostFrequent(IEnumerable<Person> people) =>
        people.CountBy(p => p).OrderByDescending(c => c.Value).Select(c => c.Key);

    private static int Place(IEnumerable<Person> ranked, Person person) => 1 + ranked.ToList().IndexOf(person);
}
