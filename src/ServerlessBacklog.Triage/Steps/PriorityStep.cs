using ServerlessBacklog.Analysis.Scoring;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Priorities;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>
/// Scores an open item by the framework of the settings and explains the score: every input with its reason, and addends that sum to it.
/// Proposes a priority only where none is stated, read from the score. What texts teach of priorities is measured (<c>backlog eval priority</c>) and not used: it
/// did not hold over time (docs/measurements.md).
/// </summary>
public sealed class PriorityStep : ItemStep
{
    public override string Name => StepName.Priority;

    public override int Version => 2;

    public override StepReads Reads => StepReads.Content | StepReads.Clock | StepReads.Neighbours | StepReads.Policy;

    protected override void Prepare(StepContext context) => PriorityModel.Of(context);

    public override Finding Examine(WorkItem item, StepContext context)
    {
        if (!item.IsOpen || item.Kind == WorkItemKind.PullRequest)
            return Finding.Nothing(Name, item.Ref, "Only open work items have a priority.");
        return Of(item, PriorityModel.Of(context).Score(item), context);
    }

    /// <summary>The finding with what was read from the item's text.</summary>
    public static Finding Advised(WorkItem item, StepContext context, IReadOnlyList<AdvisedInput> advised) =>
        Of(item, PriorityModel.Of(context).Score(item, advised), context);

    private static Finding Of(WorkItem item, PriorityScore score, StepContext context) =>
        new()
        {
            Step = StepName.Priority,
            Item = item.Ref,
            Status = FindingStatus.Decided,
            Confidence = Confidence.Clamp(score.Facts.KnownShare),
            Reason = PriorityReason.Of(score),
            Score = score.Value,
            Evidence = [.. Inputs(score.Own), .. Factors(score), .. Goals(score.Facts)],
            Proposals = score.Facts.PriorityWord is null ? [Propose(score, context)] : [],
            Due = Due(score, context.Now),
        };

    private static IEnumerable<Evidence> Inputs(ItemScore score) =>
        score.Inputs.Select(i => new Evidence(EvidenceKind.Input, i.ToString()) { Value = i.Value });

    /// <summary>The addends of the score; facts that add nothing are inputs only.</summary>
    private static IEnumerable<Evidence> Factors(PriorityScore score)
    {
        foreach (var part in score.Own.Contributions.Where(c => c.Value != 0 || c.Input is null))
            yield return new Evidence(EvidenceKind.Factor, part.Input is null ? part.Fact : $"{part.Why} ({part.Input})") { Value = part.Value };
        if (score.Inherited.From is { } from)
            yield return new Evidence(EvidenceKind.Factor, $"inherited from {from.Number}, which waits for it") { Value = score.Value - score.Own.Value, Item = from };
    }

    private static IEnumerable<Evidence> Goals(WeighedItem facts)
    {
        if (facts.Goals.Count == 0)
            return [new Evidence(EvidenceKind.Goal, "unaligned")];
        return facts.Goals.Select(g => new Evidence(EvidenceKind.Goal, g.Name) { Value = g.Weight, Quote = g.Match });
    }

    private static Proposal Propose(PriorityScore score, StepContext context) => new(
        new SetField(WorkItemField.Priority, PriorityWords.Of(context.Backlog).For(PriorityLevel.Of(score))), PriorityLevel.Confidence(score.Facts));

    /// <summary>
    /// Tomorrow when the due date is at most two weeks away or passed, else in a week at the latest; in 30 days for an item that is old already, on which a
    /// week changes nothing. Null when no date is known.
    /// </summary>
    private static DateTimeOffset? Due(PriorityScore score, DateTimeOffset now) => score.Facts switch
    {
        { DaysLeft: <= 14 and > -30 } => now.AddDays(1),
        { DaysLeft: > 14 } => now.AddDays(7),
        { AgeDays: <= 180 } => now.AddDays(7),
        { AgeDays: not null } => now.AddDays(30),
        _ when score.Inherited.From is not null => now.AddDays(7),
        _ => null,
    };
}
