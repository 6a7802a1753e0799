using ServerlessBacklog.Analysis.Evaluation;

namespace ServerlessBacklog.Analysis.Classification;

/// <summary>
/// The likeliest value is nearly always the most frequent one where one value rules, and rare ones are never named. Divided by a power of its share,
/// each counts more the rarer it is; the power is the one that gives the best mean F1 over the values on texts that were left out, and 0 where none does.
/// </summary>
internal sealed record ClassBalance(IReadOnlyList<double> Shares, double Power)
{
    private const double LeastGain = 0.002;

    private static readonly double[] Powers = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1];

    public static ClassBalance Fit(IReadOnlyList<double> shares, IReadOnlyList<double[]> judged, IReadOnlyList<int> classOf)
    {
        var (chosen, best) = (new ClassBalance(shares, 0), double.NegativeInfinity);
        foreach (var power in Powers)
        {
            var balance = new ClassBalance(shares, power);
            var score = ClassScores.MacroF1([.. judged.Select((odds, i) => (Name(classOf[i]), (string?)Name(balance.Choose(odds))))]);
            if (score > best + LeastGain)
                (chosen, best) = (balance, score);
        }

        return chosen;
    }

    public int Choose(double[] odds)
    {
        var best = 0;
        for (var c = 1; c < odds.Length; c++)
        {
            if (odds[c] * Math.Pow(Shares[c], -Power) > odds[best] * Math.Pow(Shares[best], -Power))
                best = c;
        }

        return best;
    }

    private static string Name(int c) => c.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
