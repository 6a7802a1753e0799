using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Tests.Reports;

/// <summary>Builds reports and hand-made findings.</summary>
internal static class A
{
    public static ReportInput Input(IEnumerable<WorkItem> items, params IEnumerable<Finding> findings) => new()
    {
        Name = "sample",
        Source = "file:sample.jsonl",
        AsOf = An.Instant,
        Backlog = BacklogSnapshot.Build(items),
        Findings = findings.GroupBy(f => f.Item).ToDictionary(g => g.Key, g => (IReadOnlyList<Finding>)[.. g]),
    };

    public static BacklogReport Report(IEnumerable<WorkItem> items, params IEnumerable<Finding> findings) => ReportBuilder.Build(Input(items, findings));

    public static Finding Finding(string step, WorkItem item, double? score = null, double confidence = 0.8, params IReadOnlyList<Evidence> evidence) => new()
    {
        Step = step,
        Item = item.Ref,
        Status = FindingStatus.Decided,
        Score = score,
        Confidence = new Confidence(confidence),
        Reason = $"What {step} says.",
        Evidence = evidence,
    };

    public static Evidence Fact(string kind, WorkItem item, double? value = null) => new(kind, $"about {item.Ref.Number}") { Item = item.Ref, Value = value };
}
