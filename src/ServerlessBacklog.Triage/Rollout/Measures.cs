using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Rollout;

/// <summary>Computes the metrics of a backlog as it is now. Pure. What there is too little of to be measured is left out.</summary>
public static class Measures
{
    /// <summary>Items younger than this tell how fast people answer now.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromDays(90);

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>Fewer cases make no median and no rate.</summary>
    private const int Fewest = 5;

    private static readonly HashSet<string> Triaging = new(StringComparer.OrdinalIgnoreCase) { "labeled", "assigned", "milestoned", "typed" };

    public static MetricWeek Of(MeasuredBacklog backlog)
    {
        var values = new Dictionary<string, double>();
        var open = new ExaminedBacklog(backlog.Report);
        var young = backlog.Young.Where(i => i.Kind == WorkItemKind.Item && i.History.IsKnown && i.CreatedAt is { } at && backlog.Now - at <= Recent).ToList();
        Add(MetricNames.FirstResponseDays, Median([.. young.Select(FirstResponse).OfType<double>()]));
        Add(MetricNames.TriageDays, Median([.. young.Select(FirstTriage).OfType<double>()]));
        if (open.Open.Count >= Fewest)
        {
            Add(MetricNames.VagueShare, Share(VaguePart.Build(open).Rows.Count(v => v.IsVague)));
            Add(MetricNames.StaleShare, Share(StalePart.Build(open).Rows.Count));
            Add(MetricNames.DuplicatesOpen, DuplicatePart.Build(open).Rows.Sum(c => c.Members.Count));
        }

        var answered = backlog.Outcomes.Where(o => o.By is not null && o.State is OutcomeState.Applied or OutcomeState.Rejected).ToList();
        Add(MetricNames.AcceptanceRate, answered.Count < Fewest ? null : (double)answered.Count(o => o.State == OutcomeState.Applied) / answered.Count);
        var applied = backlog.Outcomes.Sum(o => o.Changes.Count(c => c.State == ChangeState.Applied));
        Add(MetricNames.OverrideRate, applied < Fewest ? null : (double)backlog.Outcomes.Sum(TakenBack) / applied);
        var lately = backlog.Outcomes.Where(o => backlog.Now - o.At <= Week);
        return new MetricWeek(
            MetricWeeks.WeekOf(backlog.Now), values, lately.Sum(o => HumanMinutesTable.Of(o, TakenBack(o))), backlog.Report.Decisions.Count(d => backlog.Now - d.DecidedAt <= Week));

        double Share(int count) => (double)count / open.Open.Count;

        int TakenBack(DecisionOutcome outcome) => outcome.Changes.Count(c => c.State == ChangeState.Applied
            && backlog.Overrides.GetValueOrDefault(outcome.Item, []).Any(o => !o.IsPin && o.At > outcome.At && o.Forbids(c.Change)));

        void Add(string name, double? value)
        {
            if (value is { } known)
                values[name] = Math.Round(known, 4);
        }
    }

    private static double? FirstResponse(WorkItem item) => Days(item, item.History.WrittenByPeople().Where(c => c.Author != item.Reporter).Select(c => c.At));

    private static double? FirstTriage(WorkItem item) => Days(item, item.History.Events.Where(e => Triaging.Contains(e.Kind)).Select(e => e.At));

    private static double? Days(WorkItem item, IEnumerable<DateTimeOffset> moments)
    {
        var later = moments.Where(at => at >= item.CreatedAt).ToList();
        return later.Count == 0 ? null : (later.Min() - item.CreatedAt!.Value).TotalDays;
    }

    private static double? Median(List<double> values)
    {
        if (values.Count < Fewest)
            return null;
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[(values.Count / 2) - 1] + values[values.Count / 2]) / 2;
    }
}

/// <param name="Report">Items, findings and newest decisions.</param>
/// <param name="Outcomes">What became of all decisions.</param>
/// <param name="Overrides">What people took away, by item.</param>
public sealed record MeasuredBacklog(
    ReportInput Report, IReadOnlyList<DecisionOutcome> Outcomes, IReadOnlyDictionary<WorkItemRef, IReadOnlyList<HumanOverride>> Overrides, DateTimeOffset Now)
{
    /// <summary>Items of the last <see cref="Measures.Recent"/>, with their history: a snapshot has none.</summary>
    public IReadOnlyList<WorkItem> Young { get; init; } = [];
}
