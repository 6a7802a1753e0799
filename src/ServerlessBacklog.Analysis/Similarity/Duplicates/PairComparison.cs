namespace ServerlessBacklog.Analysis.Similarity.Duplicates;

/// <summary>Compares one item with others by the statistics of the corpus; makes <see cref="PairFeature"/>s.</summary>
public sealed class PairComparison
{
    public static int Size { get; } = Enum.GetValues<PairFeature>().Length;

    /// <summary>BM25F: title weight, saturation of item and query, length normalisation of title and body. Chosen on the development sets.</summary>
    private const double TitleWeight = 3;
    private const double K1 = 1.2;
    private const double K3 = 3;
    private const double TitleB = 0.3;
    private const double BodyB = 0.75;

    private const double DaysInMonth = 30;

    private readonly ComparedItem query;
    private readonly CorpusStatistics corpus;
    private readonly double self;

    public PairComparison(ComparedItem query, CorpusStatistics corpus)
    {
        this.query = query;
        this.corpus = corpus;
        self = 1e-9;
        foreach (var term in query.Terms)
            self += Bm25F(term, term, query);
    }

    /// <summary>One vector of <see cref="Size"/> a candidate, in their order.</summary>
    /// <param name="candidates">Each with the number of items that came between it and the query.</param>
    public float[][] Features(IReadOnlyList<(ComparedItem Item, int Between)> candidates)
    {
        var features = candidates.Select(c => Of(c.Item, c.Between)).ToArray();
        var best = features.Length == 0 ? 0 : features.Max(f => f[(int)PairFeature.Words]);
        foreach (var vector in features)
            vector[(int)PairFeature.WordsAgainstBest] = best > 0 ? vector[(int)PairFeature.Words] / best : 0;
        return features;
    }

    private float[] Of(ComparedItem other, int between)
    {
        var features = new float[Size];
        CompareTerms(other, features);
        Set(features, PairFeature.TitleSpelling, SpellingCosine(query.Trigrams, other.Trigrams));
        Set(features, PairFeature.Meaning, query.Vector is { } here && other.Vector is { } there ? Math.Max(0, here.Cosine(there)) : 0);
        Set(features, PairFeature.ThingsAgree, query.Things.Intersect(other.Things).Any());
        Set(features, PairFeature.ThingsDiffer, Differ(query.ThingsInTitle, other.ThingsInTitle));
        Set(features, PairFeature.NumbersDiffer, Differ(query.NumbersInTitle, other.NumbersInTitle));
        Set(features, PairFeature.SameArea, query.Areas.Intersect(other.Areas, StringComparer.OrdinalIgnoreCase).Any());
        Set(features, PairFeature.OtherProject, query.Ref.Project != other.Ref.Project);
        if (query.CreatedAt is { } asked && other.CreatedAt is { } made)
        {
            var days = Math.Abs((asked - made).TotalDays);
            Set(features, PairFeature.Months, Math.Log(1 + (days / DaysInMonth)));
            Set(features, PairFeature.SameWeek, days < 7);
        }

        Set(features, PairFeature.Between, Math.Log(1 + (between / 20.0)));
        Set(features, PairFeature.Length, Math.Log(1 + other.BodyLength) / 5);
        return features;
    }

    private void CompareTerms(ComparedItem other, float[] features)
    {
        var here = query.Terms;
        var there = other.Terms;
        double words = 0, all = 0, tt = 0, tb = 0, bt = 0, bb = 0, shared = 0, titles = 0, onlyHere = 0, onlyThere = 0;
        double hereNorm = 0, thereNorm = 0, hereTitle = 0, hereBody = 0, thereTitle = 0, thereBody = 0;
        for (int i = 0, j = 0; i < here.Length || j < there.Length;)
        {
            var (left, right) = (i < here.Length ? here[i].Term : int.MaxValue, j < there.Length ? there[j].Term : int.MaxValue);
            var term = Math.Min(left, right);
            var (a, b) = (left == term ? here[i++] : default, right == term ? there[j++] : default);
            var rarity = corpus.Rarity(term);
            var (at, ab, bti, bbo) = (Weight(a.Title) * rarity, Weight(a.Body) * rarity, Weight(b.Title) * rarity, Weight(b.Body) * rarity);
            (hereTitle, hereBody, thereTitle, thereBody) = (hereTitle + (at * at), hereBody + (ab * ab), thereTitle + (bti * bti), thereBody + (bbo * bbo));
            (tt, tb, bt, bb) = (tt + (at * bti), tb + (at * bbo), bt + (ab * bti), bb + (ab * bbo));
            var (whole, otherWhole) = (Weight(Whole(a)) * (rarity + 1), Weight(Whole(b)) * (rarity + 1));
            (hereNorm, thereNorm) = (hereNorm + (whole * whole), thereNorm + (otherWhole * otherWhole));
            if (left == right && !corpus.IsCommon(term))
            {
                all += whole * otherWhole;
                words += Bm25F(a, b, other);
            }

            if (a.Title > 0 || b.Title > 0)
            {
                titles += rarity;
                if (a.Title > 0 && b.Title > 0)
                    shared += rarity;
                else if (a.Title > 0)
                    onlyHere = Math.Max(onlyHere, rarity);
                else
                    onlyThere = Math.Max(onlyThere, rarity);
            }
        }

        Set(features, PairFeature.Words, words / self);
        Set(features, PairFeature.Cosine, Cosine(all, hereNorm, thereNorm));
        Set(features, PairFeature.TitleTitle, Cosine(tt, hereTitle, thereTitle));
        Set(features, PairFeature.TitleBody, Cosine(tb, hereTitle, thereBody));
        Set(features, PairFeature.BodyTitle, Cosine(bt, hereBody, thereTitle));
        Set(features, PairFeature.BodyBody, Cosine(bb, hereBody, thereBody));
        Set(features, PairFeature.TitleOverlap, titles > 0 ? shared / titles : 0);
        Set(features, PairFeature.TitleContrast, Math.Min(onlyHere, onlyThere) / Math.Log(corpus.Count + 2));
    }

    private double Bm25F(TermCount asked, TermCount held, ComparedItem item)
    {
        var frequency = (TitleWeight * held.Title / (1 - TitleB + (TitleB * item.TitleLength / corpus.MeanTitle)))
            + (held.Body / (1 - BodyB + (BodyB * item.BodyLength / corpus.MeanBody)));
        var wanted = Whole(asked);
        return corpus.Okapi(asked.Term) * (K3 + 1) * wanted / (K3 + wanted) * frequency * (K1 + 1) / (K1 + frequency);
    }

    private double SpellingCosine(IReadOnlyList<int> left, IReadOnlyList<int> right)
    {
        double product = 0, leftNorm = 0, rightNorm = 0;
        for (int i = 0, j = 0; i < left.Count || j < right.Count;)
        {
            var (a, b) = (i < left.Count ? left[i] : int.MaxValue, j < right.Count ? right[j] : int.MaxValue);
            var square = Math.Pow(corpus.TrigramRarity(Math.Min(a, b)), 2);
            if (a <= b)
            {
                leftNorm += square;
                i++;
            }

            if (b <= a)
            {
                rightNorm += square;
                j++;
            }

            product += a == b ? square : 0;
        }

        return Cosine(product, leftNorm, rightNorm);
    }

    private static double Whole(TermCount term) => (TitleWeight * term.Title) + term.Body;

    private static double Weight(double count) => count < Weights.Length ? Weights[(int)count] : 1 + Math.Log(count);

    /// <summary>1 + ln count of small counts, 0 of none.</summary>
    private static readonly double[] Weights = [0, .. Enumerable.Range(1, 63).Select(c => 1 + Math.Log(c))];

    private static double Cosine(double product, double left, double right) => left * right > 0 ? product / Math.Sqrt(left * right) : 0;

    private static bool Differ(IReadOnlyList<string> left, IReadOnlyList<string> right) => left.Count > 0 && right.Count > 0 && !left.Intersect(right).Any();

    private static void Set(float[] features, PairFeature feature, double value) => features[(int)feature] = (float)value;

    private static void Set(float[] features, PairFeature feature, bool holds) => features[(int)feature] = holds ? 1 : 0;
}
