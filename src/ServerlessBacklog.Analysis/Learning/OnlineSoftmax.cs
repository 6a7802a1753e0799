namespace ServerlessBacklog.Analysis.Learning;

/// <summary>
/// A linear softmax over sparse features that learns item by item, by AdaGrad (Duchi, Hazan, Singer 2011), with new classes as they come. Each
/// lesson is followed by repetitions of earlier ones, the latest more often, so that little history teaches enough.
/// </summary>
internal sealed class OnlineSoftmax(double rate, int repetitions)
{
    /// <summary>Lessons that are repeated lie at most about this many back.</summary>
    private const int Reach = 2000;

    private const int Seed = 5;

    private readonly Dictionary<int, Row> rows = [];
    private readonly List<((int Feature, float Value)[] Features, int Class)> lessons = [];
    private readonly Random random = new(Seed);
    private int classes;

    public void Learn((int Feature, float Value)[] features, int right)
    {
        classes = Math.Max(classes, right + 1);
        lessons.Add((features, right));
        Step(features, right);
        for (var i = 0; i < repetitions; i++)
        {
            var back = (int)(Math.Min(lessons.Count, Reach) * Math.Pow(random.NextDouble(), 1.5));
            var (earlier, who) = lessons[lessons.Count - 1 - Math.Min(back, lessons.Count - 1)];
            Step(earlier, who);
        }
    }

    /// <summary>Probability of each class seen so far.</summary>
    public double[] Probabilities((int Feature, float Value)[] features)
    {
        var scores = new double[classes];
        foreach (var (feature, value) in features)
        {
            if (!rows.TryGetValue(feature, out var row))
                continue;
            var weights = row.Weights;
            for (var c = 0; c < Math.Min(classes, weights.Length); c++)
                scores[c] += value * weights[c];
        }

        var top = scores.Length == 0 ? 0 : scores.Max();
        var sum = 0.0;
        for (var c = 0; c < scores.Length; c++)
            sum += scores[c] = Math.Exp(scores[c] - top);
        for (var c = 0; c < scores.Length; c++)
            scores[c] /= sum;
        return scores;
    }

    private void Step((int Feature, float Value)[] features, int right)
    {
        var p = Probabilities(features);
        foreach (var (feature, value) in features)
        {
            if (!rows.TryGetValue(feature, out var row))
                rows[feature] = row = new Row();
            row.Grow(classes);
            for (var c = 0; c < classes; c++)
            {
                var slope = (float)(value * ((c == right ? 1 : 0) - p[c]));
                if (Math.Abs(slope) < 1e-4f)
                    continue;
                row.Squares[c] += slope * slope;
                row.Weights[c] += (float)rate * slope / MathF.Sqrt(row.Squares[c] + 1e-2f);
            }
        }
    }

    private sealed class Row
    {
        public float[] Weights = [];
        public float[] Squares = [];

        public void Grow(int size)
        {
            if (Weights.Length >= size)
                return;
            Array.Resize(ref Weights, size + 8);
            Array.Resize(ref Squares, size + 8);
        }
    }
}
