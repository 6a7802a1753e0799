namespace ServerlessBacklog.Analysis.Evaluation.Baselines;

public enum BaselineKind
{
    /// <summary>Cosine of (1 + ln tf) · idf.</summary>
    TfIdf,

    /// <summary>Okapi BM25, k1 1.2, b 0.75 (Robertson et al. 1994).</summary>
    Bm25,
}

/// <summary>
/// The published baselines' inverted index (<c>scripts/textir.py</c> beside the data): documents are added in the order of time, so that a query
/// sees earlier ones and their statistics only. Its figures agree with the scripts'.
/// </summary>
public sealed class BaselineIndex(BaselineKind kind)
{
    private const double K1 = 1.2;
    private const double B = 0.75;

    /// <summary>Terms that more than this share of the documents hold are passed over, from 50 documents on.</summary>
    private const double MostCommon = 0.5;

    private readonly Dictionary<string, List<(int Document, int Count)>> postings = [];
    private readonly List<Dictionary<string, int>> bags = [];
    private readonly List<int> lengths = [];
    private readonly List<double> norms = [];
    private long total;
    private int normed = -1;

    public int Count => bags.Count;

    public void Add(Dictionary<string, int> bag)
    {
        var document = bags.Count;
        bags.Add(bag);
        lengths.Add(bag.Values.Sum());
        total += lengths[^1];
        foreach (var (term, count) in bag)
        {
            if (!postings.TryGetValue(term, out var list))
                postings[term] = list = [];
            list.Add((document, count));
        }
    }

    /// <summary>The documents that share a term with the query, best first, at most <paramref name="limit"/>; of equal ones the later first.</summary>
    /// <param name="asFound">True to leave equal ones in the order in which the query's terms came upon them, as some of the scripts do.</param>
    public List<(int Document, double Score)> Search(Dictionary<string, int> query, int limit, bool asFound = false)
    {
        var scores = new double[Count];
        var touched = new List<int>();
        foreach (var (term, count) in query)
        {
            if (!postings.TryGetValue(term, out var list) || (Count > 50 && list.Count > MostCommon * Count))
                continue;
            var weight = kind == BaselineKind.Bm25
                ? Math.Log(1 + ((Count - list.Count + 0.5) / (list.Count + 0.5))) * Math.Min(count, 3)
                : (1 + Math.Log(count)) * Rarity(list.Count) * Rarity(list.Count);
            foreach (var (document, frequency) in list)
            {
                if (scores[document] == 0)
                    touched.Add(document);
                scores[document] += weight * (kind == BaselineKind.Bm25
                    ? frequency * (K1 + 1) / (frequency + (K1 * (1 - B + (B * lengths[document] / ((double)total / Count)))))
                    : 1 + Math.Log(frequency));
            }
        }

        if (kind == BaselineKind.TfIdf)
        {
            Normalise();
            foreach (var document in touched)
                scores[document] /= norms[document];
        }

        if (asFound)
            return [.. touched.Select(d => (d, scores[d])).OrderByDescending(d => d.Item2).Take(limit)];
        touched.Sort((a, b) => scores[b].CompareTo(scores[a]) is var order && order != 0 ? order : b.CompareTo(a));
        return [.. touched.Take(limit).Select(d => (d, scores[d]))];
    }

    private double Rarity(int frequency) => Math.Log((Count + 1.0) / (frequency + 1)) + 1;

    /// <summary>Lengths of all vectors are taken anew when the collection has grown by a tenth, as the scripts do.</summary>
    private void Normalise()
    {
        if (normed < 0 || Count > (1.1 * normed) + 20)
        {
            normed = Count;
            norms.Clear();
        }

        while (norms.Count < Count)
        {
            var square = bags[norms.Count].Sum(t => Math.Pow((1 + Math.Log(t.Value)) * Rarity(postings[t.Key].Count), 2));
            norms.Add(square > 0 ? Math.Sqrt(square) : 1);
        }
    }
}
