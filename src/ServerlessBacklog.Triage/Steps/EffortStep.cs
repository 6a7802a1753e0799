using System.Globalization;
using ServerlessBacklog.Analysis.Estimation;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>
/// Purpose: estimates size from similar items whose size is known, with an interval, or says that the median does no worse.
/// The confidence is the share of the back-test that came within one step of the scale 0, ½, 1, 2, 3, 5, 8, 13, 20, 40, 100.
/// </summary>
public sealed class EffortStep : ItemStep
{
    private const int NamedNeighbours = 5;

    public override string Name => StepName.Effort;

    public override int Version => 1;

    public override StepReads Reads => StepReads.Content | StepReads.Neighbours;

    protected override void Prepare(StepContext context) => context.Backlog.Model(EffortModels.From);

    public override Finding Examine(WorkItem item, StepContext context)
    {
        if (!item.IsOpen || item.Kind == WorkItemKind.PullRequest)
            return Finding.Nothing(Name, item.Ref, "Only open work items are estimated.");
        var models = context.Backlog.Model(EffortModels.From);
        if (models.For(item.Ref.Project) is not { } model)
            return Finding.NotYet(Name, item.Ref, $"{models.SizedIn(item.Ref.Project)} items of {item.Ref.Project} have a size; an estimate needs {EffortModel.Fewest}.");
        var hits = model.BackTest.NeighboursWin ? context.Backlog.SimilarTo(item, EffortModel.MostNeighbours, r => model.Knows(r) && !r.Equals(item.Ref)) : [];
        var estimate = model.Estimate(item.Type, hits);
        return new Finding
        {
            Step = Name,
            Item = item.Ref,
            Status = FindingStatus.Decided,
            Confidence = estimate.Confidence,
            Reason = Explain(estimate, model, item),
            Score = estimate.Points,
            Evidence = [.. Facts(estimate, context.Backlog)],
            Proposals = item.StoryPoints is null
                ? [new Proposal(new SetField(WorkItemField.Estimate, Number(estimate.Points)), estimate.Confidence)]
                : [],
        };
    }

    private static string Explain(EffortEstimate estimate, EffortModel model, WorkItem item)
    {
        var test = model.BackTest;
        var range = $"{Number(estimate.Points)} points, {Number(estimate.Low)} to {Number(estimate.High)} in {EffortModel.Level:P0} of cases";
        var basis = estimate.Neighbours.Count > 0
            ? $"from {estimate.Neighbours.Count} similar items (mean error {Number(test.NeighbourError)} against {Number(test.MedianError)} of the median on {test.Items} past items)"
            : test.NeighboursWin
                ? "the median, because no sized item resembles this one"
                : $"the median: on {test.Items} past items similar ones did not beat it clearly (mean error {Number(test.NeighbourError)} against {Number(test.MedianError)})";
        var given = item.StoryPoints is { } points ? $" The item says {Number(points)}." : "";
        return $"{range}; {basis}.{given}";
    }

    private static IEnumerable<Evidence> Facts(EffortEstimate estimate, BacklogSnapshot backlog)
    {
        yield return new Evidence(EvidenceKind.Low, $"at least {Number(estimate.Low)} points") { Value = estimate.Low };
        yield return new Evidence(EvidenceKind.High, $"at most {Number(estimate.High)} points") { Value = estimate.High };
        foreach (var (neighbour, similarity) in estimate.Neighbours.Take(NamedNeighbours))
        {
            var title = backlog.Find(neighbour.Ref)?.Item.Title;
            yield return new Evidence(EvidenceKind.Neighbour, $"{Number(neighbour.Points)} points, {similarity.ToString("P0", CultureInfo.InvariantCulture)} similar")
            {
                Value = neighbour.Points,
                Item = neighbour.Ref,
                Quote = title is { Length: > 300 } ? title[..300] : title,
            };
        }
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
