using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>One row per open item: by priority score, then without one oldest first.</summary>
internal static class ItemTable
{
    private const int MostClosed = 10_000;

    private static readonly TimeSpan ClosedWithin = TimeSpan.FromDays(366);

    public static IReadOnlyList<ReportItem> Build(ExaminedBacklog backlog, HashSet<WorkItemRef> waiting, IReadOnlyList<BlockedGroup> groups)
    {
        var ranks = DoFirstPart.Scored(backlog).Select((f, i) => (f.Item, Rank: i + 1)).ToDictionary(r => r.Item, r => r.Rank);
        var blocking = groups.SelectMany(g => g.Edges).Where(e => !e.IsSuspected).Select(e => e.Blocker).ToHashSet();
        return
        [
            .. backlog.Open.Select(o => Row(backlog, o, ranks, waiting, blocking))
                .OrderBy(r => r.Rank ?? int.MaxValue).ThenByDescending(r => r.AgeDays ?? -1).ThenBy(r => r.Item.Ref.ToKey(), StringComparer.Ordinal),
        ];
    }

    /// <summary>What was closed in the year before, the latest first, and from when on that is all.</summary>
    public static (IReadOnlyList<ReportItem> Rows, DateTimeOffset Since) Closed(ExaminedBacklog backlog)
    {
        var year = backlog.AsOf > DateTimeOffset.MinValue + ClosedWithin ? backlog.AsOf - ClosedWithin : DateTimeOffset.MinValue;
        var closed = backlog.All.Select(o => o.Item).Where(i => i is { IsOpen: false, Kind: WorkItemKind.Item } && i.ClosedAt >= year && i.ClosedAt <= backlog.AsOf)
            .OrderByDescending(i => i.ClosedAt).ThenBy(i => i.Ref.ToKey(), StringComparer.Ordinal).Take(MostClosed + 1).ToList();
        return closed.Count > MostClosed
            ? ([.. closed.Take(MostClosed).Select(i => Stated(backlog, i))], closed[MostClosed - 1].ClosedAt!.Value)
            : ([.. closed.Select(i => Stated(backlog, i))], year);
    }

    private static ReportItem Row(
        ExaminedBacklog backlog, OutlinedItem outline, Dictionary<WorkItemRef, int> ranks, HashSet<WorkItemRef> waiting, HashSet<WorkItemRef> blocking)
    {
        var item = outline.Item;
        return Stated(backlog, item) with
        {
            Rank = ranks.TryGetValue(item.Ref, out var rank) ? rank : null,
            Score = backlog.Decided(item.Ref, StepName.Priority)?.Score,
            Clarity = backlog.Of(item.Ref, StepName.Clarity)?.Score,
            Points = item.StoryPoints ?? backlog.Decided(item.Ref, StepName.Effort)?.Score,
            SilentDays = StalePart.Days(backlog.Of(item.Ref, StepName.Staleness)),
            Marks = MarksOf(backlog, item.Ref) | (waiting.Contains(item.Ref) ? ItemMarks.Blocked : 0) | (blocking.Contains(item.Ref) ? ItemMarks.Blocking : 0),
            NextAct = backlog.Decided(item.Ref, StepName.Grooming)?.EvidenceOf(EvidenceKind.Act).FirstOrDefault()?.Text,
        };
    }

    /// <summary>What the item itself says.</summary>
    private static ReportItem Stated(ExaminedBacklog backlog, WorkItem item) => new(ItemLine.From(item))
    {
        Points = item.StoryPoints,
        AgeDays = item.CreatedAt is { } created ? (int)Math.Max(0, (backlog.AsOf - created).TotalDays) : null,
        Priority = item.Priority,
        Area = item.Areas.Count > 0 ? string.Join(", ", item.Areas) : null,
        Assignee = item.Assignees.Count > 0 ? string.Join(", ", item.Assignees) : null,
        Milestone = item.Milestone,
        ClosedAt = item.ClosedAt,
    };

    private static ItemMarks MarksOf(ExaminedBacklog backlog, WorkItemRef item)
    {
        var marks = DuplicatePart.CanonicalOf(backlog, item) is null ? ItemMarks.None : ItemMarks.Duplicate;
        if (backlog.Of(item, StepName.Clarity) is { } clarity && VaguePart.IsVague(clarity))
            marks |= ItemMarks.Vague;
        if (backlog.Decided(item, StepName.Staleness) is { } stale)
            marks |= ItemMarks.Stale | (StalePart.ArchiveOf(stale) is null ? ItemMarks.None : ItemMarks.Archive);
        return marks;
    }
}
