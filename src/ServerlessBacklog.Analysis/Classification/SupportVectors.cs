namespace ServerlessBacklog.Analysis.Classification;

/// <summary>
/// Linear support vector machines, one class against the rest, squared hinge loss, by dual coordinate descent (Hsieh et al. 2008, "A Dual Coordinate
/// Descent Method for Large-scale Linear SVM"). With ratios, each feature is first scaled by the log-count ratio of the class against the rest
/// (Wang and Manning 2012, "Baselines and Bigrams", NB-SVM). Rare classes weigh more, by the root of how rare they are.
/// </summary>
internal static class SupportVectors
{
    private const double Cost = 1;
    private const double Tolerance = 0.2;
    private const int MostPasses = 15;
    private const int Seed = 20260601;

    public static LinearScores Train(IReadOnlyList<FeatureVector> texts, IReadOnlyList<int> classOf, int classes, int slots, bool ratios)
    {
        var weights = new float[classes][];
        var bias = new double[classes];
        Parallel.For(0, classes, c => weights[c] = One(texts, [.. classOf.Select(k => k == c)], slots, ratios ? Ratios(texts, classOf, c, slots) : null, out bias[c]));
        return new LinearScores(weights, bias);
    }

    private static float[] One(IReadOnlyList<FeatureVector> texts, bool[] isClass, int slots, float[]? ratios, out double bias)
    {
        var weights = new float[slots];
        bias = 0;
        var positive = isClass.Count(p => p);
        if (positive == 0 || positive == texts.Count)
        {
            bias = positive == 0 ? -1 : 1;
            return weights;
        }

        var rare = Math.Sqrt((texts.Count - positive) / (double)positive);
        var rows = ratios is null ? texts : [.. texts.Select(t => Scaled(t, ratios))];
        var (alpha, slack, curvature) = (new double[rows.Count], new double[rows.Count], new double[rows.Count]);
        for (var i = 0; i < rows.Count; i++)
        {
            slack[i] = 1 / (2 * Cost * (isClass[i] ? rare : 1));
            curvature[i] = 1 + slack[i] + rows[i].Values.Sum(v => (double)v * v);
        }

        var order = Enumerable.Range(0, rows.Count).ToArray();
        var random = new Random(Seed);
        for (var pass = 0; pass < MostPasses; pass++)
        {
            random.Shuffle(order);
            var worst = 0.0;
            foreach (var i in order)
            {
                var sign = isClass[i] ? 1 : -1;
                var gradient = (sign * (bias + Dot(weights, rows[i]))) - 1 + (slack[i] * alpha[i]);
                var projected = alpha[i] == 0 ? Math.Min(gradient, 0) : gradient;
                worst = Math.Max(worst, Math.Abs(projected));
                if (Math.Abs(projected) < 1e-6)
                    continue;
                var before = alpha[i];
                alpha[i] = Math.Max(0, before - (gradient / curvature[i]));
                var step = (alpha[i] - before) * sign;
                bias += step;
                Add(weights, rows[i], (float)step);
            }

            if (worst < Tolerance)
                break;
        }

        for (var slot = 0; ratios is not null && slot < slots; slot++)
            weights[slot] *= ratios[slot];
        return weights;
    }

    /// <summary>ln of how much likelier texts of the class hold the feature than the others, each count raised by one.</summary>
    private static float[] Ratios(IReadOnlyList<FeatureVector> texts, IReadOnlyList<int> classOf, int wanted, int slots)
    {
        var (inside, outside) = (new int[slots], new int[slots]);
        var positive = 0;
        for (var i = 0; i < texts.Count; i++)
        {
            positive += classOf[i] == wanted ? 1 : 0;
            var counts = classOf[i] == wanted ? inside : outside;
            foreach (var slot in texts[i].Slots)
                counts[slot]++;
        }

        var negative = texts.Count - positive;
        var ratios = new float[slots];
        for (var slot = 0; slot < slots; slot++)
        {
            if (inside[slot] + outside[slot] > 0)
                ratios[slot] = (float)Math.Log((inside[slot] + 1.0) / (positive + 2) / ((outside[slot] + 1.0) / (negative + 2)));
        }

        return ratios;
    }

    private static FeatureVector Scaled(FeatureVector text, float[] ratios)
    {
        var values = new float[text.Values.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = text.Values[i] * ratios[text.Slots[i]];
        return new FeatureVector(text.Slots, values);
    }

    private static double Dot(float[] weights, FeatureVector text)
    {
        var (slots, values, sum) = (text.Slots, text.Values, 0f);
        for (var i = 0; i < slots.Length; i++)
            sum += weights[slots[i]] * values[i];
        return sum;
    }

    private static void Add(float[] weights, FeatureVector text, float factor)
    {
        for (var i = 0; i < text.Slots.Length; i++)
            weights[text.Slots[i]] += factor * text.Values[i];
    }
}
