namespace ServerlessBacklog.Analysis.Similarity.Duplicates;

/// <summary>How common terms are among the items that a comparison may know of. Grows item by item, so that a past comparison can be made as it was then.</summary>
public sealed class CorpusStatistics
{
    private readonly List<int> terms = [];
    private readonly Dictionary<int, int> trigrams = [];
    private double[]? rarities;
    private double[]? okapis;
    private long titleLength;
    private long bodyLength;

    public int Count { get; private set; }

    public double MeanTitle => Count == 0 ? 1 : Math.Max(1, (double)titleLength / Count);

    public double MeanBody => Count == 0 ? 1 : Math.Max(1, (double)bodyLength / Count);

    public void Add(ComparedItem item)
    {
        (rarities, okapis) = (null, null);
        Count++;
        titleLength += item.TitleLength;
        bodyLength += item.BodyLength;
        foreach (var term in item.Terms)
        {
            while (terms.Count <= term.Term)
                terms.Add(0);
            terms[term.Term]++;
        }

        foreach (var gram in item.Trigrams)
            trigrams[gram] = trigrams.GetValueOrDefault(gram) + 1;
    }

    /// <summary>Works out all rarities once; for a corpus that does not grow.</summary>
    public void Freeze()
    {
        double[] all = [.. Enumerable.Range(0, terms.Count).Select(Rarity)];
        (okapis, rarities) = ([.. Enumerable.Range(0, terms.Count).Select(Okapi)], all);
    }

    public int Frequency(int term) => term < terms.Count ? terms[term] : 0;

    /// <summary>ln((N + 1) / (df + ½)).</summary>
    public double Rarity(int term) => rarities is { } known && term < known.Length ? known[term] : Math.Log((Count + 1) / (Frequency(term) + 0.5));

    /// <summary>The same of a triple of characters.</summary>
    public double TrigramRarity(int gram) => Math.Log((Count + 1) / (trigrams.GetValueOrDefault(gram) + 0.5));

    /// <summary>Okapi's inverse document frequency, ln(1 + (N − df + ½) / (df + ½)).</summary>
    public double Okapi(int term) => okapis is { } known && term < known.Length ? known[term] : Math.Log(1 + ((Count - Frequency(term) + 0.5) / (Frequency(term) + 0.5)));

    /// <summary>True for a term that half of the items hold: it tells nothing apart.</summary>
    public bool IsCommon(int term) => Count > 50 && Frequency(term) > Count / 2;
}
