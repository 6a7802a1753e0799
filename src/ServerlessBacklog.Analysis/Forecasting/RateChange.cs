namespace ServerlessBacklog.Analysis.Forecasting;

/// <summary>
/// Whether something happens oftener than before, by how far the two rates lie apart in standard errors of counts that vary more than chance alone would have
/// them (quasi-Poisson: McCullagh and Nelder 1989, 6.2.3).
/// </summary>
public static class RateChange
{
    /// <summary>From here on a change is called one: chance alone reaches it once in 700 looks. Own choice: a suggestion that nobody needed costs trust.</summary>
    public const double Clear = 3;

    /// <param name="exposureNow">What <paramref name="now"/> is out of: weeks, closings.</param>
    /// <param name="dispersion">See <see cref="Dispersion"/>.</param>
    /// <returns>Positive when it is oftener now; 0 where nothing can be compared.</returns>
    public static double Distance(double now, double exposureNow, double before, double exposureBefore, double dispersion)
    {
        if (exposureNow <= 0 || exposureBefore <= 0 || now + before <= 0)
            return 0;
        var pooled = (now + before) / (exposureNow + exposureBefore);
        return ((now / exposureNow) - (before / exposureBefore)) / Math.Sqrt(dispersion * pooled * ((1 / exposureNow) + (1 / exposureBefore)));
    }

    /// <summary>How much more weekly counts vary than chance has it: variance over mean, at least 1.</summary>
    public static double Dispersion(IReadOnlyList<int> counts)
    {
        if (counts.Count < 2)
            return 1;
        var mean = counts.Average();
        return mean <= 0 ? 1 : Math.Max(1, counts.Sum(c => (c - mean) * (c - mean)) / (counts.Count - 1) / mean);
    }
}
