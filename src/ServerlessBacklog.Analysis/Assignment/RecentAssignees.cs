using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Assignment;

/// <summary>Who got the latest 50 items under a key (a project, an area, a label).</summary>
internal sealed class RecentAssignees
{
    private const int Window = 50;

    private readonly Dictionary<string, Queue<Person>> latest = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string key, Person person)
    {
        if (!latest.TryGetValue(key, out var queue))
            latest[key] = queue = new Queue<Person>(Window + 1);
        queue.Enqueue(person);
        if (queue.Count > Window)
            queue.Dequeue();
    }

    /// <summary>Shares by person, averaged over the keys that occurred before; empty when none did.</summary>
    public Dictionary<Person, double> Shares(IEnumerable<string> keys)
    {
        var seen = keys.Distinct(StringComparer.OrdinalIgnoreCase).Where(latest.ContainsKey).ToList();
        var shares = new Dictionary<Person, double>();
        foreach (var queue in seen.Select(k => latest[k]))
        {
            foreach (var person in queue)
                shares[person] = shares.GetValueOrDefault(person) + (1.0 / queue.Count / seen.Count);
        }

        return shares;
    }
}
