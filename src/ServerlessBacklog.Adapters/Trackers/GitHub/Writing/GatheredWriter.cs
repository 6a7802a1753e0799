using ServerlessBacklog.Adapters.Trackers.GitHub.Reading;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Writing;

/// <summary>The comment on a canonical issue that gathers what its duplicates add. It has a mark of its own, beside that of triage.</summary>
internal static class GatheredWriter
{
    public static async Task<(string? Why, Change? Inverse)> WriteAsync(Target duplicate, Consolidate write, Effect effect, CancellationToken cancellation)
    {
        var (target, why) = await FindAsync(duplicate, write.Canonical, cancellation);
        if (target is null)
            return (why, null);
        var (wasDone, before) = await StickyComment.WriteAsync(target, write.Markdown, effect, cancellation, OurMark.Gathered);
        return (null, wasDone ? null
            : before is null ? new RemoveConsolidated(write.Canonical)
            : new Consolidate(write.Canonical, before) { Before = write.Markdown });
    }

    public static async Task<string?> RemoveAsync(Target duplicate, WorkItemRef canonical, CancellationToken cancellation)
    {
        var (target, why) = await FindAsync(duplicate, canonical, cancellation);
        return target is null ? why : await StickyComment.RemoveAsync(target, cancellation, OurMark.Gathered);
    }

    private static async Task<(Target? Target, string? Why)> FindAsync(Target duplicate, WorkItemRef canonical, CancellationToken cancellation)
    {
        if (canonical.Tracker != GitHubTracker.TrackerName)
            return (null, "what it repeats is no issue on GitHub");
        var (repository, number) = Looks.Parse(canonical);
        var connection = await duplicate.Access.ForAsync(repository, cancellation);
        return await Target.FindAsync(duplicate.Access, connection, repository, number, cancellation);
    }
}
