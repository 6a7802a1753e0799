using ServerlessBacklog.Analysis.Clarity;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Planning;

/// <summary>
/// What a planning meeting looks at: the items of highest rank, those with something open first, and how long that takes by a model (FEATURES G5).
/// </summary>
/// <param name="Items">Those that need discussion first, each part in the order of rank.</param>
public sealed record PlanningPack(string Backlog, DateTimeOffset AsOf, IReadOnlyList<PlannedItem> Items)
{
    private const int MostQuestions = 3;

    public TimeModel Model { get; init; } = new();

    /// <summary>Meetings that people entered, oldest first; empty leaves the times a mere model.</summary>
    public IReadOnlyList<PlanningMeeting> Meetings { get; init; } = [];

    /// <param name="top">How many items the meeting looks at.</param>
    public static PlanningPack Of(ReportInput input, BacklogReport report, int top)
    {
        var ranked = report.Items.OrderBy(i => i.Rank ?? int.MaxValue).Take(top)
            .Select(row => Planned(row, input.Backlog.Find(row.Item.Ref)?.Item, input.Findings.GetValueOrDefault(row.Item.Ref, [])))
            .ToList();
        return new PlanningPack(input.Name, input.AsOf, [.. ranked.Where(i => i.NeedsDiscussion), .. ranked.Where(i => !i.NeedsDiscussion)]);
    }

    private static PlannedItem Planned(ReportItem row, WorkItem? item, IReadOnlyList<Finding> findings) => new(
        row.Item,
        row.Rank,
        item is null ? ItemKind.Unknown : ItemKinds.Infer(item.Type, item.Labels.Select(l => l.Name), item.Title, item.Body),
        row.Points,
        [.. Open(row.Marks), .. findings.Where(f => f.Step == StepName.Clarity).SelectMany(f => f.EvidenceOf(EvidenceKind.Question)).Select(e => e.Text).Take(MostQuestions)]);

    private static IEnumerable<string> Open(ItemMarks marks)
    {
        if (marks.HasFlag(ItemMarks.Archive))
            yield return "Archive it?";
        if (marks.HasFlag(ItemMarks.Duplicate))
            yield return "Is it a duplicate?";
        if (marks.HasFlag(ItemMarks.Blocked))
            yield return "It is blocked: does it wait, or does its blocker come first?";
    }
}

/// <param name="Rank">1 for the highest priority; null without a score.</param>
/// <param name="Points">Story points that it has or that are proposed; null when nobody knows.</param>
/// <param name="Open">What is to be settled, a question each.</param>
public sealed record PlannedItem(ItemLine Item, int? Rank, ItemKind Kind, double? Points, IReadOnlyList<string> Open)
{
    public bool NeedsDiscussion => Open.Count > 0;
}
