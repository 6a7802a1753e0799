using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>How many open items each person carries, and when each was last seen doing something.</summary>
public sealed class PeopleLoad
{
    private readonly Dictionary<Person, int> open = [];
    private readonly Dictionary<Person, DateTimeOffset> seen = [];
    private DateTimeOffset? newest;

    public static PeopleLoad From(BacklogSnapshot backlog)
    {
        var load = new PeopleLoad();
        foreach (var item in backlog.Items.Values.Select(o => o.Item))
        {
            foreach (var person in item.Assignees.Distinct())
            {
                if (item.IsOpen && item.Kind == WorkItemKind.Item)
                    load.open[person] = load.open.GetValueOrDefault(person) + 1;
                load.See(person, item.ClosedAt ?? item.StartedAt ?? item.CreatedAt);
            }

            foreach (var comment in item.History.Comments)
                load.See(comment.Author, comment.At);
            foreach (var act in item.History.Events)
                load.See(act.Actor, act.At);
        }

        return load;
    }

    public int OpenItems(Person person) => open.GetValueOrDefault(person);

    public static int CapacityOf(Person person, PeopleSettings settings)
    {
        foreach (var (login, capacity) in settings.CapacityOf)
        {
            if (string.Equals(login, person.Login, StringComparison.OrdinalIgnoreCase))
                return Math.Max(0, capacity);
        }

        return Math.Max(0, settings.Capacity);
    }

    /// <summary>Why somebody cannot take an item now; null when they can.</summary>
    public string? Unavailable(Person person, PeopleSettings settings)
    {
        if (person.IsBot)
            return "is a bot";
        if (settings.Away.Contains(person.Login, StringComparer.OrdinalIgnoreCase))
            return "is away";
        if (newest is { } last && seen.TryGetValue(person, out var at) && at.AddDays(settings.ActiveWithinDays) < last)
            return $"was last active on {at:yyyy-MM-dd}";
        return null;
    }

    private void See(Person? person, DateTimeOffset? when)
    {
        if (person is null || person.IsBot || when is not { } at)
            return;
        if (!seen.TryGetValue(person, out var before) || at > before)
            seen[person] = at;
        if (newest is null || at > newest)
            newest = at;
    }
}
