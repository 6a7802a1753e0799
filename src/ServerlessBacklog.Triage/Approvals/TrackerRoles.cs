using System.Collections.Concurrent;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Approvals;

/// <summary>What people may do, by their role in the tracker. Remembered for a few minutes: somebody who loses a right keeps it no longer than that.</summary>
public sealed class TrackerRoles(IEnumerable<ITracker> trackers, IAlarms alarms, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string Tracker, string Project, string Login), (TrackerRole Role, DateTimeOffset At)> known = new();

    /// <summary>True where a tracker can be asked. Items of an export have none: whoever reaches this host may answer for them, and nothing is written.</summary>
    public bool Knows(WorkItemRef item) => trackers.OfType<ILiveTracker>().Any(t => t.Name == item.Tracker);

    /// <summary>The role in the project of an item; <see cref="TrackerRole.None"/> for bots, and where no tracker can be asked.</summary>
    public async Task<TrackerRole> OfAsync(WorkItemRef item, Person person, CancellationToken cancellation)
    {
        if (person.IsBot || trackers.OfType<ILiveTracker>().FirstOrDefault(t => t.Name == item.Tracker) is not { } tracker)
            return TrackerRole.None;
        var key = (item.Tracker, item.Project.ToLowerInvariant(), person.Login.ToLowerInvariant());
        var now = time.GetUtcNow();
        if (known.TryGetValue(key, out var seen) && now - seen.At < Fresh)
            return seen.Role;
        var alarm = $"roles {item.Tracker}:{item.Project}";
        try
        {
            var role = await tracker.RoleOfAsync(item.Project, person, cancellation);
            known[key] = (role, now);
            await alarms.ClearAsync(alarm, cancellation);
            return role;
        }
        catch (Exception passing) when (passing is HttpRequestException or BudgetExhaustedException)
        {
            // It passes, so nobody has to mend it. Who could read an hour ago may go on reading; to change something, the right must be seen.
            return now - seen.At < Remembered && seen.Role >= TrackerRole.Reader ? TrackerRole.Reader : TrackerRole.None;
        }
        catch (UserErrorException unseen)
        {
            // Where rights cannot be seen nobody has any: that is safe, and somebody has to mend it.
            await alarms.RaiseAsync(new Alarm(alarm, $"What people may do in {item.Project} cannot be seen, so that no command of theirs is heeded: {unseen.Message}", now), cancellation);
            return TrackerRole.None;
        }
    }
}
