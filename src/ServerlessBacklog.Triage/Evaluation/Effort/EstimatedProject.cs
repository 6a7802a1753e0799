using ServerlessBacklog.Analysis.Estimation;
using ServerlessBacklog.Analysis.Evaluation;
using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Evaluation.Effort;

/// <summary>The test part of a project with what was said of it.</summary>
/// <param name="Ours">Estimates of a model that learned from the first 80 %.</param>
/// <param name="Running">Estimates of one that goes on learning.</param>
/// <param name="Naive">The interval between the plain quantiles of the first 80 %.</param>
internal sealed record EstimatedProject(
    IReadOnlyList<double> Actual,
    IReadOnlyList<double> Ours,
    IReadOnlyList<EffortEstimate> Running,
    (double Low, double High) Naive,
    IReadOnlyDictionary<string, IReadOnlyList<double>> Baselines,
    string Note)
{
    public IEnumerable<CaseOutcome> Cases =>
        Actual.Zip(Running, (actual, said) => new CaseOutcome(said.Confidence.Value, SizeScale.StepsBetween(actual, said.Points) <= 1));

    public static EstimatedProject Of(SplitItems split)
    {
        IReadOnlyList<LabelledItem> known = [.. split.Train, .. split.Validation];
        var index = SearchIndex.Build(known.Concat(split.Test).Select(i => new IndexedText(i.Item.Ref, i.Item.Title, i.Item.Body)));
        List<SizedItem> history = [.. known.Select(i => Sized(i, index))];
        var (frozen, learning) = (EffortModel.Learn(history), EffortModel.Learn(history));
        var ours = new List<double>();
        var running = new List<EffortEstimate>();
        foreach (var item in split.Test.Select(i => Sized(i, index)))
        {
            ours.Add(frozen.Estimate(item.Item).Points);
            running.Add(learning.Estimate(item.Item));
            learning.Add(item);
        }

        var sizes = history.Select(h => h.Points).Order().ToList();
        var tail = (1 - EffortModel.Level) / 2;
        return new EstimatedProject(
            [.. split.Test.Select(Points)],
            ours,
            running,
            (Quantile(sizes, tail), Quantile(sizes, 1 - tail)),
            EffortBaselines.Of(split),
            frozen.BackTest.WordsWin ? "from words, fields and similar items" : "the median of the latest sizes");
    }

    private static SizedItem Sized(LabelledItem item, SearchIndex index) => new(
        EffortModels.Of(item.Item, index.TermsOf(item.Item.Ref).ToArray(), TextSignal.Find(item.Item.Title, item.Item.Body)), Points(item));

    private static double Points(LabelledItem item) => item.Item.StoryPoints!.Value;

    private static double Quantile(List<double> sorted, double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
}
