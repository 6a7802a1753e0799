namespace ServerlessBacklog.Analysis.Evaluation;

/// <param name="Low">2.5 % quantile.</param>
/// <param name="High">97.5 % quantile.</param>
public readonly record struct Interval(double Low, double High)
{
    public bool Excludes(double value) => value < Low || value > High;
}

/// <summary>Percentile bootstrap (Efron 1979) over questions, with a fixed seed: the same cases give the same interval.</summary>
public static class Bootstrap
{
    public const int Rounds = 2000;

    private const int Seed = 20261128;

    /// <summary>95 % interval of the mean. Of differences of two models on the same questions it is the paired interval.</summary>
    public static Interval OfMean(IReadOnlyList<double> values) => Of(values.Count, picked =>
    {
        var sum = 0.0;
        foreach (var at in picked)
            sum += values[at];
        return sum / picked.Length;
    });

    /// <summary>95 % interval of any figure of a sample that is drawn with replacement from 0 … <paramref name="count"/> − 1.</summary>
    public static Interval Of(int count, Func<int[], double> figure, int rounds = Rounds)
    {
        if (count == 0)
            return new Interval(double.NaN, double.NaN);
        var random = new Random(Seed);
        var picked = new int[count];
        var figures = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < count; i++)
                picked[i] = random.Next(count);
            figures[round] = figure(picked);
        }

        Array.Sort(figures);
        return new Interval(figures[(int)(0.025 * rounds)], figures[Math.Min(rounds - 1, (int)(0.975 * rounds))]);
    }
}
