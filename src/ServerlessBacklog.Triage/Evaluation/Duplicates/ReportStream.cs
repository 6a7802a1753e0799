using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Analysis.Similarity.Duplicates;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Evaluation.Duplicates;

/// <summary>
/// A tracker as it was at each moment: reports come in one by one, and each is compared with those before it, by what was known then. Candidates are found
/// as the search index and the neighbours in meaning find them, from lists that grow.
/// </summary>
internal sealed class ReportStream
{
    private readonly List<ComparedItem> seen = [];
    private readonly Dictionary<int, List<(int Report, float Frequency)>> postings = [];
    private readonly List<float> lengths = [];
    private readonly CorpusStatistics corpus = new();
    private double total;

    /// <summary>Everything that shares a word, best first, at most <paramref name="limit"/>: what is ranked behind the candidates.</summary>
    public IReadOnlyList<int> Candidates(ComparedItem report, int limit, out IReadOnlyList<int> behind)
    {
        var scores = Scores(report);
        var byWords = Enumerable.Range(0, seen.Count).Where(i => scores[i] > 0).OrderByDescending(i => scores[i]).ThenByDescending(i => i).Take(limit).ToList();
        var candidates = byWords.Take(DuplicateModel.ByWords).ToHashSet();
        if (report.Vector is { } vector)
        {
            candidates.UnionWith(Enumerable.Range(0, seen.Count).Where(i => seen[i].Vector is not null)
                .OrderByDescending(i => vector.Cosine(seen[i].Vector!)).ThenByDescending(i => i).Take(DuplicateModel.ByMeaning));
        }

        behind = [.. byWords.Where(i => !candidates.Contains(i))];
        return [.. candidates.Order()];
    }

    public float[][] Compare(ComparedItem report, IReadOnlyList<int> candidates) =>
        new PairComparison(report, corpus).Features([.. candidates.Select(c => (seen[c], seen.Count - c))]);

    public void Add(ComparedItem report)
    {
        var length = 0f;
        foreach (var term in report.Terms)
        {
            if (!postings.TryGetValue(term.Term, out var list))
                postings[term.Term] = list = [];
            var frequency = Frequency(term);
            list.Add((seen.Count, frequency));
            length += frequency;
        }

        seen.Add(report);
        lengths.Add(length);
        total += length;
        corpus.Add(report);
    }

    /// <summary>BM25 over title (three times) and body, as <see cref="SearchIndex"/> weighs terms.</summary>
    private double[] Scores(ComparedItem report)
    {
        const double saturation = 1.2, normalisation = 0.75;
        var scores = new double[seen.Count];
        var mean = seen.Count == 0 ? 1 : Math.Max(1, total / seen.Count);
        foreach (var term in report.Terms)
        {
            if (corpus.IsCommon(term.Term) || !postings.TryGetValue(term.Term, out var list))
                continue;
            var rarity = corpus.Okapi(term.Term);
            var asked = Frequency(term);
            var weight = rarity * rarity * asked / (asked + saturation);
            foreach (var (held, frequency) in list)
                scores[held] += weight * frequency / (frequency + (saturation * (1 - normalisation + (normalisation * lengths[held] / mean))));
        }

        for (var i = 0; i < scores.Length; i++)
            scores[i] /= Math.Sqrt(1 + lengths[i]);
        return scores;
    }

    private static float Frequency(TermCount term) => (3 * term.Title) + term.Body;
}
