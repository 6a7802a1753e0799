namespace ServerlessBacklog.Analysis.Flow;

/// <summary>Half, 85 % and 95 % of <paramref name="Count"/> items took at most this many days.</summary>
public sealed record Percentiles(double P50, double P85, double P95, int Count)
{
    /// <summary>Nearest-rank percentiles: every value was really seen. Needs at least one value.</summary>
    public static Percentiles Of(IEnumerable<double> days)
    {
        var sorted = days.Order().ToList();
        return new Percentiles(At(sorted, 0.50), At(sorted, 0.85), At(sorted, 0.95), sorted.Count);
    }

    private static double At(List<double> sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
}
