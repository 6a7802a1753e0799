namespace ServerlessBacklog.Analysis.Learning;

/// <summary>
/// The most similar earlier items by BM25 (Robertson et al. 1994; k1 1.2, b 0.75), each with what became of it. Items are added in the order of time, and
/// rarity comes from those added so far.
/// </summary>
internal sealed class PastVotes
{
    private const double K1 = 1.2;
    private const double B = 0.75;

    /// <summary>Occurrences in a query beyond this add nothing.</summary>
    private const int MostCounted = 3;

    /// <summary>Features that more than this share of the items hold are passed over, from 50 items on.</summary>
    private const double MostCommon = 0.5;

    private readonly Dictionary<int, List<(int Item, float Count)>> postings = [];
    private readonly List<float> lengths = [];
    private readonly List<int> classes = [];
    private double total;

    public int Count => classes.Count;

    public void Add(IReadOnlyList<(int Feature, float Count)> features, int label)
    {
        var length = 0f;
        foreach (var (feature, count) in features)
        {
            if (!postings.TryGetValue(feature, out var list))
                postings[feature] = list = [];
            list.Add((classes.Count, count));
            length += count;
        }

        lengths.Add(length);
        classes.Add(label);
        total += length;
    }

    /// <summary>ln(1 + N / n): 0 for a feature that is new.</summary>
    public float Rarity(int feature) => postings.TryGetValue(feature, out var list) ? MathF.Log(1 + ((float)Count / list.Count)) : 0;

    /// <summary>Best first, at most <paramref name="limit"/>; of equal ones the later first.</summary>
    public List<(int Item, int Class, double Score)> Nearest(IReadOnlyList<(int Feature, float Count)> query, int limit)
    {
        var scores = new float[Count];
        var average = total / Math.Max(1, Count);
        foreach (var (feature, count) in query)
        {
            if (!postings.TryGetValue(feature, out var list) || (Count > 50 && list.Count > MostCommon * Count))
                continue;
            var weight = Math.Log(1 + ((Count - list.Count + 0.5) / (list.Count + 0.5))) * Math.Min(count, MostCounted);
            foreach (var (item, held) in list)
                scores[item] += (float)(weight * held * (K1 + 1) / (held + (K1 * (1 - B + (B * lengths[item] / average)))));
        }

        var best = new PriorityQueue<int, (float, int)>();
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] <= 0)
                continue;
            if (best.Count < limit)
                best.Enqueue(i, (scores[i], i));
            else
                best.EnqueueDequeue(i, (scores[i], i));
        }

        var nearest = new List<(int, int, double)>(best.Count);
        while (best.TryDequeue(out var item, out _))
            nearest.Add((item, classes[item], scores[item]));
        nearest.Reverse();
        return nearest;
    }
}
