using ServerlessBacklog.LocalRunner.Replaying;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner.Store;

/// <summary>
/// Open calls of activities. Turns share the workers out fairly: a call queues behind those of its own root, or at the head of the queue
/// when there are none (start-time fair queueing), so ten thousand calls of one instance delay a call of another by one place each.
/// </summary>
internal static class Activities
{
    public sealed record Claimed(long Key, long Owner, string Name, string Input, int Attempt);

    public static void Add(Transaction transaction, long instance, int generation, long root, IReadOnlyList<Call> calls)
    {
        if (calls.Count == 0)
            return;
        var turn = NextTurn(transaction.Session, root);
        foreach (var call in calls)
        {
            transaction.Session.Run(
                """
                INSERT INTO activities (instance, generation, call, root, turn, attempt, name, retry, input)
                VALUES ($0, $1, $2, $3, $4, 1, $5, $6, $7)
                """,
                instance, generation, call.Number, root, turn++, call.Name, WorkflowJson.Write(call.Retry, "retry policy"), call.Input);
        }

        transaction.Queued += calls.Count;
    }

    public static Claimed? Claim(Transaction transaction, long owner) =>
        transaction.Session.First(
            """
            UPDATE activities SET owner = $0 WHERE key =
                (SELECT key FROM activities WHERE turn IS NOT NULL AND owner IS NULL ORDER BY turn, key LIMIT 1)
            RETURNING key, name, input, attempt
            """,
            r => new Claimed(r.GetInt64(0), owner, r.GetString(1), r.GetString(2), r.GetInt32(3)),
            owner);

    /// <summary>Records a result. Nothing happens when the call was taken back or taken over.</summary>
    public static void Complete(Transaction transaction, Claimed claimed, string result) =>
        Answer(transaction, claimed, EventKind.ActivityCompleted, result);

    /// <summary>Records that the call has failed for good.</summary>
    public static void GiveUp(Transaction transaction, Claimed claimed, string message) =>
        Answer(transaction, claimed, EventKind.ActivityFailed, message);

    /// <summary>Records a failed attempt: another one comes later, unless this was the last.</summary>
    public static void Fail(Transaction transaction, Claimed claimed, string message)
    {
        var call = transaction.Session.First(
            """
            SELECT a.retry, EXISTS (SELECT 1 FROM instances i WHERE i.key = a.instance AND i.generation = a.generation AND i.ended IS NULL)
            FROM activities a WHERE a.key = $0 AND a.owner = $1
            """,
            r => new { Retry = WorkflowJson.Read<RetryPolicy>(r.GetString(0), "retry policy"), Awaited = r.GetBoolean(1) },
            claimed.Key, claimed.Owner);
        if (call is null)
            return;
        if (!call.Awaited || claimed.Attempt >= call.Retry.MaxAttempts)
        {
            GiveUp(transaction, claimed, message);
            return;
        }

        transaction.Session.Run(
            "UPDATE activities SET owner = NULL, turn = NULL, due = $1, attempt = attempt + 1, error = $2 WHERE key = $0",
            claimed.Key, transaction.Now + call.Retry.DelayAfter(claimed.Attempt).Ticks, message);
        transaction.DueChanged = true;
    }

    /// <summary>Gives back an attempt that was not made to its end; it does not count.</summary>
    public static void Return(Transaction transaction, Claimed claimed)
    {
        transaction.Session.Run("UPDATE activities SET owner = NULL WHERE key = $0 AND owner = $1", claimed.Key, claimed.Owner);
        transaction.Queued++;
    }

    public static void QueueDue(Transaction transaction, long now, int page)
    {
        var due = transaction.Session.All(
            $"SELECT key, root FROM activities WHERE due <= $0 ORDER BY due LIMIT {page}", r => (Key: r.GetInt64(0), Root: r.GetInt64(1)), now);
        foreach (var (key, root) in due)
            transaction.Session.Run("UPDATE activities SET due = NULL, turn = $1 WHERE key = $0", key, NextTurn(transaction.Session, root));
        transaction.Queued += due.Count;
    }

    public static void RemoveAll(Transaction transaction, long instance)
    {
        if (transaction.Session.Run("DELETE FROM activities WHERE instance = $0", instance) > 0)
            transaction.DueChanged = true;
    }

    private static long NextTurn(Session session, long root)
    {
        var own = session.Number("SELECT max(turn) FROM activities WHERE root = $0 AND turn IS NOT NULL AND owner IS NULL", root);
        return own + 1
            ?? session.Number("SELECT min(turn) FROM activities WHERE turn IS NOT NULL AND owner IS NULL")
            ?? 0;
    }

    private static void Answer(Transaction transaction, Claimed claimed, EventKind kind, string data)
    {
        var call = transaction.Session.First(
            "DELETE FROM activities WHERE key = $0 AND owner = $1 RETURNING instance, generation, call",
            r => new { Instance = r.GetInt64(0), Generation = r.GetInt32(1), Number = r.GetInt32(2) },
            claimed.Key, claimed.Owner);
        if (call is not null)
            Instances.Append(transaction, call.Instance, new Event(kind, call.Number, transaction.Now, Data: data), call.Generation);
    }
}
