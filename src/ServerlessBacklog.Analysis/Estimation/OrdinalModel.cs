namespace ServerlessBacklog.Analysis.Estimation;

/// <summary>
/// Proportional odds (McCullagh 1980): P(size ≤ θ) = σ(b_θ − w·x), one direction for all sizes, so that few items teach something. Learned item by
/// item by AdaGrad, each lesson followed by repetitions of earlier ones. Works on ranks: sizes enter by the share of earlier ones below them.
/// </summary>
internal sealed class OrdinalModel(double rate, int repetitions)
{
    private const int Cuts = 8;
    private const int Reach = 2000;
    private const int Seed = 7;

    private readonly Dictionary<int, (float Weight, float Square)> weights = [];
    private readonly List<((int Feature, float Value)[] Features, double Size)> lessons = [];
    private readonly List<double> sorted = [];
    private readonly Random random = new(Seed);

    /// <summary>How large the item looks, in units that only compare with each other.</summary>
    public double Score((int Feature, float Value)[] features)
    {
        var sum = 0.0;
        foreach (var (feature, value) in features)
        {
            if (weights.TryGetValue(feature, out var weight))
                sum += weight.Weight * value;
        }

        return sum;
    }

    public void Learn((int Feature, float Value)[] features, double size)
    {
        var at = sorted.BinarySearch(size);
        sorted.Insert(at < 0 ? ~at : at, size);
        lessons.Add((features, size));
        Step(features, size);
        for (var i = 0; i < repetitions; i++)
        {
            var back = (int)(Math.Min(lessons.Count, Reach) * random.NextDouble());
            var (earlier, was) = lessons[lessons.Count - 1 - Math.Min(back, lessons.Count - 1)];
            Step(earlier, was);
        }
    }

    private void Step((int Feature, float Value)[] features, double size)
    {
        var score = Score(features);
        var slope = 0.0;
        for (var cut = 1; cut <= Cuts; cut++)
        {
            // The cut's own threshold is the logit of the share of sizes below it.
            var bound = sorted[Math.Min(sorted.Count - 1, sorted.Count * cut / (Cuts + 1))];
            var below = (Below(bound) + 1.0) / (sorted.Count + 2);
            var p = 1 / (1 + Math.Exp(-(Math.Log(below / (1 - below)) - score)));
            slope += p - (size < bound ? 1 : 0);
        }

        foreach (var (feature, value) in features)
        {
            var (weight, square) = weights.GetValueOrDefault(feature);
            var gradient = (float)(slope / Cuts * value);
            square += gradient * gradient;
            weights[feature] = (weight + ((float)rate * gradient / MathF.Sqrt(square + 0.01f)), square);
        }
    }

    private int Below(double bound)
    {
        var at = sorted.BinarySearch(bound);
        if (at < 0)
            return ~at;
        while (at > 0 && sorted[at - 1] == bound)
            at--;
        return at;
    }
}
