using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Classification;

/// <summary>
/// Learns one field (type, area, priority) from the backlog's own items. Each project has experts of its own; where there are several, experts on all of
/// them help, as far as they prove right on the project's own items. An item that was learned from is judged by models that never saw it.
/// </summary>
public sealed class FieldClassifier
{
    /// <summary>Fewer labelled items than this teach nothing.</summary>
    public const int LeastItems = 30;

    /// <summary>Values with fewer items than this are not learned.</summary>
    public const int LeastPerValue = 2;

    private readonly Dictionary<string, ProjectField> projects;
    private readonly ProjectField? others;

    private FieldClassifier(Dictionary<string, ProjectField> projects, ProjectField? others, int learnedFrom)
    {
        this.projects = projects;
        this.others = others;
        LearnedFrom = learnedFrom;
    }

    public int LearnedFrom { get; }

    /// <summary>Share of the learned items whose value models that never saw them name first, 0 … 1: the mean over the projects.</summary>
    public double Accuracy => All.Average(p => p.Accuracy);

    public IReadOnlyList<string> Values => [.. All.SelectMany(p => p.Values).Distinct(StringComparer.OrdinalIgnoreCase)];

    private IEnumerable<ProjectField> All => others is null ? projects.Values : projects.Values.Append(others);

    /// <summary>Null when there is too little to learn from: under <see cref="LeastItems"/> items, or one value only.</summary>
    /// <param name="texts">Their order does not matter.</param>
    public static FieldClassifier? Train(IEnumerable<LabelledText> texts)
    {
        var all = texts.OrderBy(t => t.Item.ToString(), StringComparer.Ordinal).ToList();
        var groups = all.GroupBy(t => t.Item.Project).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (Name: g.Key, Lesson: FieldLesson.Of([.. g]))).ToList();
        var taught = groups.Where(g => g.Lesson is not null).ToDictionary(g => g.Name, g => g.Lesson!);
        if (groups.Count == 1)
            return taught.Count == 0 ? null : new FieldClassifier(taught.ToDictionary(g => g.Key, g => g.Value.Alone()), null, taught.Values.Sum(l => l.Texts.Count));
        if (FieldLesson.Of(all, [.. taught.Values]) is not { } pooled)
            return null;
        var everywhere = pooled.Experts(isPooled: true);
        return new FieldClassifier(
            taught.ToDictionary(g => g.Key, g => g.Value.With(everywhere)),
            taught.Count < groups.Count ? pooled.By(everywhere) : null,
            pooled.Texts.Count);
    }

    /// <summary>Null for a project of which nothing is known.</summary>
    public FieldPrediction? Predict(WorkItemRef item, FieldText text) => (projects.GetValueOrDefault(item.Project) ?? others)?.Predict(item, text);
}
