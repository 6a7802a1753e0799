namespace ServerlessBacklog.Analysis.Evaluation;

/// <summary>What comes of answering only from a confidence on: shares of all questions, which add up to 1.</summary>
/// <param name="Match">Answered, and right.</param>
/// <param name="Mismatch">Answered, and wrong.</param>
/// <param name="Abstain">Not answered.</param>
public sealed record ThresholdRow(double Threshold, double Match, double Mismatch, double Abstain)
{
    /// <summary>Share of the answers that are right; not-a-number without an answer.</summary>
    public double Precision => Match / (Match + Mismatch);
}

/// <summary>The table from which a threshold is chosen.</summary>
public static class ThresholdTable
{
    public static IReadOnlyList<double> Thresholds { get; } = [0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.97];

    /// <param name="silent">Questions for which the model has no answer at all.</param>
    public static IReadOnlyList<ThresholdRow> Of(IReadOnlyList<CaseOutcome> cases, int silent = 0)
    {
        double all = cases.Count + silent;
        if (all == 0)
            return [];
        return [.. Thresholds.Select(t =>
        {
            var answered = cases.Where(c => c.Confidence >= t).ToList();
            var right = answered.Count(c => c.Right);
            return new ThresholdRow(t, right / all, (answered.Count - right) / all, (all - answered.Count) / all);
        })];
    }
}
