using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Examination;

/// <summary>
/// What a change of one item means for others between two sweeps: those whose score or chain rests on it are told, and nothing else is looked at again.
/// </summary>
public sealed class Ripple(IBacklogStore store, SnapshotKeeper snapshots)
{
    /// <summary>Items that one change reaches at most; the next sweep sees to the rest.</summary>
    private const int Most = 50;

    /// <summary>Tells the open items that hang on a changed one.</summary>
    /// <param name="before">Null for an item that is new.</param>
    /// <returns>Those that are to be examined again, nearest first.</returns>
    public async Task<IReadOnlyList<WorkItemRef>> TellAsync(string backlog, WorkItem? before, WorkItem after, CancellationToken cancellation)
    {
        if (after.Kind != WorkItemKind.Item || !Factors.Differ(before, after))
            return [];
        var direct = after.Links.Concat(before?.Links ?? []).Where(l => l.Kind is not (LinkKind.ClosedBy or LinkKind.RelatedTo)).Select(l => l.Target).Distinct().ToList();
        var snapshot = await snapshots.CurrentAsync(backlog, cancellation);
        var linked = snapshot.Model(LinkedItems.Of);
        var affected = direct.Concat(linked.Reachable(after.Ref)).Concat(direct.SelectMany(linked.Reachable)).Distinct()
            .Where(i => i != after.Ref && snapshot.Find(i) is { Item: { IsOpen: true, Kind: WorkItemKind.Item } })
            .Take(Most).ToList();
        if (affected.Count > 0)
            await store.StampNeighboursAsync(backlog, affected, new RippleStamp(after.Ref, ContentHash.Of(after)).ToString(), cancellation);
        return affected;
    }
}

/// <summary>Says by which change of which item others were told. Whoever examines one of them has to know that item as it was then, or newer.</summary>
/// <param name="Content">Content hash of the changed item.</param>
internal sealed record RippleStamp(WorkItemRef Item, string Content)
{
    private const string Mark = "ripple ";

    /// <summary>Null for the stamp of a sweep.</summary>
    public static RippleStamp? TryParse(string stamp) =>
        stamp.StartsWith(Mark, StringComparison.Ordinal) && stamp.IndexOf(' ', Mark.Length) is > 0 and var at && WorkItemRef.TryParse(stamp[(at + 1)..], out var item)
            ? new RippleStamp(item!, stamp[Mark.Length..at])
            : null;

    public override string ToString() => $"{Mark}{Content} {Item}";
}

/// <summary>Of what an item's weight and its place in a chain are made. Pure.</summary>
internal static class Factors
{
    /// <summary>True when something of it differs that others may rest on. Texts, people and times are none of it.</summary>
    public static bool Differ(WorkItem? before, WorkItem after) => before is null
        ? after.Links.Count > 0
        : before.State != after.State || before.Priority != after.Priority || before.Severity != after.Severity || before.StoryPoints != after.StoryPoints
            || before.DueAt != after.DueAt || before.History.Reactions != after.History.Reactions || Commenters(before) != Commenters(after)
            || !before.Labels.ToHashSet().SetEquals(after.Labels) || !before.Links.ToHashSet().SetEquals(after.Links);

    /// <summary>People who ask count; how often one of them writes does not.</summary>
    private static int Commenters(WorkItem item) => item.History.Commenters().Count;
}
