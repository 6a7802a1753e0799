using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>Holds the age of work in progress against what 85 % of its kind needed (SLE).</summary>
internal static class AgingBuilder
{
    private const double Share = 0.85;
    private const int Most = 50;

    /// <summary>Share of its expectation from which an item is listed.</summary>
    private const double ListedFrom = 0.5;

    public static AgingWork Build(Past past)
    {
        var marked = past.Items.Any(i => i.State == WorkItemState.Started || i.StartedAt is not null);
        var working = past.Open.Where(i => marked ? i.State == WorkItemState.Started || i.StartedAt is not null : i.Assignees.Count > 0).ToList();
        if (working.Count == 0)
            return new AgingWork { WhyNot = marked || past.Open.Count == 0 ? "No open item is in progress." : "No open item is marked as started or has an owner, so nothing is known to be in progress." };
        var levels = Levels(past, fromStart: true).Concat(Levels(past, fromStart: false)).ToList();
        if (levels.Count == 0)
        {
            return new AgingWork
            {
                InProgress = working.Count,
                WhyNot = $"{past.Closed.Count(i => i.CreatedAt <= i.ClosedAt)} closed items hold both dates; what to expect needs {CycleTimeModel.Fewest}.",
            };
        }

        var items = working.Select(i => Row(i, levels, past.AsOf)).OfType<AgingItem>().ToList();
        return new AgingWork
        {
            Levels = levels,
            Items = [.. items.Where(i => i.AgeDays >= ListedFrom * i.SleDays).OrderByDescending(i => i.AgeDays - i.SleDays).ThenBy(i => i.Item.Ref.ToKey(), StringComparer.Ordinal).Take(Most)],
            InProgress = working.Count,
            Over = items.Count(i => i.IsOver),
            Note = !marked ? "The source marks no start of work: items with an owner count as in progress, from their creation on."
                : working.Any(i => StartOf(i) is null) ? "Where no start of work is known, ages and expectations count from creation." : null,
        };
    }

    /// <summary>All types together, then each type with enough closed items; none where there are too few in all.</summary>
    private static IEnumerable<ServiceLevel> Levels(Past past, bool fromStart)
    {
        var timed = past.Closed.Where(i => From(i, fromStart) <= i.ClosedAt).Select(i => new TimedItem(From(i, fromStart)!.Value, i.ClosedAt, i.Type)).ToList();
        if (timed.Count < CycleTimeModel.Fewest)
            yield break;
        yield return Level(null, timed);
        foreach (var type in timed.Where(t => t.Type is not null).GroupBy(t => t.Type!, StringComparer.OrdinalIgnoreCase).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (type.Count() >= CycleTimeModel.Fewest)
                yield return Level(type.Key, [.. type]);
        }

        ServiceLevel Level(string? type, List<TimedItem> items) =>
            new(type, Math.Round(new CycleTimeModel(items, past.AsOf).Quantile(Share), 1), items.Count, fromStart);
    }

    private static AgingItem? Row(WorkItem item, List<ServiceLevel> levels, DateTimeOffset asOf)
    {
        var fromStart = StartOf(item) is not null && levels.Any(l => l.FromStart);
        if (From(item, fromStart) is not { } from)
            return null;
        var fitting = levels.Where(l => l.FromStart == fromStart).ToList();
        var level = fitting.Find(l => l.Type is not null && l.Type.Equals(item.Type, StringComparison.OrdinalIgnoreCase)) ?? fitting.Find(l => l.Type is null);
        return level is null ? null : new AgingItem(
            ItemLine.From(item), Math.Round(Math.Max(0, (asOf - from).TotalDays), 1), level.Days, [.. item.Assignees.Select(a => a.Login)]);
    }

    private static DateTimeOffset? From(WorkItem item, bool fromStart) => fromStart ? StartOf(item) : item.CreatedAt;

    private static DateTimeOffset? StartOf(WorkItem item) =>
        item.StartedAt ?? item.History.Events.FirstOrDefault(e => e.Kind.Equals("started", StringComparison.OrdinalIgnoreCase))?.At;
}
