using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.People;

/// <summary>People whom items name and no record holds. They are told, so that somebody who knows them adds them.</summary>
public static class UnmappedPeople
{
    /// <summary>
    /// Assignees, reporters and commenters without a record, those seen most often first. Bots are left out, and people of trackers that
    /// records do not cover.
    /// </summary>
    public static IReadOnlyList<UnmappedPerson> Of(IEnumerable<WorkItem> items, PeopleDirectory directory) =>
    [
        .. items.Where(i => PeopleDirectory.Systems.Contains(i.Ref.Tracker))
            .SelectMany(i => PeopleOn(i).Where(p => !p.IsBot).Select(p => (i.Ref.Tracker, Person: p)))
            .Where(p => directory.Find(p.Tracker, p.Person.Login) is null)
            .GroupBy(p => p)
            .Select(g => new UnmappedPerson(g.Key.Tracker, g.First().Person.Login, g.Count()))
            .OrderByDescending(p => p.Seen).ThenBy(p => p.Tracker, StringComparer.Ordinal).ThenBy(p => p.Login, StringComparer.OrdinalIgnoreCase),
    ];

    private static IEnumerable<Person> PeopleOn(WorkItem item) =>
        item.Assignees.Concat(item.Reporter is { } reporter ? [reporter] : []).Concat(item.History.Comments.Select(c => c.Author));
}

/// <param name="Seen">How often: once for each item that is assigned to them or that they reported, and once for each comment.</param>
public sealed record UnmappedPerson(string Tracker, string Login, int Seen);
