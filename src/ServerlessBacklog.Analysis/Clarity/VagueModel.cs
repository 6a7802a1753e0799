using ServerlessBacklog.Analysis.Calibration;

namespace ServerlessBacklog.Analysis.Clarity;

/// <summary>
/// Probability that a reader of the rubric (docs/rubrics/clarity.md) calls an item vague: logistic regression on <see cref="VagueSigns"/>. Vague items are more
/// frequent among the rows that it was fitted on than in a usual backlog: on a tidy one it is too high, and the first decisions of people should correct it.
/// </summary>
public static class VagueModel
{
    /// <summary>Chosen, like the signs and the threshold, by cross-validation on the tuning rows.</summary>
    private const double Ridge = 0.1;

    /// <summary>Fitted on the tuning rows of the labelled set; a test fits it anew and compares.</summary>
    public static LogisticRegression Shipped { get; } = new(3.396, [-8.087, -2.795]);

    /// <summary>
    /// Rows of the extra draw count with a bias of their own, which is then dropped: all its descriptions are short, and it was read more mildly.
    /// </summary>
    public static LogisticRegression Fit(IReadOnlyList<LabelledSigns> items)
    {
        var fitted = LogisticRegression.Fit([.. items.Select(i => ((double[])[.. i.Signs, i.IsExtra ? 1 : 0], i.IsVague))], Ridge);
        return fitted with { Weights = [.. fitted.Weights.SkipLast(1)] };
    }
}

/// <param name="IsExtra">True for a row of the draw that is only learned from.</param>
public sealed record LabelledSigns(double[] Signs, bool IsVague, bool IsExtra);
