using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.People;

namespace ServerlessBacklog.Triage.Examination;

/// <summary>What one process has in memory of one backlog: a snapshot, and what came since.</summary>
internal sealed class KeptSnapshot(TimeProvider time)
{
    /// <summary>What came since is folded in when it passes 2 % of the items, at least so many and at most so many.</summary>
    private const double FoldAbove = 0.02;
    private const int LeastTail = 20;
    private const int MostTail = 200;

    private readonly Dictionary<WorkItemRef, WorkItem?> tail = [];
    private readonly HashSet<WorkItemRef> sinceTraining = [];
    private BacklogSnapshot? under;
    private volatile BacklogSnapshot? current;
    private long begun;
    private long checkedAt;

    public SemaphoreSlim Gate { get; } = new(1);

    /// <summary>Lookings that have begun; read without the gate.</summary>
    public long Begun => Interlocked.Read(ref begun);

    /// <summary>Number of the last looking that ended well: all that was stored before it began is in <see cref="Current"/>.</summary>
    public long Done { get; private set; }

    /// <summary>Names the stored snapshot that this one comes from: another name says that somebody has swept since.</summary>
    public string? Cursor { get; private set; }

    /// <summary>Where the tail goes on (<see cref="Ports.IBacklogStore.TailAsync"/>).</summary>
    public string? Mark { get; private set; }

    public BacklogSnapshot? Current => current;

    /// <summary>Items that differ from those that models are trained on.</summary>
    public int ChangedSinceTraining => sinceTraining.Count;

    public long Begin() => Interlocked.Increment(ref begun);

    /// <param name="looking">Number that <see cref="Begin"/> gave.</param>
    /// <param name="since">Time stamp of its beginning.</param>
    public BacklogSnapshot End(long looking, long since, string mark)
    {
        (Done, Mark) = (looking, mark);
        Interlocked.Exchange(ref checkedAt, since);
        return current!;
    }

    /// <summary>The snapshot when it was looked after so lately; null else. Needs no gate.</summary>
    public BacklogSnapshot? NotOlderThan(TimeSpan age) =>
        current is { } kept && time.GetElapsedTime(Interlocked.Read(ref checkedAt)) <= age ? kept : null;

    /// <summary>Says who is who from now on.</summary>
    public void Keep(PeopleDirectory people)
    {
        if (people.Version == current!.People.Version)
            return;
        (under, current) = (under!.With(people), current.With(people));
    }

    /// <summary>Begins anew with a snapshot that models are trained on.</summary>
    public void Keep(BacklogSnapshot snapshot, string? cursor, string mark)
    {
        (under, current, Cursor, Mark) = (snapshot, snapshot, cursor, mark);
        tail.Clear();
        sinceTraining.Clear();
    }

    /// <summary>
    /// Brings in what came since. A small tail is laid over the snapshot under it again and again; one that grows becomes part of it, with
    /// its index made at once: an index still to be made would keep the snapshot before it, and that one the one before.
    /// </summary>
    public void Bring(IReadOnlyCollection<WorkItem> changed, IReadOnlyCollection<WorkItemRef> removed)
    {
        foreach (var item in changed)
            tail[item.Ref] = item;
        foreach (var item in removed)
            tail[item] = null;
        sinceTraining.UnionWith(changed.Select(i => i.Ref));
        current = under!.WithTail([.. tail.Values.OfType<WorkItem>()], [.. tail.Where(t => t.Value is null).Select(t => t.Key)]);
        if (tail.Count <= Math.Clamp((int)(FoldAbove * under.Items.Count), LeastTail, MostTail))
            return;
        _ = current.Index;
        under = current;
        tail.Clear();
    }
}
