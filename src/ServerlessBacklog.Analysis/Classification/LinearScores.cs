namespace ServerlessBacklog.Analysis.Classification;

/// <summary>Scores the classes of a text: one weight a class and slot.</summary>
internal sealed class LinearScores(float[][] weights, double[] bias)
{
    public int Classes => weights.Length;

    public double[] Score(FeatureVector text)
    {
        var scores = new double[weights.Length];
        for (var c = 0; c < scores.Length; c++)
        {
            var (sum, row) = (bias[c], weights[c]);
            for (var i = 0; i < text.Slots.Length; i++)
                sum += row[text.Slots[i]] * text.Values[i];
            scores[c] = sum;
        }

        return scores;
    }

    /// <summary>What a slot adds to the lead of one class over another.</summary>
    public double Lead(int slot, int winner, int other) => weights[winner][slot] - weights[other][slot];
}
