using System.Globalization;
using ServerlessBacklog.Analysis.Calibration;
using ServerlessBacklog.Analysis.Evaluation;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Rollout;

namespace ServerlessBacklog.Triage.Outcomes;

/// <summary>
/// Thresholds that a step's cases speak for. Only ever proposed: a person puts them into the configuration. Below the present <c>ask_at</c> there are no cases,
/// so that it is never proposed lower.
/// </summary>
/// <param name="ApplyAt">From where the precision of what would be applied is proven; null to leave it.</param>
/// <param name="AskAt">From where more than half is accepted; null to leave it.</param>
/// <param name="Level">A lower level; null to leave it.</param>
/// <param name="Why">In one sentence.</param>
public sealed record ThresholdProposal(string Step, StepPolicy Now, double? ApplyAt, double? AskAt, Autonomy? Level, string Why)
{
    /// <summary>Smaller moves are noise.</summary>
    private const double Least = 0.01;

    private static readonly double[] Grid = [.. Enumerable.Range(50, 50).Select(i => i / 100.0)];

    /// <param name="curve">Isotonic: share that was right, by confidence.</param>
    /// <returns>Null without enough cases, or where nothing is to be changed.</returns>
    public static ThresholdProposal? Of(string step, IReadOnlyList<CaseOutcome> judged, CalibrationCurve curve, StepPolicy now, bool isBelowHalf)
    {
        if (judged.Count < CapabilityGate.LeastCases)
            return null;
        double? apply = Grid.Where(t => t >= now.AskAt && IsProven(judged, t)).Cast<double?>().FirstOrDefault();
        double? ask = Grid.Where(t => t >= now.AskAt && curve.Of(t).Value > 0.5).Cast<double?>().FirstOrDefault();
        // What is to be applied is sure enough to be asked.
        if (ask > apply)
            ask = apply;
        var whys = new List<string>();
        Autonomy? level = null;
        if (now.Autonomy == Autonomy.Auto && (apply is null || isBelowHalf))
        {
            level = Autonomy.Suggest;
            whys.Add(isBelowHalf ? CapabilityDrift.BelowHalf : string.Create(CultureInfo.InvariantCulture, $"at no threshold {CapabilityGate.LeastLow:0.00} of it is proven to be right"));
        }

        apply = apply is { } a && Math.Abs(a - now.ApplyAt) >= Least ? apply : null;
        ask = ask is { } k && k - now.AskAt >= Least ? ask : null;
        if (apply is { } from)
            whys.Add(string.Create(CultureInfo.InvariantCulture, $"from {from:0.00} on the lower end of the precision's 95 % interval reaches {CapabilityGate.LeastLow:0.00}; a confidence of {now.ApplyAt:0.00} was right in {curve.Of(now.ApplyAt).Value:0.00} of cases"));
        if (ask is { } above)
            whys.Add(string.Create(CultureInfo.InvariantCulture, $"below {above:0.00} less than half was accepted"));
        return whys.Count == 0 ? null : new ThresholdProposal(step, now, apply, ask, level, string.Join("; ", whys));
    }

    private static bool IsProven(IReadOnlyList<CaseOutcome> judged, double threshold)
    {
        var answered = judged.Where(c => c.Confidence >= threshold).ToList();
        return answered.Count >= CapabilityGate.LeastCases && Wilson.Of(answered.Count(c => c.Right), answered.Count).Low >= CapabilityGate.LeastLow;
    }
}
