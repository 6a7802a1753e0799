namespace ServerlessBacklog.Analysis.Forecasting;

public sealed record ExpectedValue(double Value, double Low, double High);

/// <summary>A value between 0 and 100 some months ahead: what it is now, with bounds by how much it used to change (a random walk).</summary>
public static class NextMonth
{
    /// <summary>Month ends that are needed.</summary>
    public const int Fewest = 6;

    public const double Level = 0.8;

    /// <summary>No interval is narrower to one side, in points: months that never moved prove nothing about the next.</summary>
    private const double Least = 0.5;

    /// <summary>Null where fewer than <see cref="Fewest"/> are known.</summary>
    /// <param name="months">Values at the ends of months, oldest first.</param>
    /// <param name="now">The present value.</param>
    /// <param name="ahead">Months from now, more than 0.</param>
    public static ExpectedValue? Forecast(IReadOnlyList<double> months, double now, double ahead)
    {
        if (months.Count < Fewest)
            return null;
        var steps = months.Zip(months.Skip(1), (a, b) => b - a).ToList();
        var spread = Math.Sqrt(steps.Sum(s => s * s) / steps.Count);
        var half = Math.Max(Least, StudentAt90(steps.Count) * spread * Math.Sqrt(ahead));
        return new ExpectedValue(now, Math.Max(0, now - half), Math.Min(100, now + half));
    }

    /// <summary>The 90 % quantile of Student's t distribution; the expansion of Fisher and Cornish 1960 to two terms, good to 0.01 from 4 on.</summary>
    private static double StudentAt90(int freedom)
    {
        const double normal = 1.2816;
        var cube = normal * normal * normal;
        return normal + ((cube + normal) / (4.0 * freedom)) + (((5 * cube * normal * normal) + (16 * cube) + (3 * normal)) / (96.0 * freedom * freedom));
    }
}
