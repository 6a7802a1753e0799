using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>Silent and low-value items: archive candidates first, surest first, then by silence.</summary>
internal static class StalePart
{
    public static ReportPart<StaleItem> Build(ExaminedBacklog backlog)
    {
        var findings = backlog.Decided(StepName.Staleness).ToList();
        var rows = findings.Select(f => new StaleItem(
                backlog.Line(f.Item),
                Days(f),
                f.Reason,
                [.. f.EvidenceOf(EvidenceKind.LowValue).Select(e => e.Text)],
                ArchiveOf(f)))
            .OrderByDescending(s => s.Archive?.Value ?? -1).ThenByDescending(s => s.SilentDays ?? -1)
            .ThenBy(s => s.Item.Ref.ToKey(), StringComparer.Ordinal).ToList();
        var part = backlog.Part(rows, "No open item is stale or shows signs of low value.", StepName.Staleness);
        var spared = backlog.Of(StepName.Staleness).Count(f => f.EvidenceOf(EvidenceKind.Exempt).Any());
        return spared == 0 ? part : part with
        {
            Note = $"{spared:N0} {(spared == 1 ? "item is" : "items are")} spared by a rule (votes, labels, security). {part.Note}".Trim(),
        };
    }

    /// <summary>How sure the proposal to archive is; null without one.</summary>
    public static Confidence? ArchiveOf(Finding staleness) =>
        staleness.Proposals.FirstOrDefault(p => p.Change is Close { Reason: CloseReason.NotPlanned })?.Confidence;

    /// <summary>Days of silence as the step counts them.</summary>
    public static double? Days(Finding? staleness) => staleness?.EvidenceOf(EvidenceKind.Days).FirstOrDefault(e => e.Value is not null)?.Value;
}
