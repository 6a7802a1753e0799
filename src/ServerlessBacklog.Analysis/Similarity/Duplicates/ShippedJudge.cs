using ServerlessBacklog.Analysis.Calibration;

namespace ServerlessBacklog.Analysis.Similarity.Duplicates;

/// <summary>
/// What holds before a backlog has taught anything: learned from SeaMonkey's tracker 2020–2025 (GitBugs, CC BY 4.0), the sample that is shipped. A test learns them again.
/// </summary>
public static class ShippedJudge
{
    /// <summary>Where the learning of the shipped weights itself begins: what is known to matter, in round numbers.</summary>
    public static DuplicateJudge Guess { get; } = new(
        new ChoiceModel(Weights(
            (PairFeature.Words, 2), (PairFeature.Cosine, 3), (PairFeature.TitleTitle, 2), (PairFeature.TitleSpelling, 1), (PairFeature.TitleOverlap, 1),
            (PairFeature.WordsAgainstBest, 1), (PairFeature.Meaning, 4), (PairFeature.Between, -0.3), (PairFeature.Months, -0.3))),
        new LogisticRegression(-6, [.. Weights(
            (PairFeature.Words, 1), (PairFeature.Cosine, 1), (PairFeature.TitleOverlap, 2), (PairFeature.TitleContrast, -2), (PairFeature.NumbersDiffer, -1), (PairFeature.Meaning, 2)), 2, 0.3]));

    /// <param name="encoder">Whether <see cref="PairFeature.Meaning"/> is known.</param>
    public static DuplicateJudge For(bool encoder) => Guess;

    private static double[] Weights(params (PairFeature Feature, double Weight)[] given)
    {
        var weights = new double[PairComparison.Size];
        foreach (var (feature, weight) in given)
            weights[(int)feature] = weight;
        return weights;
    }
}
