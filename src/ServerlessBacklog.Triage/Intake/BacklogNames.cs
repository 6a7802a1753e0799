using System.Collections.Concurrent;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Intake;

/// <summary>Which backlog a project belongs to: the one that was read from it, under whatever name, else one that is named after it.</summary>
public sealed class BacklogNames(IBacklogStore store)
{
    private readonly ConcurrentDictionary<string, string> known = new(StringComparer.OrdinalIgnoreCase);

    public async Task<string> OfAsync(string tracker, string project, CancellationToken cancellation)
    {
        var source = new SourceAddress(tracker, project).ToString();
        if (known.TryGetValue(source, out var name))
            return name;
        foreach (var backlog in await store.BacklogsAsync(cancellation))
        {
            if (await store.CursorAsync(backlog, ImportItems.SourceCursor, cancellation) is { } from)
                known.TryAdd(from, backlog);
        }

        if (known.TryGetValue(source, out name))
            return name;
        // It begins here: where the rest of it is, a reconcile has to know.
        await store.SetCursorAsync(project, ImportItems.SourceCursor, source, cancellation);
        return known.GetOrAdd(source, project);
    }
}
