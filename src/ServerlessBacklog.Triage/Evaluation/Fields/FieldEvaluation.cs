using ServerlessBacklog.Analysis.Classification;
using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Evaluation.Fields;

/// <summary>Do we name the value of a field that people chose?</summary>
internal sealed class FieldEvaluation(EvaluatedField measured) : IEvaluation
{
    private const double TrainingPart = 0.8;

    public string Task => measured.Task;

    public string Protocol =>
        $"the {measured.Noun} of the last 20 % of each tracker's items, learned from the 80 % before; with --train and --test of the items of --test, by project.";

    public EvaluationResult Run(LabelledData data, IProgress<string> progress, CancellationToken cancellation)
    {
        if (!data.HasTitles)
            throw new UserErrorException($"These records have no titles: the {measured.Noun} is read from the text. Give a set with title and body (docs/evaluation.md).");
        var leftOut = new Dictionary<string, string>();
        var projects = (data.Test is { } test ? Divided(data, test, leftOut, progress, cancellation) : ByTime(data, leftOut, progress, cancellation)).ToList();
        if (projects.Count == 0)
            throw new UserErrorException($"No tracker has enough items with a {measured.Noun} to measure on. {leftOut.Select(l => $"{l.Key}: {l.Value}").FirstOrDefault()}");
        return new EvaluationResult
        {
            Pooled = FieldMeasure.Pooled(projects),
            Projects = projects.ToDictionary(m => m.Name, m => m.Summary()),
            LeftOut = leftOut,
            Cases = [.. projects.SelectMany(m => m.Cases.Where(c => c.Said is not null).Select(c => c.Outcome))],
            Silent = projects.Sum(m => m.Cases.Count(c => c.Said is null)),
            Notes =
            [
                "macro_f1: mean over the values that occur in the test part; pooled: the mean over the projects.",
                $"precision, answered: answers from a confidence of {FieldFinding.AnswerAt:0.00} on, where the step proposes.",
            ],
        };
    }

    private IEnumerable<FieldMeasure> ByTime(LabelledData data, Dictionary<string, string> leftOut, IProgress<string> progress, CancellationToken cancellation)
    {
        foreach (var (name, given) in TrackerGroups.Of(data.Items))
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(name);
            var items = InOrder(measured.Labelled(given));
            var cut = (int)(TrainingPart * items.Count);
            if (items.Count < measured.LeastLabelled)
                leftOut[name] = $"only {items.Count} items have a {measured.Noun}; {measured.LeastLabelled} are needed.";
            else if (items.Select(i => measured.ValueOf(i.Item)).Distinct().Count() < 2)
                leftOut[name] = $"all {items.Count} items have the same {measured.Noun}.";
            else
                yield return Measure(name, items[..cut], items[cut..], Train(items[..cut], name, data.Encoder), data.Encoder, name);
        }
    }

    /// <summary>The set's own division: one lesson on all of it, as a backlog of several projects is learned.</summary>
    private IEnumerable<FieldMeasure> Divided(
        LabelledData data, IReadOnlyList<LabelledItem> test, Dictionary<string, string> leftOut, IProgress<string> progress, CancellationToken cancellation)
    {
        progress.Report("learning");
        var training = measured.Labelled(data.Items);
        var model = Train(training, null, data.Encoder);
        foreach (var asked in measured.Labelled(test).GroupBy(i => i.Project))
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(asked.Key);
            var known = training.Where(i => i.Project == asked.Key).ToList();
            if (known.Count == 0)
                leftOut[asked.Key] = "the training part has no item of it.";
            else
                yield return Measure(asked.Key, known, [.. asked], model, data.Encoder, null);
        }
    }

    private FieldMeasure Measure(
        string name, IReadOnlyList<LabelledItem> training, IReadOnlyList<LabelledItem> asked, FieldClassifier? model, ITextEncoder? encoder, string? tracker)
    {
        var said = asked.AsParallel().AsOrdered().Select(i => model?.Predict(RefOf(i, tracker), TextOf(i, encoder))).ToList();
        return FieldMeasure.Of(name, measured, training, asked, said);
    }

    private FieldClassifier? Train(IReadOnlyList<LabelledItem> items, string? tracker, ITextEncoder? encoder) => FieldClassifier.Train(
        items.AsParallel().AsOrdered().Select(i => new LabelledText(RefOf(i, tracker), TextOf(i, encoder), measured.ValueOf(i.Item)!)).ToList());

    /// <summary>By date; items of the same second as the file has them, as the published protocol does.</summary>
    private static List<LabelledItem> InOrder(IReadOnlyList<LabelledItem> items) => items.All(i => i.Item.CreatedAt is not null)
        ? [.. items.OrderBy(i => i.Item.CreatedAt).ThenBy(i => i.Place)]
        : [.. items.OrderBy(i => i.Item, Chronology.Order)];

    /// <summary>Projects that are one tracker are learned as one.</summary>
    private static WorkItemRef RefOf(LabelledItem item, string? tracker) => tracker is null ? item.Item.Ref : new WorkItemRef(item.Item.Ref.Tracker, tracker, item.Item.Ref.Number);

    private static FieldText TextOf(LabelledItem item, ITextEncoder? encoder) =>
        new(item.Item.Title, BodySketch.Of(item.Item.Body), encoder?.Encode(EncodedText.Of(item.Item.Title, item.Item.Body)));
}
