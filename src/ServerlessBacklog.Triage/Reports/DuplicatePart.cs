using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>Open items that repeat another, gathered under the item to keep; surest clusters first.</summary>
internal static class DuplicatePart
{
    public static ReportPart<DuplicateCluster> Build(ExaminedBacklog backlog)
    {
        var members = from item in backlog.Open
                      let canonical = CanonicalOf(backlog, item.Item.Ref)
                      where canonical is not null
                      select (Canonical: canonical.Item!, Member: Row(backlog, item.Item.Ref, canonical));
        var rows = members.GroupBy(m => m.Canonical)
            .Select(g => new DuplicateCluster(backlog.Line(g.Key), [.. g.Select(m => m.Member).OrderByDescending(m => m.Probability)]))
            .OrderByDescending(c => c.HighestProbability).ThenByDescending(c => c.Members.Count)
            .ThenBy(c => c.Canonical.Ref.ToKey(), StringComparer.Ordinal).ToList();
        return backlog.Part(rows, "No open item looks like a repetition of another.", StepName.Duplicates);
    }

    /// <summary>The evidence that names the item to keep instead of <paramref name="item"/>; null when it repeats none.</summary>
    public static Evidence? CanonicalOf(ExaminedBacklog backlog, WorkItemRef item) =>
        backlog.Decided(item, StepName.Duplicates)?.EvidenceOf(EvidenceKind.Duplicate).FirstOrDefault(e => e.Item is not null);

    private static DuplicateMember Row(ExaminedBacklog backlog, WorkItemRef item, Evidence canonical)
    {
        var finding = backlog.Of(item, StepName.Duplicates)!;
        return new DuplicateMember(
            backlog.Line(item),
            canonical.Value ?? finding.Confidence.Value,
            finding.Reason,
            Facts(finding, EvidenceKind.Shared, canonical.Item!),
            Facts(finding, EvidenceKind.Differs, canonical.Item!));
    }

    /// <summary>Facts about the pair: those that name another item are about that one.</summary>
    private static List<string> Facts(Finding finding, string kind, WorkItemRef canonical) =>
        [.. finding.EvidenceOf(kind).Where(e => e.Item is null || e.Item == canonical).Select(e => e.Text)];
}
