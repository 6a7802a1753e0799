namespace ServerlessBacklog.Analysis.Estimation;

/// <summary>
/// An interval around an estimate from how far past estimates were off: split conformal prediction (Papadopoulos et al. 2002) with
/// signed residuals ln((actual + ½) / (estimate + ½)), because sizes err by factors. Rank quantiles with the (n + 1) correction.
/// </summary>
public sealed class ResidualInterval
{
    /// <summary>Keeps a value that is a bound inside in spite of rounding.</summary>
    private const double Rounding = 1e-9;

    private readonly double low;
    private readonly double high;

    private ResidualInterval(double low, double high) => (this.low, this.high) = (low, high);

    /// <param name="tried">Past estimates, each made without knowing the actual value; at least one.</param>
    /// <param name="level">Share that the interval shall hold, 0 … 1.</param>
    public static ResidualInterval From(IReadOnlyList<(double Estimate, double Actual)> tried, double level)
    {
        var residuals = tried.Select(t => Math.Log((t.Actual + 0.5) / (t.Estimate + 0.5))).Order().ToList();
        var tail = (1 - level) / 2;
        var below = (int)Math.Floor((residuals.Count + 1) * tail) - 1;
        var above = (int)Math.Ceiling((residuals.Count + 1) * (1 - tail)) - 1;
        return new ResidualInterval(residuals[Math.Max(0, below)], residuals[Math.Min(residuals.Count - 1, above)]);
    }

    /// <summary>Bounds in points, never below 0.</summary>
    public (double Low, double High) Around(double estimate) =>
        (Math.Max(0, ((estimate + 0.5) * Math.Exp(low)) - 0.5 - Rounding), ((estimate + 0.5) * Math.Exp(high)) - 0.5 + Rounding);
}
