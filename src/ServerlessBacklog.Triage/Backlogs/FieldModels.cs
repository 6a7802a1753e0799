using ServerlessBacklog.Analysis.Classification;
using ServerlessBacklog.Analysis.Clarity;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>What the backlog teaches about types; built by <see cref="BacklogSnapshot.Model{T}"/>.</summary>
public sealed class TypeModel
{
    private TypeModel(FieldReader reader, bool fromLabels)
    {
        Reader = reader;
        FromLabels = fromLabels;
    }

    public FieldReader Reader { get; }

    /// <summary>True where the tracker has no type field and people use labels such as <c>bug</c>.</summary>
    public bool FromLabels { get; }

    public static TypeModel Build(BacklogSnapshot backlog) => new(
        FieldReader.Build(backlog, TypeOf),
        backlog.Items.Values.All(o => string.IsNullOrWhiteSpace(o.Item.Type)));

    /// <summary>The item's type, or the label that names one; null when nobody said.</summary>
    public static string? TypeOf(WorkItem item) => !string.IsNullOrWhiteSpace(item.Type)
        ? item.Type
        : item.Labels.Select(l => l.Name).FirstOrDefault(l => ItemKinds.FromTypeLabel(l) != ItemKind.Unknown);
}

/// <summary>What the backlog teaches about areas; built by <see cref="BacklogSnapshot.Model{T}"/>.</summary>
public sealed class AreaModel
{
    private AreaModel(FieldReader reader) => Reader = reader;

    public FieldReader Reader { get; }

    public static AreaModel Build(BacklogSnapshot backlog) => new(FieldReader.Build(backlog, AreaOf));

    /// <summary>The first area of the item; null when nobody said.</summary>
    public static string? AreaOf(WorkItem item) => item.Areas.FirstOrDefault(a => !string.IsNullOrWhiteSpace(a));
}

/// <summary>Predicts a field of items of one backlog.</summary>
public sealed class FieldReader
{
    private readonly BacklogSnapshot backlog;

    private FieldReader(BacklogSnapshot backlog, FieldClassifier? classifier, int labelled)
    {
        this.backlog = backlog;
        Classifier = classifier;
        Labelled = labelled;
    }

    /// <summary>Null when the backlog teaches too little.</summary>
    public FieldClassifier? Classifier { get; }

    /// <summary>Items whose field is filled.</summary>
    public int Labelled { get; }

    /// <summary>Newest items that are learned from; older ones say little about today and cost time.</summary>
    private const int MostLearned = 10_000;

    public static FieldReader Build(BacklogSnapshot backlog, Func<WorkItem, string?> valueOf)
    {
        var labelled = backlog.Items.Values.Where(o => valueOf(o.Item) is not null).ToList();
        var texts = labelled
            .OrderByDescending(o => o.Item.CreatedAt).ThenBy(o => o.Item.Ref.ToString(), StringComparer.Ordinal)
            .Take(MostLearned)
            .Select(o => new LabelledText(o.Item.Ref, new FieldText(o.Item.Title, o.Sketch, o.Vector), valueOf(o.Item)!.Trim()));
        return new FieldReader(backlog, FieldClassifier.Train(texts), labelled.Count);
    }

    public FieldPrediction? Predict(WorkItem item) =>
        Classifier?.Predict(item.Ref, FieldText.Read(item.Title, item.Body, backlog.OutlineOf(item).Vector));
}
