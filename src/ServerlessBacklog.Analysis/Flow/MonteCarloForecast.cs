namespace ServerlessBacklog.Analysis.Flow;

/// <summary>
/// When will the next items be done, and how many by a date? Futures are drawn from the days of the past half year: stretches of days, about four weeks
/// long each, put one after the other (stationary bootstrap: Politis and Romano 1994), so that good and bad times stay together. The same past gives the
/// same futures.
/// </summary>
public sealed class MonteCarloForecast
{
    /// <summary>Items done within the window that a forecast needs.</summary>
    public const int Fewest = 10;

    /// <summary>Days of the past that futures are drawn from.</summary>
    public const int Window = 182;

    /// <summary>No forecast looks further, in days.</summary>
    public const int Farthest = 730;

    private const int Futures = 500;
    private const double MeanStretch = 28;
    private const int Seed = 20261128;

    private readonly int[][] reached;

    /// <param name="done">How many items were done on each day, the latest last; of more days than <see cref="Window"/> the latest count.</param>
    /// <param name="farthest">No question will look further, in days, at most <see cref="Farthest"/>; null for that.</param>
    public MonteCarloForecast(IReadOnlyList<int> done, int? farthest = null)
    {
        var ahead = Math.Min(farthest ?? Farthest, Farthest);
        var days = done.Skip(Math.Max(0, done.Count - Window)).ToArray();
        Known = days.Sum();
        var random = new Random(Seed);
        reached = new int[Futures][];
        for (var future = 0; future < Futures; future++)
        {
            var total = 0;
            var at = 0;
            reached[future] = new int[ahead];
            for (var day = 0; day < ahead && days.Length > 0; day++)
            {
                at = day == 0 || random.NextDouble() < 1 / MeanStretch ? random.Next(days.Length) : (at + 1) % days.Length;
                reached[future][day] = total += days[at];
            }
        }
    }

    /// <summary>Items done within the window.</summary>
    public int Known { get; }

    /// <summary>Days after which a share of the futures has done <paramref name="items"/> further items; <see cref="Farthest"/> where it has not by then.</summary>
    /// <param name="share">0 … 1, 0.85 for a date that holds in 85 % of cases.</param>
    public int DaysUntil(int items, double share)
    {
        var days = reached.Select(r => FirstWith(r, items) is var day && day == r.Length ? Farthest : day + 1).Order().ToList();
        return days[Rank(share)];
    }

    /// <summary>So many items, or more, a share of the futures has done after <paramref name="days"/>, 1 … <see cref="Farthest"/>.</summary>
    public int DoneWithin(int days, double share)
    {
        var totals = reached.Select(r => r[Math.Clamp(days, 1, r.Length) - 1]).OrderDescending().ToList();
        return totals[Rank(share)];
    }

    /// <summary>By share, then by day from the first ahead: so many items, or more, that share of the futures has done.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Curves(IReadOnlyList<double> shares)
    {
        var totals = new int[Futures];
        var curves = shares.Select(_ => new int[reached[0].Length]).ToList();
        for (var day = 0; day < reached[0].Length; day++)
        {
            for (var future = 0; future < Futures; future++)
                totals[future] = reached[future][day];
            Array.Sort(totals);
            for (var at = 0; at < shares.Count; at++)
                curves[at][day] = totals[Futures - 1 - Rank(shares[at])];
        }

        return curves;
    }

    /// <summary>The first day with so many; totals only grow.</summary>
    private static int FirstWith(int[] totals, int items)
    {
        var (low, high) = (0, totals.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = totals[middle] >= items ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private static int Rank(double share) => Math.Clamp((int)Math.Ceiling(share * Futures) - 1, 0, Futures - 1);
}
