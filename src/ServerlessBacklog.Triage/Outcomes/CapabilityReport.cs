using ServerlessBacklog.Analysis.Calibration;
using ServerlessBacklog.Analysis.Evaluation;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Rollout;

namespace ServerlessBacklog.Triage.Outcomes;

/// <summary>How one step did with people. Pure.</summary>
/// <param name="Counts">Cases by label.</param>
/// <param name="Record">Precision of the decided cases: what gates go by.</param>
/// <param name="Table">Match, mismatch and abstain by threshold; an ask that nobody answered abstains.</param>
/// <param name="CalibrationError">Expected calibration error, 0 … 1; not-a-number without a decided case.</param>
/// <param name="Drift">Why the step is to be looked at, as a sentence; null when nothing speaks for it.</param>
/// <param name="Proposal">Thresholds or a level that the cases speak for; null where the present ones may stay.</param>
public sealed record CapabilityReport(
    string Step,
    IReadOnlyDictionary<OutcomeLabel, int> Counts,
    CapabilityRecord Record,
    IReadOnlyList<ThresholdRow> Table,
    double CalibrationError,
    string? Drift,
    ThresholdProposal? Proposal)
{
    /// <summary>Older cases were made by other versions, on another backlog.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(180);

    /// <param name="cases">Of any steps.</param>
    /// <returns>By step name.</returns>
    public static IReadOnlyList<CapabilityReport> Of(IReadOnlyCollection<LabelledOutcome> cases, DecisionPolicy policy, DateTimeOffset now) =>
    [
        .. cases.Where(c => now - c.At <= Window).GroupBy(c => c.Step).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Of(g.Key, [.. g.OrderBy(c => c.At)], policy.For(g.Key), now)),
    ];

    private static CapabilityReport Of(string step, IReadOnlyList<LabelledOutcome> cases, StepPolicy policy, DateTimeOffset now)
    {
        var decided = cases.Where(c => c.IsDecided).ToList();
        IReadOnlyList<CaseOutcome> judged = [.. decided.Select(c => new CaseOutcome(c.Confidence.Value, c.IsRight))];
        var curve = CalibrationCurve.Fit(judged.Select(c => (c.Confidence, c.Right)));
        var drift = CapabilityDrift.Of(decided, now);
        return new CapabilityReport(
            step,
            Enum.GetValues<OutcomeLabel>().ToDictionary(l => l, l => cases.Count(c => c.Label == l)),
            CapabilityRecord.Of(step, decided.Count(c => c.IsRight), decided.Count, now, CapabilitySource.Outcomes),
            ThresholdTable.Of(judged, cases.Count(c => c.Label == OutcomeLabel.Ignored)),
            Reliability.Error(judged),
            drift,
            ThresholdProposal.Of(step, judged, curve, policy, isBelowHalf: drift == CapabilityDrift.BelowHalf));
    }
}
