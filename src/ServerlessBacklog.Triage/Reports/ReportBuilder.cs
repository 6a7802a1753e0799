using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>Folds items, findings and decisions into one report. Pure: no clock, no I/O.</summary>
public static class ReportBuilder
{
    /// <summary>Items in "do first".</summary>
    public const int MaxDoFirst = 10;

    /// <summary>Rows in every other part; the table of all items has no limit.</summary>
    public const int MaxRows = 50;

    public static BacklogReport Build(ReportInput input)
    {
        var backlog = new ExaminedBacklog(input);
        var duplicates = DuplicatePart.Build(backlog);
        var vague = VaguePart.Build(backlog);
        var stale = StalePart.Build(backlog);
        var blocked = BlockedPart.Build(backlog);
        var waiting = BlockedPart.WaitingItems(blocked.Rows);
        var (people, loads) = PeoplePart.Build(backlog, input.Settings.People);
        var (effort, totals) = EffortPart.Build(backlog);
        var verdicts = VerdictsOf(input);
        var (closed, closedSince) = ItemTable.Closed(backlog);
        return new BacklogReport
        {
            Name = input.Name,
            Source = input.Source,
            AsOf = input.AsOf,
            Counts = Count(input, backlog, vague, stale, waiting),
            DoFirst = DoFirstPart.Build(backlog, waiting).First(MaxDoFirst),
            Duplicates = duplicates.First(MaxRows),
            Vague = vague.First(MaxRows),
            MissingParts = Tallies(vague.Rows.SelectMany(v => v.Missing)),
            Stale = stale.First(MaxRows),
            Blocked = blocked.First(MaxRows),
            People = people.First(MaxRows),
            Loads = loads,
            Effort = effort.First(MaxRows),
            EffortTotals = totals,
            TypeAndArea = FieldAdvicePart.Build(backlog).First(MaxRows),
            Models = ModelPart.Build(backlog),
            Flow = FlowCount.Of([.. backlog.All.Select(o => o.Item).Where(i => i.Kind == WorkItemKind.Item)], input.AsOf),
            Readiness = Readiness.Of(input),
            Problems = input.Problems,
            Verdicts = verdicts,
            Items = ItemTable.Build(backlog, waiting, blocked.Rows),
            Closed = closed,
            ClosedSince = closedSince,
            IsShadow = verdicts.All(v => v.Autonomy is Autonomy.Shadow or Autonomy.Off),
            ProductVersion = input.ProductVersion,
            PolicyVersion = input.Settings.Policy.Version(),
            StepVersions = input.StepVersions,
        };
    }

    internal static IReadOnlyList<Tally> Tallies(IEnumerable<string> names) =>
        [.. names.CountBy(n => n).Select(n => new Tally(n.Key, n.Value)).OrderByDescending(t => t.Count).ThenBy(t => t.Name, StringComparer.Ordinal)];

    private static ReportCounts Count(
        ReportInput input, ExaminedBacklog backlog, ReportPart<VagueItem> vague, ReportPart<StaleItem> stale, HashSet<WorkItemRef> waiting)
    {
        var items = backlog.All.Where(o => o.Item.Kind == WorkItemKind.Item).ToList();
        return new ReportCounts(
            Read: items.Count,
            Open: backlog.Open.Count,
            Started: items.Count(o => o.Item.State == WorkItemState.Started),
            Closed: items.Count - backlog.Open.Count,
            PullRequests: backlog.All.Count - items.Count,
            Problems: input.Problems.Count,
            Duplicates: If(StepName.Duplicates, backlog.Open.Count(o => DuplicatePart.CanonicalOf(backlog, o.Item.Ref) is not null)),
            Vague: If(StepName.Clarity, vague.Rows.Count(v => v.IsVague)),
            Incomplete: If(StepName.Clarity, vague.Rows.Count(v => !v.IsVague)),
            Archive: If(StepName.Staleness, stale.Rows.Count(s => s.Archive is not null)),
            Blocked: If(StepName.Dependencies, waiting.Count));

        int? If(string step, int count) => backlog.HasLooked(step) ? count : null;
    }

    private static List<VerdictTally> VerdictsOf(ReportInput input)
    {
        var order = new[]
        {
            StepName.Clarity, StepName.Type, StepName.Area, StepName.Priority, StepName.Duplicates, StepName.Assignment, StepName.Effort,
            StepName.Staleness, StepName.Dependencies, StepName.Story, StepName.Split, StepName.Summary, StepName.Grooming, StepName.Status,
        };
        return
        [
            .. input.Decisions.SelectMany(d => d.Changes).GroupBy(c => c.Step)
                .OrderBy(g => Array.IndexOf(order, g.Key) is var at && at < 0 ? order.Length : at).ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new VerdictTally(
                    g.Key,
                    g.Count(c => c.WouldBe == Verdict.Apply),
                    g.Count(c => c.WouldBe == Verdict.Ask),
                    g.Count(c => c.WouldBe == Verdict.Drop),
                    input.Settings.Policy.For(g.Key).Autonomy)),
        ];
    }
}
