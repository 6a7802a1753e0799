namespace ServerlessBacklog.Analysis.Classification;

/// <summary>One way of looking at texts, and the model that goes with it.</summary>
internal sealed class FieldView
{
    /// <summary>Weights of one model: 40 MB. Where there are many classes, fewer features are told apart.</summary>
    private const int MostWeights = 10_000_000;
    private const int FewestSlots = 20_000;
    private const int MostSlots = 200_000;

    private readonly Func<FieldText, FeatureVector> vectorOf;
    private readonly Func<IReadOnlyList<FeatureVector>, IReadOnlyList<int>, LinearScores> train;

    private FieldView(Func<FieldText, FeatureVector> vectorOf, Func<IReadOnlyList<FeatureVector>, IReadOnlyList<int>, LinearScores> train)
    {
        this.vectorOf = vectorOf;
        this.train = train;
    }

    /// <summary>The features of single words; null in views that have none.</summary>
    public FeatureMap? Map { get; private init; }

    /// <summary>Words, pairs, headings and templates: the view that knows most.</summary>
    public static FieldView Phrases(IReadOnlyList<FieldText> texts, int classes)
    {
        var boilerplate = TextFeatures.Boilerplate(texts);
        var map = MapOf(texts, t => TextFeatures.Phrases(t, boilerplate), classes);
        return new FieldView(
            t => map.Present(TextFeatures.Phrases(t, boilerplate)),
            (rows, classOf) => SupportVectors.Train(rows, classOf, classes, map.Size, ratios: true)) { Map = map };
    }

    public static FieldView Words(IReadOnlyList<FieldText> texts, int classes)
    {
        var map = MapOf(texts, TextFeatures.Words, classes);
        return new FieldView(
            t => NaiveBayes.Damped(map.Counted(TextFeatures.Words(t))),
            (rows, classOf) => NaiveBayes.Train(rows, classOf, classes, map.Size));
    }

    public static FieldView TitleCharacters(IReadOnlyList<FieldText> texts, int classes)
    {
        var map = MapOf(texts, TextFeatures.TitleCharacters, classes);
        return new FieldView(
            t => map.Weighed(TextFeatures.TitleCharacters(t)),
            (rows, classOf) => SupportVectors.Train(rows, classOf, classes, map.Size, ratios: false));
    }

    /// <summary>Null where a text has no vector.</summary>
    public static FieldView? Meaning(IReadOnlyList<FieldText> texts, int classes)
    {
        if (texts.Any(t => t.Vector is null))
            return null;
        var size = texts[0].Vector!.Values.Length;
        return new FieldView(
            t => t.Vector is { } vector ? FeatureVector.Of(vector) : new FeatureVector([], []),
            (rows, classOf) => SupportVectors.Train(rows, classOf, classes, size, ratios: false));
    }

    public IReadOnlyList<FeatureVector> See(IReadOnlyList<FieldText> texts) => [.. texts.AsParallel().AsOrdered().Select(vectorOf)];

    public FeatureVector See(FieldText text) => vectorOf(text);

    public LinearScores Train(IReadOnlyList<FeatureVector> rows, IReadOnlyList<int> classOf) => train(rows, classOf);

    private static FeatureMap MapOf(IReadOnlyList<FieldText> texts, Func<FieldText, IEnumerable<uint>> features, int classes) =>
        FeatureMap.Of(texts.Select(features), Math.Clamp(MostWeights / classes, FewestSlots, MostSlots));
}
