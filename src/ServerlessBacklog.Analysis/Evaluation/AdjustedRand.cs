namespace ServerlessBacklog.Analysis.Evaluation;

/// <summary>How far two groupings of the same things agree, chance taken out (Hubert and Arabie 1985): 1 when they are the same, about 0 when they agree by chance.</summary>
public static class AdjustedRand
{
    /// <param name="groups">For each thing its group in the one and in the other grouping.</param>
    public static double Of(IReadOnlyCollection<(int One, int Other)> groups)
    {
        var both = groups.CountBy(g => g).Sum(g => Pairs(g.Value));
        var (one, other) = (groups.CountBy(g => g.One).Sum(g => Pairs(g.Value)), groups.CountBy(g => g.Other).Sum(g => Pairs(g.Value)));
        var all = Pairs(groups.Count);
        var (expected, most) = (all > 0 ? one * other / all : 0, (one + other) / 2);
        return most - expected is var range && range > 0 ? (both - expected) / range : 1;
    }

    private static double Pairs(int count) => count * (count - 1.0) / 2;
}
