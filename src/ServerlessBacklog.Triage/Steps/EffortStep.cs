using System.Globalization;
using ServerlessBacklog.Analysis.Estimation;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>
/// Purpose: estimates size from words, fields and similar items whose size is known, with an interval, or says that the median does no worse.
/// The confidence is that the size lies within one step of the scale 0, ½, 1, 2, 3, 5, 8, 13, 20, 40, 100.
/// </summary>
public sealed class EffortStep : ItemStep
{
    private const int NamedNeighbours = 5;

    public override string Name => StepName.Effort;

    public override int Version => 2;

    public override StepReads Reads => StepReads.Content | StepReads.Neighbours;

    protected override void Prepare(StepContext context) => context.Backlog.Model(EffortModels.From);

    public override Finding Examine(WorkItem item, StepContext context)
    {
        if (!item.IsOpen || item.Kind == WorkItemKind.PullRequest)
            return Finding.Nothing(Name, item.Ref, "Only open work items are estimated.");
        var models = context.Backlog.Model(EffortModels.From);
        if (models.For(item.Ref.Project) is not { } model)
            return Finding.NotYet(Name, item.Ref, $"{models.SizedIn(item.Ref.Project)} items of {item.Ref.Project} have a size; an estimate needs {EffortModel.Fewest}.");
        var estimate = model.Estimate(EffortModels.CaseOf(item, context.Backlog));
        return new Finding
        {
            Step = Name,
            Item = item.Ref,
            Status = FindingStatus.Decided,
            Confidence = estimate.Confidence,
            Reason = Explain(estimate, model, item),
            Score = estimate.Points,
            Evidence = [.. Facts(estimate, item, context.Backlog)],
            Proposals = item.StoryPoints is null
                ? [new Proposal(new SetField(WorkItemField.Estimate, Number(estimate.Points)), estimate.Confidence)]
                : [],
        };
    }

    private static string Explain(EffortEstimate estimate, EffortModel model, WorkItem item)
    {
        var test = model.BackTest;
        var range = $"{Number(estimate.Points)} points, {Number(estimate.Low)} to {Number(estimate.High)} in {EffortModel.Level:P0} of cases";
        var errors = $"mean error {Number(test.WordsError)} against {Number(test.MedianError)} of the median of the latest sizes";
        var basis = test.WordsWin
            ? $"from words, fields and similar items ({errors} on {test.Items} past items)"
            : $"the median of the latest sizes: on {test.Items} past items words and similar items did not beat it ({errors})";
        var given = item.StoryPoints is { } points ? $" The item says {Number(points)}." : "";
        return $"{range}; {basis}.{given}";
    }

    private static IEnumerable<Evidence> Facts(EffortEstimate estimate, WorkItem item, BacklogSnapshot backlog)
    {
        yield return new Evidence(EvidenceKind.Low, $"at least {Number(estimate.Low)} points") { Value = estimate.Low };
        yield return new Evidence(EvidenceKind.High, $"at most {Number(estimate.High)} points") { Value = estimate.High };
        foreach (var neighbour in estimate.Neighbours.Where(n => !n.Ref.Equals(item.Ref)).Take(NamedNeighbours))
        {
            var title = backlog.Find(neighbour.Ref)?.Item.Title;
            var similarity = backlog.Index.Similarity(item.Ref, neighbour.Ref);
            var alike = similarity > 0 ? $", {similarity.ToString("P0", CultureInfo.InvariantCulture)} similar" : "";
            yield return new Evidence(EvidenceKind.Neighbour, $"{Number(neighbour.Points)} points{alike}")
            {
                Value = neighbour.Points,
                Item = neighbour.Ref,
                Quote = title is { Length: > 300 } ? title[..300] : title,
            };
        }
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
