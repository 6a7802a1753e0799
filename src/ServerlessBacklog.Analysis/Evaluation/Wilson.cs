namespace ServerlessBacklog.Analysis.Evaluation;

/// <summary>Score interval of a share (Wilson 1927), which stays within 0 … 1 and holds for few cases and shares near the ends too.</summary>
public static class Wilson
{
    /// <summary>95 %.</summary>
    private const double Z = 1.959963984540054;

    /// <returns>0 … 1 when there is no case: nothing is known.</returns>
    public static Interval Of(int hits, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, count);
        if (count == 0)
            return new Interval(0, 1);
        var (share, spread) = ((double)hits / count, Z * Z / count);
        var middle = (share + spread / 2) / (1 + spread);
        var half = Z / (1 + spread) * Math.Sqrt(share * (1 - share) / count + spread / (4 * count));
        return new Interval(Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
