using ServerlessBacklog.Analysis.Clarity;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>Open items that lack something; vague ones before incomplete ones, the most important first, for an answer there is worth most.</summary>
internal static class VaguePart
{
    public static ReportPart<VagueItem> Build(ExaminedBacklog backlog)
    {
        var rows = backlog.Decided(StepName.Clarity).Where(Lacks)
            .OrderByDescending(IsVague)
            .ThenByDescending(f => backlog.Decided(f.Item, StepName.Priority)?.Score ?? double.MinValue)
            .ThenBy(f => f.Score ?? 1).ThenBy(f => f.Item.ToKey(), StringComparer.Ordinal)
            .Select(f => new VagueItem(
                backlog.Line(f.Item),
                IsVague(f),
                f.Score,
                f.Reason,
                Texts(f, EvidenceKind.Missing),
                Texts(f, EvidenceKind.Question),
                Texts(f, EvidenceKind.Conflict))).ToList();
        return backlog.Part(rows, "No open item lacks what a developer would ask for.", StepName.Clarity);
    }

    /// <summary>True when a person may well call the item vague.</summary>
    public static bool IsVague(Finding clarity) => Lacks(clarity) && clarity.Confidence.Value >= ClarityExaminer.VagueAt;

    private static bool Lacks(Finding clarity) =>
        clarity.Status == FindingStatus.Decided
        && clarity.Evidence.Any(e => e.Kind is EvidenceKind.Missing or EvidenceKind.Question or EvidenceKind.Conflict);

    private static List<string> Texts(Finding finding, string kind) => [.. finding.EvidenceOf(kind).Select(e => e.Text)];
}
