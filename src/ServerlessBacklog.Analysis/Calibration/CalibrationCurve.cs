using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Analysis.Calibration;

/// <summary>
/// Turns a score into the share of past cases with such a score that were right. Cases are sorted by score and cut into groups of
/// at least <see cref="GroupSize"/>, equal scores together; neighbouring groups are pooled until shares rise with the score (pool adjacent violators: Ayer et al. 1955).
/// A pool of r right among n counts as (r + 1) / (n + 2), Laplace's rule, so that few cases never give certainty.
/// </summary>
public sealed class CalibrationCurve
{
    public const int GroupSize = 20;

    private readonly List<Pool> pools;

    private CalibrationCurve(List<Pool> pools) => this.pools = pools;

    /// <summary>Cases that the curve rests on.</summary>
    public int Count => pools.Sum(p => p.Count);

    public static CalibrationCurve Fit(IEnumerable<(double Score, bool Right)> cases)
    {
        var pools = new List<Pool>();
        foreach (var equal in cases.GroupBy(c => c.Score).OrderBy(g => g.Key))
        {
            pools.Add(new Pool(equal.Key, equal.Count(c => c.Right), equal.Count()));
            if (pools.Count > 1 && pools[^2].Count < GroupSize)
                Join(pools);
            while (pools.Count > 1 && pools[^1].Count >= GroupSize && pools[^1].Share <= pools[^2].Share)
                Join(pools);
        }

        while (pools.Count > 1 && (pools[^1].Count < GroupSize || pools[^1].Share <= pools[^2].Share))
            Join(pools);
        return new CalibrationCurve(pools);
    }

    /// <summary>Confidence for a score; none when the curve saw no case.</summary>
    public Confidence Of(double score)
    {
        if (pools.Count == 0)
            return Confidence.None;
        var at = Math.Max(0, pools.FindLastIndex(p => p.From <= score));
        return Confidence.Clamp(pools[at].Share);
    }

    private static void Join(List<Pool> pools)
    {
        pools[^2] = new Pool(pools[^2].From, pools[^2].Right + pools[^1].Right, pools[^2].Count + pools[^1].Count);
        pools.RemoveAt(pools.Count - 1);
    }

    private readonly record struct Pool(double From, int Right, int Count)
    {
        /// <summary>Laplace's rule of succession. Pools are compared by it too: of two plain shares that rise the smoothed ones may fall.</summary>
        public double Share => (Right + 1.0) / (Count + 2);
    }
}
