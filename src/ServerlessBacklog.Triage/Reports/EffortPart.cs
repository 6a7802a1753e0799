using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>Estimates with their ranges, largest first: those are the ones to split.</summary>
internal static class EffortPart
{
    public static (ReportPart<EffortAdvice> Advice, EffortTotals Totals) Build(ExaminedBacklog backlog)
    {
        var rows = backlog.Decided(StepName.Effort).Where(f => f.Score is not null)
            .OrderByDescending(f => f.Score).ThenBy(f => f.Item.ToKey(), StringComparer.Ordinal)
            .Select(f => new EffortAdvice(
                backlog.Line(f.Item),
                f.Score!.Value,
                Bound(f, EvidenceKind.Low),
                Bound(f, EvidenceKind.High),
                f.Reason,
                [.. f.EvidenceOf(EvidenceKind.Neighbour).Select(e => e.Item).OfType<Domain.Items.WorkItemRef>().Select(backlog.Line)])).ToList();
        return (backlog.Part(rows, "No open item has an estimate.", StepName.Effort), rows.Count == 0 ? EffortTotals.None : Totals(rows));
    }

    private static double? Bound(Finding finding, string kind) => finding.EvidenceOf(kind).FirstOrDefault(e => e.Value is not null)?.Value;

    private static EffortTotals Totals(List<EffortAdvice> rows)
    {
        var ranged = rows.Any(r => r.Low is not null && r.High is not null);
        return new EffortTotals(
            rows.Count,
            rows.Sum(r => r.Points),
            ranged ? rows.Sum(r => r.Low ?? r.Points) : null,
            ranged ? rows.Sum(r => r.High ?? r.Points) : null,
            [.. rows.CountBy(r => Size(r.Points)).OrderBy(s => s.Key.Order).Select(s => new Tally(s.Key.Name, s.Value))]);
    }

    private static (int Order, string Name) Size(double points) => points switch
    {
        <= 1 => (0, "up to 1 point"),
        <= 3 => (1, "over 1 to 3"),
        <= 5 => (2, "over 3 to 5"),
        <= 8 => (3, "over 5 to 8"),
        <= 13 => (4, "over 8 to 13"),
        _ => (5, "over 13"),
    };
}
