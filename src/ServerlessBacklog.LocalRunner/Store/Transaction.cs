namespace ServerlessBacklog.LocalRunner.Store;

/// <summary>
/// What a write works with. Writes may be run again when a commit fails, so they change nothing but the file and what they note here, which
/// counts only once the commit is made.
/// </summary>
internal sealed class Transaction(Session session, TimeProvider time)
{
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);

    public Session Session => session;

    public long Now => time.GetUtcNow().UtcTicks;

    /// <summary>Instances that became ready, at most.</summary>
    public int Ready { get; set; }

    /// <summary>Activities that came into the queue.</summary>
    public int Queued { get; set; }

    /// <summary>A time at which something is due came or went.</summary>
    public bool DueChanged { get; set; }

    /// <summary>The first of those times, read before the commit; null when nothing is due ever.</summary>
    public long? NextDue { get; set; }

    /// <summary>Ids of instances whose state looks different from outside.</summary>
    public IReadOnlyCollection<string> Changed => changed;

    public void NoteChanged(string id) => changed.Add(id);

    /// <summary>Instances whose wake is recorded with this commit.</summary>
    public HashSet<long> Woken { get; } = [];

    /// <summary>Done on the writer's thread as soon as the commit is made, before any other write.</summary>
    public List<Action> AfterCommit { get; } = [];
}
