using System.Numerics;

namespace ServerlessBacklog.Analysis.Classification;

/// <summary>
/// Multinomial logistic regression over sparse features, trained by AdaGrad (Duchi, Hazan, Singer 2011) in a fixed random order. Slots
/// that the training texts lack take no memory.
/// </summary>
public sealed class SoftmaxClassifier
{
    /// <summary>Passes over the texts: enough for about 40,000 single steps, between 6 and 20.</summary>
    private static int Epochs(int examples) => Math.Clamp(40_000 / Math.Max(1, examples), 6, 20);

    /// <summary>Errors below this move nothing; most values of most texts are that far off, which saves most of the time.</summary>
    private const float Negligible = 0.01f;

    private const float Rate = 0.5f;

    /// <summary>L2 penalty on the slots that a text touches.</summary>
    private const float Penalty = 0.0005f;

    private readonly int classes;
    private readonly int[] rowOf;
    private readonly float[] weights;
    private readonly float[] bias;

    private SoftmaxClassifier(int classes, int[] rowOf, int rows)
    {
        this.classes = classes;
        this.rowOf = rowOf;
        weights = new float[rows * classes];
        bias = new float[classes];
    }

    public static SoftmaxClassifier Train(IReadOnlyList<(FeatureVector Text, int Class)> examples, int classes, int slots)
    {
        var rowOf = new int[slots];
        var rows = 0;
        foreach (var slot in examples.SelectMany(e => e.Text.Slots))
        {
            if (rowOf[slot] == 0)
                rowOf[slot] = ++rows;
        }

        var model = new SoftmaxClassifier(classes, rowOf, rows + 1);
        model.Fit(examples);
        return model;
    }

    /// <summary>Unnormalised log-probabilities, one per class.</summary>
    public double[] Logits(FeatureVector text)
    {
        var logits = new double[classes];
        Logits(text, logits);
        return logits;
    }

    /// <summary>What one slot of a text adds to the lead of one class over another.</summary>
    public double Lead(int slot, float value, int winner, int other)
    {
        var row = rowOf[slot] * classes;
        return row == 0 ? 0 : value * (weights[row + winner] - weights[row + other]);
    }

    private void Fit(IReadOnlyList<(FeatureVector Text, int Class)> examples)
    {
        var squares = new float[weights.Length];
        var biasSquares = new float[classes];
        var errors = new double[classes];
        var wrong = new int[classes];
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var random = new Random(20260601);
        for (var epoch = 0; epoch < Epochs(examples.Count); epoch++)
        {
            random.Shuffle(order);
            foreach (var at in order)
            {
                var (text, right) = examples[at];
                Logits(text, errors);
                Softmax(errors, errors, 1);
                errors[right] -= 1;
                Step(text, errors, squares, biasSquares, wrong);
            }
        }
    }

    private void Logits(FeatureVector text, Span<double> logits)
    {
        for (var c = 0; c < classes; c++)
            logits[c] = bias[c];
        for (var i = 0; i < text.Slots.Length; i++)
        {
            var row = rowOf[text.Slots[i]] * classes;
            if (row != 0)
                AddScaled(weights.AsSpan(row, classes), text.Values[i], logits);
        }
    }

    /// <summary>Adds <paramref name="factor"/> times the row, several classes at a time; each class is summed in the same order as one by one.</summary>
    private static void AddScaled(ReadOnlySpan<float> row, float factor, Span<double> sums)
    {
        var c = 0;
        for (; c <= row.Length - Vector<float>.Count; c += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(row[c..]) * factor, out var low, out var high);
            (new Vector<double>(sums[c..]) + low).CopyTo(sums[c..]);
            var upper = sums[(c + Vector<double>.Count)..];
            (new Vector<double>(upper) + high).CopyTo(upper);
        }

        for (; c < row.Length; c++)
            sums[c] += row[c] * factor;
    }

    /// <param name="wrong">Room for one class number each.</param>
    private void Step(FeatureVector text, double[] errors, float[] squares, float[] biasSquares, int[] wrong)
    {
        var count = 0;
        for (var c = 0; c < classes; c++)
        {
            var error = (float)errors[c];
            if (MathF.Abs(error) < Negligible)
                continue;
            Move(ref bias[c], ref biasSquares[c], 0.1f * error);
            wrong[count++] = c;
        }

        for (var i = 0; i < text.Slots.Length; i++)
        {
            var row = rowOf[text.Slots[i]] * classes;
            foreach (var c in wrong.AsSpan(0, count))
            {
                var at = row + c;
                Move(ref weights[at], ref squares[at], ((float)errors[c] * text.Values[i]) + (Penalty * weights[at]));
            }
        }
    }

    private static void Move(ref float weight, ref float squares, float gradient)
    {
        squares += gradient * gradient;
        if (squares > 0)
            weight -= Rate * gradient / MathF.Sqrt(squares + 1e-6f);
    }

    /// <summary>Probabilities e^(logit / temperature), normalised.</summary>
    internal static double[] Softmax(double[] logits, double temperature)
    {
        var odds = new double[logits.Length];
        Softmax(logits, odds, temperature);
        return odds;
    }

    /// <param name="odds">Where the probabilities go; may be <paramref name="logits"/> itself.</param>
    internal static void Softmax(ReadOnlySpan<double> logits, Span<double> odds, double temperature)
    {
        var top = double.NegativeInfinity;
        foreach (var logit in logits)
            top = Math.Max(top, logit);
        var sum = 0.0;
        for (var i = 0; i < logits.Length; i++)
        {
            odds[i] = Math.Exp((logits[i] - top) / temperature);
            sum += odds[i];
        }

        for (var i = 0; i < odds.Length; i++)
            odds[i] /= sum;
    }
}
