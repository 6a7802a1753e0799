using ServerlessBacklog.LocalRunner.Replaying;

namespace ServerlessBacklog.LocalRunner.Store;

/// <summary>Open sleeps and waits for events, and all that becomes due: they and retries.</summary>
internal static class Waits
{
    private const int Page = 500;

    public static void Add(Transaction transaction, long instance, int call, string? name, long? due)
    {
        transaction.Session.Run("INSERT INTO waits (instance, call, name, due) VALUES ($0, $1, $2, $3)", instance, call, name, due);
        transaction.DueChanged |= due is not null;
    }

    public static void Remove(Transaction transaction, long instance, int call)
    {
        if (transaction.Session.Run("DELETE FROM waits WHERE instance = $0 AND call = $1", instance, call) > 0)
            transaction.DueChanged = true;
    }

    public static void RemoveAll(Transaction transaction, long instance)
    {
        if (transaction.Session.Run("DELETE FROM waits WHERE instance = $0", instance) > 0)
            transaction.DueChanged = true;
    }

    public static long? NextDue(Session session)
    {
        var wait = session.Number("SELECT min(due) FROM waits WHERE due IS NOT NULL");
        var retry = session.Number("SELECT min(due) FROM activities WHERE due IS NOT NULL");
        return wait is null || retry < wait ? retry : wait;
    }

    /// <summary>Fires a page of what is due now.</summary>
    public static bool Fire(Transaction transaction)
    {
        var now = transaction.Now;
        var fired = transaction.Session.All(
            $"SELECT instance, call FROM waits WHERE due <= $0 ORDER BY due LIMIT {Page}", r => (Instance: r.GetInt64(0), Call: r.GetInt32(1)), now);
        foreach (var (instance, call) in fired)
        {
            Instances.Append(transaction, instance, new Event(EventKind.TimerFired, call, now));
            Remove(transaction, instance, call);
        }

        Activities.QueueDue(transaction, now, Page);
        // Also when nothing was due yet: the timer is set again.
        transaction.DueChanged = true;
        return true;
    }
}
