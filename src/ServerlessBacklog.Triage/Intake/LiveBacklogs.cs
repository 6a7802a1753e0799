using System.Runtime.CompilerServices;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Intake;

/// <summary>Backlogs whose items live in a tracker that can be asked.</summary>
public sealed class LiveBacklogs(IEnumerable<ITracker> trackers, IBacklogStore store)
{
    public async IAsyncEnumerable<LiveBacklog> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var name in await store.BacklogsAsync(cancellation))
        {
            if (await store.CursorAsync(name, ImportItems.SourceCursor, cancellation) is { } text
                && SourceAddress.Parse(text) is var source && trackers.OfType<ILiveTracker>().Any(t => t.Name == source.Tracker))
                yield return new LiveBacklog(name, source);
        }
    }
}

public sealed record LiveBacklog(string Name, SourceAddress Source);
