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
        PlattConfidence.Identity);

    /// <param name="encoder">Whether <see cref="PairFeature.Meaning"/> is known.</param>
    public static DuplicateJudge For(bool encoder) => encoder ? WithMeaning : WithoutMeaning;

    private static DuplicateJudge WithMeaning { get; } = new(
        new ChoiceModel([2.08, 1.42, 3.14, 2.22, 0.33, 0.38, -0.02, 1.01, 0.10, 1.43, 4.33, 0.62, -0.76, -0.17, 0, 0, -0.80, -0.12, -0.45, -0.24]),
        new LogisticRegression(-5.96, [1.00, -0.06, 1.36, 0, 1.93, 1.61, -0.63, 1.31, -1.39, 0.88, 3.47, -0.73, -2.21, -0.48, 0, 0, -0.30, -0.20, 0.23, -0.15, 2.71, -0.23]),
        new LogisticRegression(-1.07, [0.84]));

    private static DuplicateJudge WithoutMeaning { get; } = new(
        new ChoiceModel([2.28, 1.95, 3.34, 2.46, 0.52, 0.61, 0.14, 1.18, 0.07, 1.73, 4, 0.73, -0.81, -0.13, 0, 0, -0.79, -0.18, -0.43, -0.12]),
        new LogisticRegression(-5.17, [1.33, 0.30, 1.62, 0.13, 1.83, 1.79, -0.39, 1.60, -1.26, 1.28, 2, -0.72, -2.12, -0.13, 0, 0, -0.29, -0.21, 0.27, 0.35, 2.70, -0.22]),
        new LogisticRegression(-1.16, [0.75]));

    private static double[] Weights(params (PairFeature Feature, double Weight)[] given)
    {
        var weights = new double[PairComparison.Size];
        foreach (var (feature, weight) in given)
            weights[(int)feature] = weight;
        return weights;
    }
}
