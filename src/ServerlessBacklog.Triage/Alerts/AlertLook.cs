using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Insights;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Alerts;

/// <summary>Looks for everything that may be an alert. Pure.</summary>
internal static class AlertLook
{
    private const int MostItems = 10;

    /// <summary>Share of the expectation down to which an item that was over it still is near: the expectation itself moves a little every day.</summary>
    private const double NearAge = 0.9;

    /// <summary>Times the expectation from which age is told by a message.</summary>
    private const double FarOver = 2;

    /// <summary>Days before its due date within which a milestone still is near being late.</summary>
    private const int NearDueDays = 3;

    public static IReadOnlyList<AlertSign> At(BacklogInsights insights, BacklogSnapshot backlog, AlertSettings settings, DateTimeOffset now) =>
    [
        .. Aging(insights.Aging), .. Wip(insights.Aging, settings), .. Blocked(backlog, settings), .. Milestones(insights.Delivery), .. Overdue(backlog, now), .. Risks(insights.Risks),
    ];

    /// <summary>True when a cause that is not among the signs may be there all the same: nobody could look, or more were found than are listed.</summary>
    public static bool IsBlind(AlertCause cause, BacklogInsights insights) => cause switch
    {
        AlertCause.Aging => insights.Aging.Over > insights.Aging.Items.Count(i => i.IsOver) || (insights.Aging.WhyNot is not null && insights.Aging.InProgress > 0),
        AlertCause.LateMilestone => insights.Delivery.WhyNot is not null,
        AlertCause.Risk or AlertCause.WipOverLimit => insights.AsOf is null,
        _ => false,
    };

    private static IEnumerable<AlertSign> Aging(AgingWork aging) => aging.Items.Where(i => i.AgeDays > NearAge * i.SleDays).Select(i => new AlertSign(
        $"aging-{i.Item.Ref.ToKey()}", AlertCause.Aging,
        i.AgeDays > FarOver * i.SleDays ? AlertSeverity.High : AlertSeverity.Low,
        i.IsOver ? AlertStrength.Over : AlertStrength.Near,
        $"{Name(i.Item)} is in progress for {i.AgeDays:N0} days; 85 % of its kind took {i.SleDays:N0} days or less.",
        i.People.Count > 0 ? $"Ask {i.People[0]} what keeps it." : "Give it an owner, or put it back.") { Items = [i.Item] });

    private static IEnumerable<AlertSign> Wip(AgingWork aging, AlertSettings settings)
    {
        if (settings.WipLimit <= 0 || aging.InProgress < settings.WipLimit)
            yield break;
        yield return new AlertSign(
            "wip", AlertCause.WipOverLimit,
            aging.InProgress >= 1.5 * settings.WipLimit ? AlertSeverity.High : AlertSeverity.Low,
            aging.InProgress > settings.WipLimit ? AlertStrength.Over : AlertStrength.Near,
            $"{aging.InProgress:N0} items are in progress; the limit is {settings.WipLimit:N0}.",
            "Finish something before anything else is begun.") { Items = [.. aging.Items.Take(MostItems).Select(i => i.Item)] };
    }

    /// <summary>Trackers do not tell since when an item is blocked, so days count from when it was seen first.</summary>
    private static IEnumerable<AlertSign> Blocked(BacklogSnapshot backlog, AlertSettings settings)
    {
        if (settings.BlockedDays <= 0)
            yield break;
        foreach (var item in Open(backlog).Where(i => i.State == WorkItemState.Started || i.Assignees.Count > 0))
        {
            var blockers = item.Linked(LinkKind.BlockedBy).Distinct().Select(b => backlog.Find(b)?.Item).OfType<WorkItem>().Where(b => b.IsOpen).ToList();
            if (blockers.Count == 0)
                continue;
            var line = ItemLine.From(item);
            var owner = blockers[0].Assignees.FirstOrDefault(a => !a.IsBot)?.Login;
            yield return new AlertSign(
                $"blocked-{item.Ref.ToKey()}", AlertCause.Blocked,
                item.State == WorkItemState.Started || Urgency.FromPriority(item.Priority) <= 2 ? AlertSeverity.High : AlertSeverity.Low,
                AlertStrength.Over,
                $"{Name(line)} waits for {Name(ItemLine.From(blockers[0]))} for {settings.BlockedDays:N0} days or more.",
                owner is null ? $"Give {Name(ItemLine.From(blockers[0]))} an owner." : $"Ask {owner} when it is done.",
                TimeSpan.FromDays(settings.BlockedDays)) { Items = [line, .. blockers.Take(MostItems - 1).Select(ItemLine.From)] };
        }
    }

    private static IEnumerable<AlertSign> Milestones(DeliveryForecast delivery) =>
        from milestone in delivery.Milestones
        where milestone is { Open: > 0, Due: not null, Dates: not null }
            && (milestone.IsLate || milestone.Dates!.P85 > milestone.Due!.Value.AddDays(-NearDueDays))
        select new AlertSign(
            $"late-{StorageKey.Of(milestone.Name)}", AlertCause.LateMilestone, AlertSeverity.High, milestone.IsLate ? AlertStrength.Over : AlertStrength.Near,
            milestone.Dates!.P85 is { } date
                ? $"{milestone.Name} is due on {milestone.Due:yyyy-MM-dd}; in 85 % of cases it is done by {date:yyyy-MM-dd} only, with {milestone.Open:N0} items open."
                : $"{milestone.Name} is due on {milestone.Due:yyyy-MM-dd}; with {milestone.Open:N0} items open no date within two years holds in 85 % of cases.",
            "Take items out of it, or move its date.");

    private static IEnumerable<AlertSign> Overdue(BacklogSnapshot backlog, DateTimeOffset now) =>
        from item in Open(backlog)
        where item.DueAt < now && item.Milestone is null
        let line = ItemLine.From(item)
        select new AlertSign(
            $"overdue-{item.Ref.ToKey()}", AlertCause.Overdue, AlertSeverity.High, AlertStrength.Over,
            $"{Name(line)} was due on {item.DueAt:yyyy-MM-dd} and is open.",
            item.Assignees.Count > 0 ? $"Ask {item.Assignees[0].Login} for a new date." : "Give it an owner and a new date.") { Items = [line] };

    private static IEnumerable<AlertSign> Risks(RiskRegister risks) =>
        from risk in risks.Open
        where risk.Cause is not (RiskCause.AgingWork or RiskCause.LateMilestone)
        select new AlertSign(
            $"risk-{risk.Id}", AlertCause.Risk,
            risk is { Probability: RiskBand.High, Impact: RiskBand.High } ? AlertSeverity.High : AlertSeverity.Low,
            AlertStrength.Over, risk.Sentence, risk.Act) { Items = [.. risk.Items.Take(MostItems)] };

    private static IEnumerable<WorkItem> Open(BacklogSnapshot backlog) =>
        backlog.Items.Values.Select(o => o.Item).Where(i => i is { IsOpen: true, Kind: WorkItemKind.Item }).OrderBy(i => i.Ref.ToKey(), StringComparer.Ordinal);

    private static string Name(ItemLine item) => char.IsAsciiDigit(item.Ref.Number[0]) ? $"#{item.Ref.Number}" : item.Ref.Number;
}
