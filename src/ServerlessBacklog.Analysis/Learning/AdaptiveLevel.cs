namespace ServerlessBacklog.Analysis.Learning;

/// <summary>
/// Which quantile to quote so that a share of <paramref name="level"/> comes true: raised after every miss and lowered after every hit, so that the
/// share is kept through drift and whatever the model's own spread (adaptive conformal inference: Gibbs and Candès 2021, with a quantile instead of α).
/// </summary>
/// <param name="level">The share of bounds that shall hold, 0 … 1.</param>
/// <param name="step">How far one outcome moves the quantile.</param>
public sealed class AdaptiveLevel(double level, double step = 0.02)
{
    private const double Edge = 0.002;

    /// <summary>The quantile to quote now, 0 … 1.</summary>
    public double Quantile { get; private set; } = level;

    public void Learn(bool held) => Quantile = Math.Clamp(Quantile + (step * (level - (held ? 1 : 0))), Edge, 1 - Edge);
}
