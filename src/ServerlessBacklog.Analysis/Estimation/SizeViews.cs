using ServerlessBacklog.Analysis.Learning;

namespace ServerlessBacklog.Analysis.Estimation;

/// <summary>
/// Several looks at an item's size, each learned from the items so far: the latest sizes alone; those of its type, its areas, its reporter; those of
/// similar items; and what its words say, with the scale as classes and as an order.
/// </summary>
internal sealed class SizeViews
{
    /// <summary>Views that rest on the time alone, not on the item.</summary>
    public const int Plain = 4;

    private const string All = "";
    private const int Near = 10;
    private const int Far = 40;
    private const int LatestScores = 600;

    /// <summary>Items that the overall shares are worth under a rare key.</summary>
    private const double Prior = 5;

    private readonly DecayedShares[] latest = [new(25), new(100), new(400), new(5000)];
    private readonly DecayedShares byKey = new(100);
    private readonly PastVotes votes = new();
    private readonly OnlineSoftmax words = new(rate: 0.3, repetitions: 2);
    private readonly OrdinalModel order = new(rate: 0.3, repetitions: 2);
    private readonly List<(double Score, int Class)> scores = [];
    private readonly Dictionary<string, int> names = new(StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<string> Names { get; } =
        ["latest 25", "latest 100", "latest 400", "all", "type", "areas", "reporter", "10 similar", "40 similar", "words", "order"];

    /// <summary>The chances of the classes by each view, in the order of <see cref="Names"/>, and the most similar items.</summary>
    public (double[][] Chances, List<(int Item, int Class, double Score)> Hits) Of(EffortCase item, int classes)
    {
        var plain = new double[classes];
        for (var c = 0; c < classes; c++)
            plain[c] = (latest[1].Share(All, c) + (0.02 / classes)) / 1.02;
        var hits = votes.Nearest(Counts(item), Far);
        var values = Values(item);
        double[][] chances =
        [
            .. latest.Select(l => Over(classes, c => l.Share(All, c), 1, plain, 0.05)),
            Keyed(item.Type is { } type ? [$"type {type}"] : [], classes, plain),
            Keyed([.. item.Areas.Select(a => $"area {a}")], classes, plain),
            Keyed(item.Reporter is { } by ? [$"by {by.Login}"] : [], classes, plain),
            Voted(hits.Take(Near).ToList(), classes, plain),
            Voted(hits, classes, plain),
            Words(values, classes, plain),
            Ordered(order.Score(values), classes, plain),
        ];
        return (chances, hits);
    }

    public void Add(EffortCase item, double size, int label)
    {
        foreach (var name in Named(item).Select(n => n.Name).Where(n => !names.ContainsKey(n)).ToList())
            names[name] = -1 - names.Count;
        var values = Values(item);
        scores.Add((order.Score(values), label));
        if (scores.Count > LatestScores)
            scores.RemoveAt(0);
        words.Learn(values, label);
        order.Learn(values, size);
        votes.Add(Counts(item), label);
        foreach (var shares in latest)
            shares.Add(All, label);
        foreach (var key in Keys(item))
            byKey.Add(key, label);
    }

    private static double[] Over(int classes, Func<int, double> share, double weight, double[] prior, double priorWeight)
    {
        var chances = new double[classes];
        var sum = 0.0;
        for (var c = 0; c < classes; c++)
            sum += chances[c] = (weight * share(c)) + (priorWeight * prior[c]);
        for (var c = 0; c < classes; c++)
            chances[c] /= sum;
        return chances;
    }

    private double[] Keyed(List<string> keys, int classes, double[] plain)
    {
        var known = keys.Where(k => byKey.Weight(k) > 0).ToList();
        return known.Count == 0
            ? plain
            : Over(classes, c => known.Average(k => ((byKey.Share(k, c) * byKey.Weight(k)) + (Prior * plain[c])) / (byKey.Weight(k) + Prior)), 1, plain, 0.02);
    }

    private static double[] Voted(List<(int Item, int Class, double Score)> hits, int classes, double[] plain)
    {
        var sum = hits.Sum(h => h.Score);
        if (sum <= 0)
            return plain;
        var votes = new double[classes];
        foreach (var hit in hits)
            votes[hit.Class] += hit.Score / sum;
        return Over(classes, c => votes[c], hits.Count, plain, 3);
    }

    private double[] Words((int Feature, float Value)[] values, int classes, double[] plain)
    {
        var p = words.Probabilities(values);
        return Over(classes, c => c < p.Length ? p[c] : 0, 1, plain, 0.05);
    }

    /// <summary>The classes of the items that looked about as large before their size was known.</summary>
    private double[] Ordered(double score, int classes, double[] plain)
    {
        var reach = Math.Max(15, scores.Count / 8);
        if (scores.Count < 2 * reach)
            return plain;
        var near = scores.OrderBy(s => Math.Abs(s.Score - score)).Take(reach).CountBy(s => s.Class).ToDictionary();
        return Over(classes, c => near.GetValueOrDefault(c) / (double)reach, reach, plain, 5);
    }

    private static IEnumerable<string> Keys(EffortCase item)
    {
        if (item.Type is { } type)
            yield return $"type {type}";
        foreach (var area in item.Areas.Distinct(StringComparer.OrdinalIgnoreCase))
            yield return $"area {area}";
        if (item.Reporter is { } reporter)
            yield return $"by {reporter.Login}";
    }

    private static List<(int Feature, float Count)> Counts(EffortCase item) =>
        [.. item.Terms.Select(t => (t.Term, (float)((2 * t.Title) + t.Body)))];

    private (int Feature, float Value)[] Values(EffortCase item)
    {
        var values = item.Terms.Select(t => (Feature: t.Term, Value: votes.Rarity(t.Term) * (1 + MathF.Log((2 * t.Title) + t.Body)))).ToList();
        var square = values.Sum(v => (double)v.Value * v.Value);
        var length = square > 0 ? (float)Math.Sqrt(square) : 1;
        for (var i = 0; i < values.Count; i++)
            values[i] = (values[i].Feature, values[i].Value / length);
        foreach (var (name, value) in Named(item))
        {
            if (names.TryGetValue(name, out var number))
                values.Add((number, value));
        }

        return [.. values];
    }

    /// <summary>Everything that is no word: keys, how long title and body are (in doublings), and whether there is code.</summary>
    private static IEnumerable<(string Name, float Value)> Named(EffortCase item)
    {
        yield return ("all", 0.5f);
        foreach (var key in Keys(item))
            yield return (key, 0.5f);
        yield return ($"title of {(int)Math.Log2(1 + item.Terms.Sum(t => t.Title))}", 0.3f);
        yield return ($"body of {(int)Math.Log2(1 + item.Terms.Sum(t => t.Body))}", 0.3f);
        if (item.HasTrace)
            yield return ("trace", 0.3f);
    }
}
