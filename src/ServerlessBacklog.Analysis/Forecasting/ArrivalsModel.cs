namespace ServerlessBacklog.Analysis.Forecasting;

/// <param name="Naive">The same week of the last year, or the last week where the past is shorter.</param>
public sealed record ExpectedWeek(double Expected, double Low, double High, double Naive);

/// <summary>
/// How many items the next weeks bring: the mean of the past weeks, later ones weighing more, with bounds taken from how far the same rule was off before, on
/// the scale of square roots on which counts of all sizes vary alike (Anscombe 1948).
/// </summary>
public static class ArrivalsModel
{
    /// <summary>Whole weeks that are needed.</summary>
    public const int Fewest = 12;

    /// <summary>Share of weeks that lie within the bounds.</summary>
    public const double Level = 0.8;

    /// <summary>Weeks ahead, the one in hand included.</summary>
    public const int Ahead = 5;

    public const int Year = 52;

    /// <summary>Errors that bounds are taken from: the latest year's.</summary>
    private const int MostErrors = 52;

    private const int FirstOrigin = 4;

    /// <summary>Weight of the latest week. Chosen on the development sets (docs/forecasts.md).</summary>
    private const double Newest = 0.2;

    /// <summary>The next <see cref="Ahead"/> weeks; empty where fewer than <see cref="Fewest"/> are known.</summary>
    /// <param name="weeks">Arrivals of whole weeks, oldest first.</param>
    public static IReadOnlyList<ExpectedWeek> Forecast(IReadOnlyList<int> weeks)
    {
        if (weeks.Count < Fewest)
            return [];
        var levels = LevelsOf(weeks);
        var expected = levels[^1];
        return
        [
            .. Enumerable.Range(1, Ahead).Select(ahead =>
            {
                var errors = Enumerable.Range(FirstOrigin, weeks.Count - FirstOrigin - ahead + 1).TakeLast(MostErrors)
                    .Select(origin => Root(weeks[origin + ahead - 1]) - Root(levels[origin])).Order().ToList();
                var (low, high) = Quantiles.Between(errors, Level);
                return new ExpectedWeek(expected, Square(Root(expected) + low), Square(Root(expected) + high), Naive(weeks, ahead));
            }),
        ];
    }

    public static double Naive(IReadOnlyList<int> weeks, int ahead) => weeks.Count >= Year ? weeks[weeks.Count + ahead - 1 - Year] : weeks[^1];

    /// <summary>By how many weeks were known: the mean that one would have said then.</summary>
    private static double[] LevelsOf(IReadOnlyList<int> weeks)
    {
        var levels = new double[weeks.Count + 1];
        var (sum, weight) = (0.0, 0.0);
        for (var week = 0; week < weeks.Count; week++)
        {
            sum = (sum * (1 - Newest)) + weeks[week];
            weight = (weight * (1 - Newest)) + 1;
            levels[week + 1] = sum / weight;
        }

        return levels;
    }

    private static double Root(double count) => Math.Sqrt(count + 0.375);

    private static double Square(double root) => Math.Max(0, (Math.Max(0, root) * Math.Max(0, root)) - 0.375);
}
