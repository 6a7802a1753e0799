using ServerlessBacklog.Analysis.Evaluation.Baselines;

namespace ServerlessBacklog.Triage.Evaluation.Effort;

/// <summary>The simple rules of the published baselines (<c>scripts/baseline_sp.py</c> beside the data).</summary>
internal static class EffortBaselines
{
    public const string Median = "median";
    public const string MedianOfAll = "median_train_and_validation";
    public const string Nearest = "tfidf_knn";

    private const int TitleWeight = 2;

    private static readonly int[] Counts = [3, 5, 10, 20, 40];

    public static IReadOnlyDictionary<string, IReadOnlyList<double>> Of(SplitItems split)
    {
        IReadOnlyList<LabelledItem> known = [.. split.Train, .. split.Validation];
        var count = Counts[0];
        if (split.Validation.Count > 0)
        {
            var tried = Neighbours(split.Train, split.Validation);
            count = Counts.MinBy(k => split.Validation.Zip(tried, (item, sizes) => Math.Abs(Guess(sizes, k, split.Train) - Points(item))).Sum());
        }

        return new Dictionary<string, IReadOnlyList<double>>
        {
            [Median] = [.. Enumerable.Repeat(Middle([.. split.Train.Select(Points)]), split.Test.Count)],
            [MedianOfAll] = [.. Enumerable.Repeat(Middle([.. known.Select(Points)]), split.Test.Count)],
            [Nearest] = [.. Neighbours(known, split.Test).Select(sizes => Guess(sizes, count, known))],
        };
    }

    /// <summary>The usual median: of an even number of values the mean of the middle two.</summary>
    public static double Middle(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        var half = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static double Guess(List<double> sizes, int count, IReadOnlyList<LabelledItem> known) =>
        Middle(sizes.Count == 0 ? [.. known.Select(Points)] : [.. sizes.Take(count)]);

    private static List<List<double>> Neighbours(IReadOnlyList<LabelledItem> known, IReadOnlyList<LabelledItem> asked)
    {
        var index = new BaselineIndex(BaselineKind.TfIdf);
        foreach (var item in known)
            index.Add(Bag(item));
        return [.. asked.Select(a => index.Search(Bag(a), Counts[^1], asFound: true).Select(h => Points(known[h.Document])).ToList())];
    }

    private static Dictionary<string, int> Bag(LabelledItem item) => BagOfWords.Of(item.Item.Title, item.Item.Body, TitleWeight);

    private static double Points(LabelledItem item) => item.Item.StoryPoints!.Value;
}
