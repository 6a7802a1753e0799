using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>Too much on one person, work that does not end, and what hangs on one person or on none.</summary>
internal static class WorkRisks
{
    private const int NamedItems = 10;

    /// <summary>Closings of an area within a year from which it can be said who does it.</summary>
    private const int FewestClosings = 10;

    /// <summary>Share of the closings that makes an area hang on one person.</summary>
    private const double OneShare = 0.9;

    private const int FewestOpen = 3;
    private const int MostAreas = 5;

    public static RiskLook Overload(BacklogInsights insights, Past past) => new([RiskCause.Overload],
    [
        .. insights.People.People.Where(p => p.Rebalance is not null).Select(p => new RiskRow
        {
            Id = $"overload-{p.Login.ToLowerInvariant()}",
            Cause = RiskCause.Overload,
            Sentence = p.Rebalance!.Sentence,
            Items = [.. p.Rebalance.CouldMove.Select(m => m.Item)],
            ItemCount = p.Load,
            Probability = p.Load > p.Capacity ? RiskBand.High : RiskBand.Medium,
            Impact = RiskBand.Medium,
            Effect = "What they have takes longer, and what comes waits.",
            Act = p.Rebalance.CouldMove.Count > 0 ? "Ask whether the named items could move, or agree on what waits." : "Agree on what waits.",
            Owner = p.Login,
            OpenedAt = past.AsOf,
        }),
    ]);

    public static RiskLook Aging(BacklogInsights insights, Past past)
    {
        RiskCause[] causes = [RiskCause.AgingWork];
        var aging = insights.Aging;
        if (aging is { WhyNot: { } why, InProgress: > 0 })
            return new RiskLook(causes, [], $"Aging work: {why}");
        var over = aging.Items.Where(i => i.IsOver).ToList();
        return new RiskLook(causes, over.Count == 0 ? [] : [new RiskRow
        {
            Id = "aging",
            Cause = RiskCause.AgingWork,
            Sentence = $"{aging.Over:N0} of {aging.InProgress:N0} items in progress are older than 85 % of their kind were when they were done.",
            Items = [.. over.Take(NamedItems).Select(i => i.Item)],
            ItemCount = aging.Over,
            Probability = aging.Over * 2 > aging.InProgress ? RiskBand.High : RiskBand.Medium,
            Impact = RiskBand.Low,
            Effect = "They are stuck or forgotten, and take up people's attention.",
            Act = "Ask what holds each up; finish, hand over or put back.",
            Owner = over[0].People.Count > 0 ? over[0].People[0] : null,
            OpenedAt = past.AsOf,
        }]);
    }

    public static RiskLook OnePerson(Past past)
    {
        var open = past.Open.SelectMany(i => i.Areas.Select(a => (Area: a, Item: i))).ToLookup(o => o.Area, o => o.Item, StringComparer.OrdinalIgnoreCase);
        var rows = past.Closed.Where(i => (past.AsOf - i.ClosedAt!.Value).TotalDays <= 365 && i.Assignees.Any(a => !a.IsBot))
            .SelectMany(i => i.Areas.Select(a => (Area: a, Person: i.Assignees.First(p => !p.IsBot))))
            .GroupBy(c => c.Area, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() >= FewestClosings && open[g.Key].Count() >= FewestOpen)
            .Select(g => (Area: g.Key, All: g.Count(), Most: g.CountBy(c => c.Person).MaxBy(c => c.Value)))
            .Where(a => a.Most.Value >= OneShare * a.All)
            .OrderByDescending(a => open[a.Area].Count()).ThenBy(a => a.Area, StringComparer.Ordinal).Take(MostAreas);
        return new RiskLook([RiskCause.OnePerson], [.. rows.Select(a => new RiskRow
        {
            Id = $"one-person-{a.Area.ToLowerInvariant()}",
            Cause = RiskCause.OnePerson,
            Sentence = $"{a.Area} hangs on one person: {a.Most.Key.Login} closed {a.Most.Value:N0} of its {a.All:N0} items within a year, and {open[a.Area].Count():N0} are open.",
            Items = [.. open[a.Area].OrderBy(i => i.CreatedAt).Take(NamedItems).Select(ItemLine.From)],
            ItemCount = open[a.Area].Count(),
            Probability = RiskBand.Low,
            Impact = RiskBand.High,
            Effect = "Nobody else can go on while that person is away.",
            Act = "Let somebody else take the next one, with help.",
            Owner = a.Most.Key.Login,
            OpenedAt = past.AsOf,
        })]);
    }

    public static RiskLook UrgentUnowned(Past past)
    {
        RiskCause[] causes = [RiskCause.UrgentUnowned];
        if (!past.Items.Any(i => i.Assignees.Count > 0))
            return new RiskLook(causes, [], past.Open.Count == 0 ? null : "Urgent items without an owner: no item of the source has an owner.");
        var urgent = past.Open.Where(i => i.Assignees.Count == 0 && Urgency.FromPriority(i.Priority) == Urgency.Highest).OrderBy(i => i.CreatedAt).ToList();
        return new RiskLook(causes, urgent.Count == 0 ? [] : [new RiskRow
        {
            Id = "urgent-unowned",
            Cause = RiskCause.UrgentUnowned,
            Sentence = $"{urgent.Count:N0} {(urgent.Count == 1 ? "item" : "items")} of the highest priority {(urgent.Count == 1 ? "has" : "have")} no owner.",
            Items = [.. urgent.Take(NamedItems).Select(ItemLine.From)],
            ItemCount = urgent.Count,
            Probability = RiskBand.High,
            Impact = RiskBand.Medium,
            Effect = "What is most urgent waits for nobody in particular.",
            Act = "Give each an owner, or a lower priority.",
            OpenedAt = past.AsOf,
        }]);
    }
}
