using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Examination;

/// <summary>
/// The versions of everything that a step may read about one item, at this moment. A stored finding is fresh while the parts that its
/// step reads are what they were, and its due time has not come.
/// </summary>
/// <param name="Findings">Fingerprint of the earlier stages' findings on the item.</param>
public sealed record ItemVersions(string Content, string Neighbours, string People, string Policy, string Findings)
{
    /// <summary>What a finding made now by <paramref name="step"/> is computed from; parts that it does not read stay empty.</summary>
    public ComputedFrom For(ITriageStep step) => new(
        step.Version,
        Content,
        step.Reads.HasFlag(StepReads.Neighbours) ? Neighbours : "",
        step.Reads.HasFlag(StepReads.People) ? People : "",
        step.Reads.HasFlag(StepReads.Policy) ? Policy : "",
        step.Reads.HasFlag(StepReads.Findings) ? Findings : "");

    public bool IsFresh(ExaminedFinding? stored, ITriageStep step, DateTimeOffset now) =>
        stored is not null
        && stored.From == For(step)
        && !(step.Reads.HasFlag(StepReads.Clock) && stored.Finding.Due is { } due && due <= now);
}
