namespace ServerlessBacklog.Analysis.Forecasting;

public sealed record ExpectedLoad(double Expected, double Low, double High);

/// <summary>
/// What a person will carry: what they carry now, moved by half of the usual weekly change (trends of a few weeks seldom last: Gardner and McKenzie 1985),
/// with bounds taken from how much the load changed over as many weeks before.
/// </summary>
public static class LoadModel
{
    /// <summary>Week ends that are needed, the present one included.</summary>
    public const int Fewest = 12;

    public const double Level = 0.8;

    public const int Ahead = 4;

    private const double Damping = 0.5;

    /// <summary>The ends of the next <see cref="Ahead"/> weeks; empty where fewer than <see cref="Fewest"/> are known.</summary>
    /// <param name="loads">Items carried at the ends of weeks, oldest first, the present load last.</param>
    public static IReadOnlyList<ExpectedLoad> Forecast(IReadOnlyList<int> loads)
    {
        if (loads.Count < Fewest)
            return [];
        var drift = Damping * (loads[^1] - loads[0]) / (loads.Count - 1.0);
        return
        [
            .. Enumerable.Range(1, Ahead).Select(ahead =>
            {
                var changes = Enumerable.Range(0, loads.Count - ahead).Select(week => (double)(loads[week + ahead] - loads[week])).Order().ToList();
                var (low, high) = Quantiles.Between(changes, Level);
                var expected = Math.Max(0, loads[^1] + (drift * ahead));
                return new ExpectedLoad(expected, Math.Min(expected, Math.Max(0, loads[^1] + low)), Math.Max(expected, loads[^1] + high));
            }),
        ];
    }
}
