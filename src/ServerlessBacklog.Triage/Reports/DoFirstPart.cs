using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>
/// The items to start with: highest priority score first, items that are too vague to start on after the others. Left out are repetitions
/// (the kept item stands for them) and items that wait for another open one (their blocker comes first).
/// </summary>
internal static class DoFirstPart
{
    public static ReportPart<DoFirstItem> Build(ExaminedBacklog backlog, HashSet<WorkItemRef> waiting)
    {
        var scored = Scored(backlog).ToList();
        var ready = scored.Where(f => !waiting.Contains(f.Item) && DuplicatePart.CanonicalOf(backlog, f.Item) is null)
            .OrderBy(f => IsVague(backlog, f.Item)).ToList();
        var rows = ready.Select((f, i) => Row(backlog, f, i + 1)).ToList();
        var part = backlog.Part(rows, "No item has a priority score.", StepName.Priority);
        var leftOut = scored.Count - ready.Count;
        return leftOut == 0 || rows.Count == 0 ? part : part with
        {
            Note = $"{leftOut:N0} {(leftOut == 1 ? "item is" : "items are")} left out: a repetition, or blocked by another open item. {part.Note}".Trim(),
        };
    }

    /// <summary>Findings with a priority score, best first.</summary>
    public static IEnumerable<Finding> Scored(ExaminedBacklog backlog) => backlog.Decided(StepName.Priority)
        .Where(f => f.Score is not null)
        .OrderByDescending(f => f.Score).ThenByDescending(f => f.Confidence.Value).ThenBy(f => f.Item.ToKey(), StringComparer.Ordinal);

    private static bool IsVague(ExaminedBacklog backlog, WorkItemRef item) =>
        backlog.Of(item, StepName.Clarity) is { } clarity && VaguePart.IsVague(clarity);

    private static DoFirstItem Row(ExaminedBacklog backlog, Finding finding, int rank) => new(
        rank,
        backlog.Line(finding.Item),
        finding.Score!.Value,
        [.. finding.EvidenceOf(EvidenceKind.Factor).Where(e => e.Value is not null).Select(e => new Factor(e.Text, e.Value!.Value))
            .OrderByDescending(f => f.Value).ThenBy(f => f.Name, StringComparer.Ordinal)],
        finding.Reason,
        finding.Confidence,
        [.. backlog.Decided(finding.Item, StepName.Grooming)?.EvidenceOf(EvidenceKind.Act).Select(e => e.Text) ?? []])
    {
        Points = backlog.Decided(finding.Item, StepName.Effort)?.Score,
    };
}
