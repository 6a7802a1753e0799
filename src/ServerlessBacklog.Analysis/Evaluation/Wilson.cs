namespace ServerlessBacklog.Analysis.Evaluation;

/// <summary>Interval of a share from a count (Wilson 1927, "Probable inference, the law of succession, and statistical inference"): good for few cases and shares near 1.</summary>
public static class Wilson
{
    /// <summary>97.5 % quantile of the normal distribution.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>95 % interval of <paramref name="right"/> of <paramref name="n"/>; NaN for none.</summary>
    public static Interval Of(int right, int n)
    {
        if (n <= 0)
            return new Interval(double.NaN, double.NaN);
        var (share, zz) = ((double)right / n, Z * Z / n);
        var middle = (share + zz / 2) / (1 + zz);
        var half = Z * Math.Sqrt(share * (1 - share) / n + zz / (4 * n)) / (1 + zz);
        return new Interval(Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
