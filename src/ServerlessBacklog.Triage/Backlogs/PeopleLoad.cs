using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>
/// How many open items each person carries, and when each was last seen doing something, under whatever login. People are those of
/// <see cref="BacklogPeople"/>.
/// </summary>
public sealed class PeopleLoad
{
    private readonly Dictionary<Person, int> open = [];
    private readonly Dictionary<Person, DateTimeOffset> seen = [];
    private readonly BacklogPeople people;
    private DateTimeOffset? newest;

    private PeopleLoad(BacklogPeople people) => this.people = people;

    public static PeopleLoad From(BacklogSnapshot backlog)
    {
        var people = backlog.Model(BacklogPeople.From);
        var load = new PeopleLoad(people);
        foreach (var item in backlog.Items.Values.Select(o => o.Item))
        {
            foreach (var person in item.Assignees.Select(a => people.KeyOf(item.Ref.Tracker, a)).Distinct())
            {
                if (item.IsOpen && item.Kind == WorkItemKind.Item)
                    load.open[person] = load.open.GetValueOrDefault(person) + 1;
                load.See(person, item.ClosedAt ?? item.StartedAt ?? item.CreatedAt);
            }

            foreach (var comment in item.History.Comments)
                load.See(people.KeyOf(item.Ref.Tracker, comment.Author), comment.At);
            foreach (var act in item.History.Events.Where(e => e.Actor is not null))
                load.See(people.KeyOf(item.Ref.Tracker, act.Actor!), act.At);
        }

        return load;
    }

    public int OpenItems(Person person) => open.GetValueOrDefault(person);

    public int CapacityOf(Person person, PeopleSettings settings)
    {
        var logins = people.LoginsOf(person).ToList();
        foreach (var (login, capacity) in settings.CapacityOf)
        {
            if (logins.Contains(login, StringComparer.OrdinalIgnoreCase))
                return Math.Max(0, capacity);
        }

        return Math.Max(0, settings.Capacity);
    }

    /// <summary>Why somebody cannot take an item now; null when they can.</summary>
    public string? Unavailable(Person person, PeopleSettings settings)
    {
        if (person.IsBot)
            return "is a bot";
        if (people.LoginsOf(person).Intersect(settings.Away, StringComparer.OrdinalIgnoreCase).Any())
            return "is away";
        if (newest is { } last && seen.TryGetValue(person, out var at) && at.AddDays(settings.ActiveWithinDays) < last)
            return $"was last active on {at:yyyy-MM-dd}";
        return null;
    }

    private void See(Person person, DateTimeOffset? when)
    {
        if (person.IsBot || when is not { } at)
            return;
        if (!seen.TryGetValue(person, out var before) || at > before)
            seen[person] = at;
        if (newest is null || at > newest)
            newest = at;
    }
}
