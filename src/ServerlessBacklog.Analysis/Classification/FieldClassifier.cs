using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Classification;

/// <summary>An item whose field people filled in.</summary>
public sealed record LabelledText(WorkItemRef Item, FeatureVector Text, string Value);

/// <summary>Values of a field by probability, best first.</summary>
/// <param name="Words">Words of the text that speak most for the first value against the second.</param>
public sealed record FieldPrediction(IReadOnlyList<(string Value, double Probability)> Values, IReadOnlyList<string> Words)
{
    public string Best => Values[0].Value;

    public double Probability => Values[0].Probability;
}

/// <summary>
/// Learns one field (type, area) from the backlog's own items. Five models each leave out a fifth of the items; an item that was
/// learned from is judged by the model that never saw it. The temperature that divides the logits is the one under which those left-out
/// judgements are likeliest (Guo et al. 2017, "On Calibration of Modern Neural Networks", section 4.2).
/// </summary>
public sealed class FieldClassifier
{
    /// <summary>Fewer labelled items than this teach nothing.</summary>
    public const int LeastItems = 30;

    /// <summary>Values with fewer items than this are not learned.</summary>
    public const int LeastPerValue = 3;

    private const int Folds = 5;
    private const int WordsShown = 6;

    private readonly string[] values;
    private readonly SoftmaxClassifier whole;
    private readonly SoftmaxClassifier[] leftOut;
    private readonly HashSet<WorkItemRef> learned;
    private readonly FeatureSpace space;

    private FieldClassifier(string[] values, SoftmaxClassifier whole, SoftmaxClassifier[] leftOut, HashSet<WorkItemRef> learned, FeatureSpace space)
    {
        this.values = values;
        this.whole = whole;
        this.leftOut = leftOut;
        this.learned = learned;
        this.space = space;
    }

    public IReadOnlyList<string> Values => values;

    public int LearnedFrom => learned.Count;

    /// <summary>Above 1 when the raw model is too sure of itself.</summary>
    public double Temperature { get; private init; } = 1;

    /// <summary>Share of the learned items whose value the model that never saw them names first: 0 … 1.</summary>
    public double Accuracy { get; private init; }

    /// <summary>Null when there is too little to learn from: under <see cref="LeastItems"/> items, or one value only.</summary>
    public static FieldClassifier? Train(IEnumerable<LabelledText> texts, FeatureSpace space)
    {
        var groups = texts.GroupBy(t => t.Value, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() >= LeastPerValue)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.OrdinalIgnoreCase).ToList();
        if (groups.Count < 2 || groups.Sum(g => g.Count()) < LeastItems)
            return null;
        var values = groups.Select(g => g.Key).ToArray();
        var examples = groups.SelectMany((g, c) => g.Select(t => (t.Item, t.Text, Class: c))).OrderBy(e => e.Item.ToString(), StringComparer.Ordinal).ToList();

        SoftmaxClassifier Learn(int without) => SoftmaxClassifier.Train(
            [.. examples.Where(e => FoldOf(e.Item) != without).Select(e => (e.Text, e.Class))], values.Length, space.Size);

        var models = new SoftmaxClassifier[Folds + 1];
        Parallel.For(0, models.Length, fold => models[fold] = Learn(fold));
        var judged = examples.AsParallel().AsOrdered().Select(e => (Logits: models[FoldOf(e.Item)].Logits(e.Text), e.Class)).ToList();
        return new FieldClassifier(values, models[Folds], models[..Folds], [.. examples.Select(e => e.Item)], space)
        {
            Temperature = Likeliest(judged),
            Accuracy = judged.Average(j => Array.IndexOf(j.Logits, j.Logits.Max()) == j.Class ? 1.0 : 0),
        };
    }

    public FieldPrediction Predict(WorkItemRef item, FeatureVector text)
    {
        var model = learned.Contains(item) ? leftOut[FoldOf(item)] : whole;
        var probabilities = SoftmaxClassifier.Softmax(model.Logits(text), Temperature);
        var order = Enumerable.Range(0, values.Length).OrderByDescending(c => probabilities[c]).ToArray();
        var words = text.Slots.Select((slot, i) => (Word: space.Word(slot), Lead: model.Lead(slot, text.Values[i], order[0], order[1])))
            .Where(w => w.Word is not null && w.Lead > 0)
            .GroupBy(w => w.Word!).OrderByDescending(g => g.Sum(w => w.Lead)).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Take(WordsShown).Select(g => g.Key);
        return new FieldPrediction([.. order.Select(c => (values[c], probabilities[c]))], [.. words]);
    }

    private static int FoldOf(WorkItemRef item) => (int)(StableHash.Of(item.ToString()) % Folds);

    private static double Likeliest(List<(double[] Logits, int Class)> judged) => Enumerable.Range(0, 40).Select(i => 0.3 * Math.Pow(1.1, i))
        .AsParallel().AsOrdered().Select(t => (Temperature: t, Likelihood: Likelihood(judged, t))).ToList()
        .MaxBy(t => t.Likelihood).Temperature;

    private static double Likelihood(List<(double[] Logits, int Class)> judged, double temperature)
    {
        var odds = new double[judged[0].Logits.Length];
        var sum = 0.0;
        foreach (var (logits, right) in judged)
        {
            SoftmaxClassifier.Softmax(logits, odds, temperature);
            sum += Math.Log(Math.Max(odds[right], 1e-12));
        }

        return sum;
    }
}
