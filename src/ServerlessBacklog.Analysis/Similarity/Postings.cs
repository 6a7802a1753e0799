using System.Buffers;

namespace ServerlessBacklog.Analysis.Similarity;

/// <summary>
/// The inverted half of the index: for each term the items that hold it, with the term's weight in the item, each item's vector scaled
/// to length 1. Weight = idf · tf / (tf + k1·(1 − b + b·length/mean length)), tf = 3·title + body counts.
/// </summary>
internal sealed class Postings
{
    /// <summary>Saturation and length normalisation, the usual BM25 values (Robertson and Zaragoza 2009, §3.5).</summary>
    private const float K1 = 1.2f;
    private const float B = 0.75f;

    /// <summary>Weight of a title term against a body term: usual for bug reports, not tuned.</summary>
    private const float TitleWeight = 3;

    /// <summary>Terms of a query that are looked up, the weightiest first: the rest is boilerplate and logs.</summary>
    private const int QueryTerms = 80;

    private readonly int[] starts;
    private readonly int[] items;
    private readonly float[] weights;
    private readonly float[] idf;
    private readonly float meanLength;
    private readonly int count;

    public Postings(IndexedTerms documents)
    {
        count = documents.Count;
        starts = new int[documents.Vocabulary.Count + 1];
        var lengths = new float[count];
        for (var i = 0; i < count; i++)
        {
            foreach (var term in documents.TermsAt(i))
            {
                starts[term.Term + 1]++;
                lengths[i] += Frequency(term);
            }
        }

        idf = new float[documents.Vocabulary.Count];
        for (var term = 0; term < idf.Length; term++)
        {
            var df = starts[term + 1];
            idf[term] = MathF.Log(1 + (count - df + 0.5f) / (df + 0.5f));
            starts[term + 1] += starts[term];
        }

        meanLength = count == 0 ? 1 : Math.Max(1, lengths.Sum() / count);
        items = new int[starts[^1]];
        weights = new float[starts[^1]];
        var next = starts.AsSpan(0, idf.Length).ToArray();
        for (var i = 0; i < count; i++)
        {
            var terms = documents.TermsAt(i);
            var norm = Norm(terms, lengths[i]);
            foreach (var term in terms)
            {
                var slot = next[term.Term]++;
                items[slot] = i;
                weights[slot] = Weight(term, lengths[i]) / norm;
            }
        }
    }

    public int DocumentFrequency(int term) => starts[term + 1] - starts[term];

    /// <summary>Inverse document frequency: ln(1 + (N − df + ½) / (df + ½)).</summary>
    public double Rarity(int term) => idf[term];

    /// <summary>The query's vector, scaled to length 1, weightiest terms only.</summary>
    public List<(int Term, float Weight)> Weigh(ReadOnlySpan<TermCount> query)
    {
        var length = 0f;
        foreach (var term in query)
            length += Frequency(term);
        var norm = Norm(query, length);
        var weighed = new List<(int Term, float Weight)>(query.Length);
        foreach (var term in query)
            weighed.Add((term.Term, Weight(term, length) / norm));
        if (weighed.Count > QueryTerms)
        {
            weighed.Sort((a, b) => b.Weight.CompareTo(a.Weight));
            weighed.RemoveRange(QueryTerms, weighed.Count - QueryTerms);
        }

        return weighed;
    }

    /// <summary>Scores of all items for a query, in a rented array (longer than needed) that goes back with <see cref="Return"/>.</summary>
    public float[] Score(ReadOnlySpan<TermCount> query)
    {
        var scores = ArrayPool<float>.Shared.Rent(count);
        Array.Clear(scores, 0, count);
        foreach (var (term, weight) in Weigh(query))
        {
            for (var slot = starts[term]; slot < starts[term + 1]; slot++)
                scores[items[slot]] += weight * weights[slot];
        }

        return scores;
    }

    public static void Return(float[] scores) => ArrayPool<float>.Shared.Return(scores);

    private float Weight(TermCount term, float length)
    {
        var tf = Frequency(term);
        return idf[term.Term] * tf / (tf + K1 * (1 - B + B * length / meanLength));
    }

    private float Norm(ReadOnlySpan<TermCount> terms, float length)
    {
        var sum = 0f;
        foreach (var term in terms)
        {
            var weight = Weight(term, length);
            sum += weight * weight;
        }

        return sum > 0 ? MathF.Sqrt(sum) : 1;
    }

    private static float Frequency(TermCount term) => TitleWeight * term.Title + term.Body;
}
