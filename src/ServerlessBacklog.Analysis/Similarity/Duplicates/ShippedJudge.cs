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
            (PairFeature.Words, 1), (PairFeature.Cosine, 1), (PairFeature.TitleOverlap, 2), (PairFeature.TitleContrast, -2), (PairFeature.NumbersDiffer, -1), (PairFeature.Meaning, 2)), 2, 0.3]),
        DuplicateJudge.AsItIs);

    /// <param name="encoder">Whether <see cref="PairFeature.Meaning"/> is known.</param>
    public static DuplicateJudge For(bool encoder) => encoder ? WithMeaning : WithoutMeaning;

    private static DuplicateJudge WithMeaning { get; } = new(
        new ChoiceModel([2.13, 1.55, 3.21, 2.27, 0.41, 0.38, 0.05, 1.01, 0.07, 1.43, 4.49, 0.52, -0.75, -0.02, 0, 0, -0.72, 0, -0.47, -0.23]),
        new LogisticRegression(-6.22, [1.22, 0.07, 1.52, -0.25, 1.41, 1.30, -0.65, 1.43, -1.19, 0.92, 3.34, -0.84, -2.04, -0.59, 0, 0, -0.37, -0.30, 0.39, -0.41, 2.86, -0.18]),
        new LogisticRegression(-0.80, [0.93]));

    private static DuplicateJudge WithoutMeaning { get; } = new(
        new ChoiceModel([2.31, 2.06, 3.40, 2.49, 0.58, 0.59, 0.19, 1.17, 0.03, 1.71, 4, 0.65, -0.81, 0, 0, 0, -0.71, -0.08, -0.45, -0.12]),
        new LogisticRegression(-5.57, [1.46, 0.40, 1.73, -0.06, 1.39, 1.50, -0.47, 1.71, -1.00, 1.32, 2, -0.76, -1.95, -0.25, 0, 0, -0.28, -0.20, 0.39, 0.11, 2.83, -0.17]),
        new LogisticRegression(-0.95, [0.81]));

    private static double[] Weights(params (PairFeature Feature, double Weight)[] given)
    {
        var weights = new double[PairComparison.Size];
        foreach (var (feature, weight) in given)
            weights[(int)feature] = weight;
        return weights;
    }
}
