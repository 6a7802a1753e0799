namespace ServerlessBacklog.Analysis.Forecasting;

/// <summary>Nearest-rank quantiles.</summary>
public static class Quantiles
{
    /// <param name="sorted">Ascending, not empty.</param>
    /// <param name="share">0 … 1.</param>
    public static double Of(IReadOnlyList<double> sorted, double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];

    /// <summary>Bounds that leave the same share of values out at both ends, widened by one rank each for the values that were not seen yet (Vovk 2005).</summary>
    /// <param name="sorted">Ascending, not empty.</param>
    /// <param name="level">Share of values between them, 0 … 1.</param>
    public static (double Low, double High) Between(IReadOnlyList<double> sorted, double level)
    {
        var rank = Math.Clamp((int)Math.Floor((1 - level) / 2 * (sorted.Count + 1)), 1, Math.Max(1, sorted.Count / 2));
        return (sorted[rank - 1], sorted[^rank]);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
