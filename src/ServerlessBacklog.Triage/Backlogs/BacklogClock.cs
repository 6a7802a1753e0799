using System.Globalization;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>The moment that the ages of a backlog count to. A file is a picture of the newest moment that it speaks of; a tracker lives now.</summary>
public sealed class BacklogClock(IBacklogStore store)
{
    public async Task<DateTimeOffset> NowAsync(string backlog, DateTimeOffset now, CancellationToken cancellation) =>
        await store.CursorAsync(backlog, ImportItems.SourceCursor, cancellation) is { } source
        && source.StartsWith("file:", StringComparison.Ordinal)
        && await store.CursorAsync(backlog, ImportItems.AsOfCursor, cancellation) is { } asOf
            ? DateTimeOffset.Parse(asOf, CultureInfo.InvariantCulture)
            : now;
}
