using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>What somebody with too much could give away, and to whom. A suggestion: nothing is assigned by it.</summary>
internal sealed class Moving(ReportInput input, BacklogReport report, Past past, BacklogPeople people, PeopleLoad load)
{
    private const int MostItems = 5;

    /// <summary>Days within which somebody must have closed an item of an area to count as knowing it.</summary>
    private const int KnowsWithin = 365;

    private readonly Dictionary<Person, int> promised = [];
    private readonly Dictionary<WorkItemRef, int> ranks = report.Items.Where(i => i.Rank is not null).ToDictionary(i => i.Item.Ref, i => i.Rank!.Value);
    private readonly Lazy<ILookup<string, Person>> closers = new(() => past.Closed
        .Where(i => (past.AsOf - i.ClosedAt!.Value).TotalDays <= KnowsWithin)
        .SelectMany(i => i.Areas.SelectMany(area => i.Assignees.Where(a => !a.IsBot).Select(a => (Area: area, Person: people.KeyOf(i.Ref.Tracker, a)))))
        .ToLookup(c => c.Area, c => c.Person, StringComparer.OrdinalIgnoreCase));

    /// <summary>Null unless the load is over capacity now, or surely will be in some week.</summary>
    public Rebalance? Suggest(Person person, IReadOnlyList<WorkItem> items, int capacity, IReadOnlyList<LoadWeek> weeks)
    {
        var ahead = weeks.FirstOrDefault(w => w.Low > capacity);
        if (items.Count <= capacity && ahead is null)
            return null;
        var over = (int)Math.Ceiling(items.Count > capacity ? items.Count - capacity : ahead!.Low - capacity);
        var sentence = items.Count > capacity
            ? $"{people.NameOf(person)} carries {items.Count:N0} open items and has room for {capacity:N0}."
            : $"{people.NameOf(person)} carries {items.Count:N0} open items; in the week of {ahead!.Monday:yyyy-MM-dd} it will be {ahead.Low:0.#} to {ahead.High:0.#}, with room for {capacity:N0}.";
        var movable = items.Where(i => i.State == WorkItemState.Open && i.StartedAt is null && Urgency.FromPriority(i.Priority) is not Urgency.Highest)
            .OrderByDescending(i => ranks.GetValueOrDefault(i.Ref, int.MaxValue)).ThenByDescending(i => i.CreatedAt).ThenBy(i => i.Ref.ToKey(), StringComparer.Ordinal)
            .Take(Math.Min(MostItems, over)).Select(i => Movable(person, i)).ToList();
        return new Rebalance(movable.Count > 0 ? sentence : $"{sentence} None of them could move: all are started or urgent.", movable);
    }

    private MovableItem Movable(Person from, WorkItem item)
    {
        var rank = ranks.TryGetValue(item.Ref, out var place) ? $"not started, place {place:N0} in the order" : "not started, without a place in the order";
        var (to, closings) = item.Areas.SelectMany(a => closers.Value[a]).Where(p => !p.Equals(from)).CountBy(p => p)
            .OrderByDescending(c => c.Value).ThenBy(c => c.Key.Login, StringComparer.OrdinalIgnoreCase).FirstOrDefault(c => HasRoom(c.Key));
        if (to is null)
            return new MovableItem(ItemLine.From(item), null, item.Areas.Count == 0 ? $"{rank}; it has no area, so nobody is known for it" : $"{rank}; nobody with room closed items of its area lately");
        promised[to] = promised.GetValueOrDefault(to) + 1;
        return new MovableItem(ItemLine.From(item), people.NameOf(to), $"{rank}; {people.NameOf(to)} closed {closings:N0} of its area within a year and has room");
    }

    private bool HasRoom(Person person) => load.Unavailable(person, input.Settings.People) is null
        && load.OpenItems(person) + promised.GetValueOrDefault(person) < load.CapacityOf(person, input.Settings.People);
}
