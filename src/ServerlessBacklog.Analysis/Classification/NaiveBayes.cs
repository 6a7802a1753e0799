namespace ServerlessBacklog.Analysis.Classification;

/// <summary>Multinomial naive Bayes (alpha 0.1) as scores: log-likelihoods around their mean, over the root of the text's length, without the prior.</summary>
internal static class NaiveBayes
{
    private const double Alpha = 0.1;

    public static LinearScores Train(IReadOnlyList<FeatureVector> texts, IReadOnlyList<int> classOf, int classes, int slots)
    {
        var counts = new float[classes][];
        var totals = new double[classes];
        for (var c = 0; c < classes; c++)
            counts[c] = new float[slots];
        for (var i = 0; i < texts.Count; i++)
        {
            for (var k = 0; k < texts[i].Slots.Length; k++)
            {
                counts[classOf[i]][texts[i].Slots[k]] += texts[i].Values[k];
                totals[classOf[i]] += texts[i].Values[k];
            }
        }

        for (var slot = 0; slot < slots; slot++)
        {
            var mean = 0.0;
            for (var c = 0; c < classes; c++)
            {
                counts[c][slot] = (float)Math.Log((counts[c][slot] + Alpha) / (totals[c] + (Alpha * slots)));
                mean += counts[c][slot] / classes;
            }

            for (var c = 0; c < classes; c++)
                counts[c][slot] -= (float)mean;
        }

        return new LinearScores(counts, new double[classes]);
    }

    /// <summary>A text whose score is divided by the root of its length.</summary>
    public static FeatureVector Damped(FeatureVector text)
    {
        var scale = (float)(1 / Math.Sqrt(1 + text.Values.Sum()));
        return new FeatureVector(text.Slots, [.. text.Values.Select(v => v * scale)]);
    }
}
