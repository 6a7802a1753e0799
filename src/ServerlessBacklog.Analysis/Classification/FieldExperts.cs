namespace ServerlessBacklog.Analysis.Classification;

/// <summary>The models of several views on the same texts, and what each says of texts that it has not seen.</summary>
internal sealed class FieldExperts
{
    public const int Folds = 5;

    private readonly IReadOnlyList<FieldView> views;
    private readonly LinearScores[] whole;

    private FieldExperts(IReadOnlyList<FieldView> views, LinearScores[] whole, double[][][] leftOut)
    {
        this.views = views;
        this.whole = whole;
        LeftOut = leftOut;
    }

    public int Count => views.Count;

    /// <summary>By text, view and class: the score by a model that learned from the other folds.</summary>
    public double[][][] LeftOut { get; }

    /// <param name="foldOf">0 … <see cref="Folds"/> − 1 by text.</param>
    public static FieldExperts Train(IReadOnlyList<FieldView> views, IReadOnlyList<FieldText> texts, int[] classOf, int[] foldOf)
    {
        var leftOut = texts.Select(_ => new double[views.Count][]).ToArray();
        var whole = new LinearScores[views.Count];
        for (var view = 0; view < views.Count; view++)
        {
            var rows = views[view].See(texts);
            for (var fold = 0; fold < Folds; fold++)
            {
                int[] learned = [.. Enumerable.Range(0, rows.Count).Where(i => foldOf[i] != fold)];
                var model = views[view].Train([.. learned.Select(i => rows[i])], [.. learned.Select(i => classOf[i])]);
                for (var i = 0; i < rows.Count; i++)
                {
                    if (foldOf[i] == fold)
                        leftOut[i][view] = model.Score(rows[i]);
                }
            }

            whole[view] = views[view].Train(rows, classOf);
        }

        return new FieldExperts(views, whole, leftOut);
    }

    /// <summary>By view and class.</summary>
    public double[][] Score(FieldText text) => [.. whole.Select((model, view) => model.Score(views[view].See(text)))];

    /// <summary>What a word adds to the lead of one class over another, in the view of phrases.</summary>
    public double Lead(uint token, int winner, int other)
    {
        if (views[0].Map is not { } map)
            return 0;
        return TextFeatures.OfWord(token).Select(map.SlotOf).Where(s => s >= 0).Sum(s => whole[0].Lead(s, winner, other));
    }
}
