using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.People;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>
/// Who is who in a backlog. A person of the directory is one, whatever the tracker; anybody else is somebody of their tracker, and equal logins
/// of two trackers are two people. Models that count or learn by person use these.
/// </summary>
public sealed class BacklogPeople
{
    private readonly PeopleDirectory directory;
    private readonly bool isOneTracker;
    private readonly Dictionary<Person, PersonRecord> records;

    private BacklogPeople(PeopleDirectory directory, bool isOneTracker)
    {
        (this.directory, this.isOneTracker) = (directory, isOneTracker);
        records = directory.People.ToDictionary(KeyOf);
    }

    public static BacklogPeople From(BacklogSnapshot backlog) =>
        new(backlog.People, backlog.Items.Keys.Select(i => i.Tracker).Distinct().Take(2).Count() < 2);

    /// <summary>Stands for the person in counts and models; in a backlog of one tracker without a directory it is the person itself.</summary>
    public Person KeyOf(string tracker, Person person) => directory.Find(tracker, person.Login) is { } record
        ? KeyOf(record)
        : isOneTracker ? person : person with { Login = $"{tracker}:{person.Login}" };

    /// <summary>What people call them.</summary>
    public string NameOf(Person key) => RecordOf(key)?.Name ?? TrackerOf(key)?.Login ?? key.Login;

    /// <summary>Under what login a tracker knows them; null when nobody says that it does.</summary>
    public Person? In(string tracker, Person key)
    {
        if (RecordOf(key) is { } record)
            return record.In(tracker) is { } login ? new Person(login) : null;
        if (TrackerOf(key) is { } known)
            return known.Tracker == tracker ? key with { Login = known.Login } : null;
        return key;
    }

    /// <summary>All their names, by which settings may speak of them.</summary>
    public IEnumerable<string> LoginsOf(Person key) => RecordOf(key) is { } record
        ? PeopleDirectory.Systems.Select(record.In).OfType<string>().Append(record.Name)
        : [NameOf(key)];

    /// <summary>No login looks so: GitHub's hold no colon, and those of Azure DevOps no blank.</summary>
    private static Person KeyOf(PersonRecord record) => new($"person: {record.Name}");

    private PersonRecord? RecordOf(Person key) => records.GetValueOrDefault(key);

    private (string Tracker, string Login)? TrackerOf(Person key) => isOneTracker ? null
        : key.Login.IndexOf(':', StringComparison.Ordinal) is var colon && colon > 0 ? (key.Login[..colon], key.Login[(colon + 1)..]) : null;
}
