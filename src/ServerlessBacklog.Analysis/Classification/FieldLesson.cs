namespace ServerlessBacklog.Analysis.Classification;

/// <summary>Texts to learn from, with the values that occur often enough, and the fold of each.</summary>
internal sealed class FieldLesson
{
    private readonly string[] values;
    private readonly int[] classOf;
    private readonly int[] foldOf;

    private FieldLesson(string[] values, IReadOnlyList<LabelledText> texts, int[] classOf, int[] foldOf)
    {
        this.values = values;
        Texts = texts;
        this.classOf = classOf;
        this.foldOf = foldOf;
    }

    public IReadOnlyList<LabelledText> Texts { get; }

    /// <summary>Null when there is too little to learn from.</summary>
    /// <param name="parts">Lessons on parts of the texts, whose folds are kept: else an expert on all would know what one on a part was not shown.</param>
    public static FieldLesson? Of(IReadOnlyList<LabelledText> texts, params IReadOnlyList<FieldLesson> parts)
    {
        var kept = parts.SelectMany(p => p.Texts.Select((t, i) => (t.Item, Fold: p.foldOf[i]))).ToDictionary(t => t.Item, t => t.Fold);
        var groups = texts.GroupBy(t => t.Value, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() >= FieldClassifier.LeastPerValue || g.Any(t => kept.ContainsKey(t.Item)))
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.OrdinalIgnoreCase).ToList();
        if (groups.Count < 2 || groups.Sum(g => g.Count()) < FieldClassifier.LeastItems)
            return null;
        var learned = groups.SelectMany((g, c) => g.Select((t, i) => (Text: t, Class: c, Fold: kept.TryGetValue(t.Item, out var fold) ? fold : i % FieldExperts.Folds))).ToList();
        return new FieldLesson([.. groups.Select(g => g.Key)], [.. learned.Select(l => l.Text)], [.. learned.Select(l => l.Class)], [.. learned.Select(l => l.Fold)]);
    }

    public ProjectField Alone() => By(Experts(isPooled: false));

    public ProjectField With(TaughtExperts everywhere) => new(values, Texts, [Experts(isPooled: false), everywhere]);

    public ProjectField By(TaughtExperts experts) => new(values, Texts, [experts]);

    public TaughtExperts Experts(bool isPooled)
    {
        var texts = Texts.Select(t => t.Text).ToList();
        FieldView?[] views = isPooled
            ? [FieldView.Phrases(texts, values.Length), FieldView.Meaning(texts, values.Length)]
            : [FieldView.Phrases(texts, values.Length), FieldView.Words(texts, values.Length), FieldView.TitleCharacters(texts, values.Length), FieldView.Meaning(texts, values.Length)];
        return new TaughtExperts(
            FieldExperts.Train([.. views.OfType<FieldView>()], texts, classOf, foldOf),
            values.Select((v, c) => (v, c)).ToDictionary(v => v.v, v => v.c, StringComparer.OrdinalIgnoreCase),
            Texts.Select((t, i) => (t.Item, i)).ToDictionary(t => t.Item, t => t.i));
    }
}
