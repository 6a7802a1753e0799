namespace ServerlessBacklog.Analysis.Learning;

/// <summary>
/// By what a model's bound is multiplied so that a share of <paramref name="level"/> of the values lies below it: grown after every miss and shrunk
/// after every hit, so that the share is kept through drift and whatever the model's own spread (quantile tracking in the logarithm:
/// Angelopoulos, Candès, Tibshirani 2023).
/// </summary>
/// <param name="level">The share of values that shall lie below the bound, 0 … 1.</param>
/// <param name="step">How far one outcome moves the factor's logarithm.</param>
public sealed class AdaptiveFactor(double level, double step)
{
    /// <summary>Between a fifth and five times: beyond that a bound says nothing any more, and many misses that show at once would run away with it.</summary>
    private const double Most = 1.6;

    private double logarithm;

    public double Factor => Math.Exp(logarithm);

    public void Learn(bool below) => logarithm = Math.Clamp(logarithm + (step * (level - (below ? 1 : 0))), -Most, Most);
}
