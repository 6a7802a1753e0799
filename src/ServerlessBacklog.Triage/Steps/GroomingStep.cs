using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>
/// Purpose: orders what the other steps found on one item into grooming acts, each with its reason, its confidence band and the word that
/// accepts it (FEATURES G8). The score is the number of acts. It proposes no change: those of the other steps are the changes.
/// </summary>
public sealed class GroomingStep : ItemStep
{
    public override string Name => StepName.Grooming;

    public override int Version => 2;

    public override StepReads Reads => StepReads.Content | StepReads.Findings | StepReads.Policy;

    public override int Stage => 3;

    public override Finding Examine(WorkItem item, StepContext context)
    {
        if (!item.IsOpen || item.Kind == WorkItemKind.PullRequest)
            return Finding.Nothing(Name, item.Ref, "Only open work items are groomed.");
        if (!context.Earlier.TryGetValue(item.Ref, out var findings) || findings.Count == 0)
            return Finding.NotYet(Name, item.Ref, "No other step has examined the item yet.");
        var acts = new GroomingActs(findings, context.Settings.Policy.On(item)).InOrder();
        if (acts.Count == 0)
            return Finding.Nothing(Name, item.Ref, "Nothing to groom: no step found anything sure enough.");
        return new Finding
        {
            Step = Name,
            Item = item.Ref,
            Status = FindingStatus.Decided,
            Confidence = acts[0].Confidence,
            Score = acts.Count,
            Reason = $"Next: {acts[0].What}{(acts.Count > 1 ? $", then {string.Join(", ", acts.Skip(1).Select(a => a.Word))}" : "")}.",
            Evidence = [.. acts.Select((a, i) => new Evidence(EvidenceKind.Act, a.Describe()) { Value = i + 1 })],
        };
    }
}
