namespace ServerlessBacklog.Analysis.Calibration;

/// <summary>
/// How often an answer of a certain share was right: σ(a + b · log-odds of the share), by Platt 1999, drawn towards a = 0, b = 1 where
/// little was tried. Cases come from answers that did not know the truth.
/// </summary>
public sealed class PlattConfidence
{
    /// <summary>How many cases' worth the share itself is believed.</summary>
    private const double Belief = 10;

    private const double Least = 1e-6;

    private readonly LogisticRegression curve;

    private PlattConfidence(LogisticRegression curve) => this.curve = curve;

    /// <summary>A bias and a slope on log-odds that change nothing.</summary>
    public static LogisticRegression Identity { get; } = new(0, [1]);

    public static PlattConfidence AsItIs { get; } = new(Identity);

    public double Of(double share) => curve.Probability(LogOdds(share));

    public static PlattConfidence Fit(IReadOnlyList<(double Share, bool Right)> tried)
    {
        var curve = LogisticRegression.Fit([.. tried.Select(t => (new[] { LogOdds(t.Share) }, t.Right))], Belief, prior: Identity);
        // A larger share is never less sure.
        return new PlattConfidence(curve.Weights[0] >= 0 ? curve : curve with { Weights = [0] });
    }

    /// <summary>ln(p / (1 − p)), finite also for 0 and 1.</summary>
    public static double LogOdds(double share) => Math.Log(Math.Clamp(share, Least, 1 - Least) / (1 - Math.Clamp(share, Least, 1 - Least)));
}
