using ServerlessBacklog.LocalRunner.Replaying;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner.Store;

/// <summary>Rows of instances and their histories.</summary>
internal static class Instances
{
    /// <summary>Pending, running.</summary>
    private const string Live = "status IN (0, 1)";

    private const string Open = "status IN (0, 1, 5)";

    /// <summary>Whose answer a child is, and under whose name its calls queue.</summary>
    public sealed record Parent(long Key, int Generation, int Call, long Root);

    private sealed record Known(long Key, InstanceStatus Status, Parent? Parent);

    public static StartAnswer Start(Transaction transaction, string id, string orchestration, string input, Parent? parent = null)
    {
        var session = transaction.Session;
        var known = Find(session, id);
        if (known is { Status: InstanceStatus.Pending or InstanceStatus.Running or InstanceStatus.Held })
        {
            if (parent is null)
                return StartAnswer.AlreadyRunning;
            // Only a child that a former generation left behind can have this id.
            StopAll(transaction, known.Key);
        }

        if (known is not null)
            Delete(transaction, known.Key);
        var now = transaction.Now;
        var key = session.Number(
            """
            INSERT INTO instances (id, orchestration, format, generation, status, last, root, parent, parent_generation, parent_call, created, updated)
            VALUES ($0, $1, $2, 1, 0, 0, 0, $3, $4, $5, $6, $6) RETURNING key
            """,
            id, orchestration, Schema.HistoryFormat, parent?.Key, parent?.Generation, parent?.Call, now)!.Value;
        session.Run("UPDATE instances SET root = $1 WHERE key = $0", key, parent?.Root ?? key);
        Append(transaction, key, new Event(EventKind.Started, null, now, Data: input));
        transaction.NoteChanged(id);
        return StartAnswer.Started;
    }

    public static RaiseAnswer Raise(Transaction transaction, string id, string name, string payload)
    {
        if (Find(transaction.Session, id) is not { } known)
            return RaiseAnswer.NotFound;
        return Append(transaction, known.Key, new Event(EventKind.EventRaised, null, transaction.Now, name, payload))
            ? RaiseAnswer.Delivered
            : RaiseAnswer.Finished;
    }

    public static bool Terminate(Transaction transaction, string id, string reason)
    {
        var known = Find(transaction.Session, id);
        if (known is null || !End(transaction, known.Key, InstanceStatus.Terminated, null, reason))
            return false;
        StopAll(transaction, known.Key);
        return true;
    }

    /// <summary>Adds what reached an instance to its history. A held one keeps it for later.</summary>
    /// <param name="generation">The one that is answered; null for all.</param>
    /// <returns>False when it has ended or is in another generation.</returns>
    public static bool Append(Transaction transaction, long key, Event e, int? generation = null)
    {
        var last = transaction.Session.Number(
            $"""
            UPDATE instances SET last = last + 1, ready = CASE status WHEN 5 THEN NULL ELSE coalesce(ready, $1) END
            WHERE key = $0 AND {Open} AND generation = coalesce($2, generation) RETURNING last
            """,
            key, e.At, generation);
        if (last is null)
            return false;
        Insert(transaction, key, last.Value, e);
        transaction.Ready++;
        return true;
    }

    public static void Insert(Transaction transaction, long key, long no, Event e) =>
        transaction.Session.Run(
            "INSERT INTO history (instance, no, kind, call, at, name, data) VALUES ($0, $1, $2, $3, $4, $5, $6)",
            key, no, (int)e.Kind, e.Call, e.At, e.Name, e.Data);

    public static List<Event> History(Session session, long key, long after) =>
        session.All(
            "SELECT kind, call, at, name, data, no FROM history WHERE instance = $0 AND no > $1 ORDER BY no",
            r => new Event((EventKind)r.GetInt32(0), (int?)r.Long(1), r.GetInt64(2), r.Text(3), r.Text(4)) { No = r.GetInt64(5) },
            key, after);

    /// <summary>Begins a new generation with its input and the events that are still to be waited for.</summary>
    public static void BeginAnew(Transaction transaction, long key, string input, IEnumerable<Event> kept)
    {
        var now = transaction.Now;
        var events = kept.Prepend(new Event(EventKind.Started, null, now, Data: input)).ToList();
        transaction.Session.Run("DELETE FROM history WHERE instance = $0", key);
        Waits.RemoveAll(transaction, key);
        for (var i = 0; i < events.Count; i++)
            Insert(transaction, key, i + 1, events[i]);
        transaction.Session.Run(
            "UPDATE instances SET generation = generation + 1, last = $1, ready = $2, owner = NULL, updated = $2 WHERE key = $0",
            key, events.Count, now);
        transaction.Ready++;
    }

    /// <summary>Ends an open instance and tells its parent.</summary>
    public static bool End(Transaction transaction, long key, InstanceStatus status, string? output, string? error)
    {
        var ended = transaction.Session.First(
            $"""
            UPDATE instances SET status = $1, output = $2, error = $3, updated = $4, ended = $4, ready = NULL, owner = NULL, tried_by = NULL
            WHERE key = $0 AND {Open} RETURNING id, parent, parent_generation, parent_call
            """,
            r => new { Id = r.GetString(0), Parent = r.Long(1), Generation = r.Long(2), Call = r.Long(3) },
            key, (int)status, output, error, transaction.Now);
        if (ended is null)
            return false;
        Waits.RemoveAll(transaction, key);
        transaction.NoteChanged(ended.Id);
        if (ended.Parent is { } parent)
        {
            var kind = status == InstanceStatus.Completed ? EventKind.ChildCompleted : EventKind.ChildFailed;
            Append(transaction, parent, new Event(kind, (int)ended.Call!, transaction.Now, Data: output ?? error), (int)ended.Generation!);
        }

        return true;
    }

    public static void Hold(Transaction transaction, long key, string reason, string program)
    {
        var id = transaction.Session.First(
            $"""
            UPDATE instances SET status = 5, error = $1, updated = $2, ready = NULL, owner = NULL, tried_by = coalesce(tried_by, '') || $3 || ' '
            WHERE key = $0 AND {Live} RETURNING id
            """,
            r => r.GetString(0),
            key, reason, transaction.Now, program);
        if (id is not null)
            transaction.NoteChanged(id);
    }

    /// <summary>Lets go on what is held and was not tried by this program yet.</summary>
    public static int TryHeld(Transaction transaction, string program)
    {
        var held = transaction.Session.All(
            "SELECT key FROM instances WHERE status = 5 AND instr(coalesce(tried_by, ''), $0) = 0", r => r.GetInt64(0), program + ' ');
        held.ForEach(key => Release(transaction, key));
        return held.Count;
    }

    /// <summary>A held instance goes on; a failed one starts again with its input and the events that it was sent.</summary>
    public static bool Retry(Transaction transaction, string id)
    {
        if (Find(transaction.Session, id) is not { } known)
            return false;
        switch (known.Status)
        {
            case InstanceStatus.Held:
                transaction.Session.Run("UPDATE instances SET tried_by = NULL WHERE key = $0", known.Key);
                Release(transaction, known.Key);
                return true;
            case InstanceStatus.Failed:
                Restart(transaction, known.Key, id);
                return true;
            default:
                return false;
        }
    }

    /// <returns>How many were deleted; less than <paramref name="page"/> when none is left.</returns>
    public static int Purge(Transaction transaction, long endedBefore, int page)
    {
        var old = transaction.Session.All(
            "SELECT key, id FROM instances WHERE ended < $0 LIMIT $1", r => (Key: r.GetInt64(0), Id: r.GetString(1)), endedBefore, page);
        foreach (var (key, id) in old)
        {
            Delete(transaction, key);
            transaction.NoteChanged(id);
        }

        return old.Count;
    }

    private static Known? Find(Session session, string id) =>
        session.First(
            "SELECT key, status, parent, parent_generation, parent_call, root FROM instances WHERE id = $0",
            r => new Known(
                r.GetInt64(0),
                (InstanceStatus)r.GetInt32(1),
                r.IsDBNull(2) ? null : new Parent(r.GetInt64(2), r.GetInt32(3), r.GetInt32(4), r.GetInt64(5))),
            id);

    private static void Release(Transaction transaction, long key)
    {
        var id = transaction.Session.First(
            "UPDATE instances SET status = 1, error = NULL, updated = $1, ready = $1 WHERE key = $0 RETURNING id",
            r => r.GetString(0),
            key, transaction.Now);
        transaction.Ready++;
        transaction.NoteChanged(id!);
    }

    private static void Restart(Transaction transaction, long key, string id)
    {
        var history = History(transaction.Session, key, after: 0);
        var input = history[0].Data!;
        transaction.Session.Run(
            "UPDATE instances SET status = 0, error = NULL, ended = NULL, format = $1, parent = NULL WHERE key = $0", key, Schema.HistoryFormat);
        BeginAnew(transaction, key, input, history.Where(e => e.Kind == EventKind.EventRaised));
        transaction.NoteChanged(id);
    }

    /// <summary>Takes back the calls of an instance that was ended from outside, and ends its children.</summary>
    private static void StopAll(Transaction transaction, long key)
    {
        Activities.RemoveAll(transaction, key);
        var children = transaction.Session.All($"SELECT key FROM instances WHERE parent = $0 AND {Open}", r => r.GetInt64(0), key);
        foreach (var child in children)
        {
            End(transaction, child, InstanceStatus.Terminated, null, "Its parent was terminated.");
            StopAll(transaction, child);
        }
    }

    private static void Delete(Transaction transaction, long key)
    {
        transaction.Session.Run("DELETE FROM history WHERE instance = $0", key);
        Waits.RemoveAll(transaction, key);
        transaction.Session.Run("DELETE FROM instances WHERE key = $0", key);
    }
}
