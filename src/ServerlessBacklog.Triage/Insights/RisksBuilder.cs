using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>Keeps the register: what is seen is open since it was first seen; what is seen no more closes, if somebody could look.</summary>
internal static class RisksBuilder
{
    private const int MostClosed = 50;

    public static RiskRegister Build(ReportInput input, BacklogReport report, Past past, BacklogInsights insights, BacklogInsights? previous)
    {
        var looks = new[]
        {
            WaitRisks.Look(input, report, past), PlanRisks.Milestones(insights, past), PlanRisks.Trends(insights, past),
            WorkRisks.Overload(insights, past), WorkRisks.Aging(insights, past), WorkRisks.OnePerson(past), WorkRisks.UrgentUnowned(past),
        };
        var before = (previous?.Risks.Open ?? []).ToDictionary(r => r.Id);
        var seen = looks.SelectMany(l => l.Rows).Select(r => before.TryGetValue(r.Id, out var was) ? r with { OpenedAt = was.OpenedAt } : r).ToList();
        var ids = seen.Select(r => r.Id).ToHashSet();
        var blind = looks.Where(l => l.WhyNot is not null).SelectMany(l => l.Causes).ToHashSet();
        var gone = before.Values.Where(r => !ids.Contains(r.Id)).ToList();
        return new RiskRegister
        {
            Open = [.. seen.Concat(gone.Where(r => blind.Contains(r.Cause))).OrderByDescending(Weight).ThenBy(r => r.OpenedAt).ThenBy(r => r.Id, StringComparer.Ordinal)],
            Closed = [.. gone.Where(r => !blind.Contains(r.Cause)).Select(r => r with { ClosedAt = past.AsOf }).Concat(previous?.Risks.Closed ?? []).Take(MostClosed)],
            NotLooked = [.. looks.Select(l => l.WhyNot).OfType<string>()],
        };
    }

    private static int Weight(RiskRow row) => ((int)row.Probability + 1) * ((int)row.Impact + 1);
}

/// <summary>What one look for causes found.</summary>
/// <param name="Causes">What was looked for.</param>
/// <param name="WhyNot">Why nobody could look; null when somebody could. Rows of these causes then stay as they are.</param>
internal sealed record RiskLook(IReadOnlyList<RiskCause> Causes, IReadOnlyList<RiskRow> Rows, string? WhyNot = null);
