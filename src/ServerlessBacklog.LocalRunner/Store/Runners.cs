namespace ServerlessBacklog.LocalRunner.Store;

/// <summary>Who works on the file. Leases name their runner; one sign of life renews all of them.</summary>
internal static class Runners
{
    private sealed record Other(long Owner, ProcessMark Mark, long Expires);

    public static long Register(Transaction transaction, ProcessMark mark, TimeSpan lease) =>
        transaction.Session.Number(
            "INSERT INTO runners (process, expires) VALUES ($0, $1) RETURNING owner", mark.ToString(), transaction.Now + lease.Ticks)!.Value;

    /// <returns>False when another process took this one for dead.</returns>
    public static bool Renew(Transaction transaction, long owner, TimeSpan lease) =>
        transaction.Session.Run("UPDATE runners SET expires = $1 WHERE owner = $0", owner, transaction.Now + lease.Ticks) == 1;

    /// <summary>Runners that have died or given no sign of life for too long.</summary>
    public static List<long> Lost(Session session, long self, DateTimeOffset now) =>
        session.All(
                "SELECT owner, process, expires FROM runners WHERE owner <> $0",
                r => new Other(r.GetInt64(0), ProcessMark.Parse(r.GetString(1)), r.GetInt64(2)),
                self)
            .Where(other => other.Mark.Fate() switch
            {
                ProcessFate.Alive => false,
                ProcessFate.Dead => true,
                _ => other.Expires < now.UtcTicks,
            })
            .Select(other => other.Owner)
            .ToList();

    /// <summary>Gives back all that a runner holds.</summary>
    public static int Release(Transaction transaction, long owner)
    {
        var session = transaction.Session;
        session.Run("DELETE FROM runners WHERE owner = $0", owner);
        var wakes = session.Run("UPDATE instances SET owner = NULL, ready = coalesce(ready, $1) WHERE owner = $0", owner, transaction.Now);
        var calls = session.Run("UPDATE activities SET owner = NULL WHERE owner = $0", owner);
        transaction.Ready += wakes;
        transaction.Queued += calls;
        return wakes + calls;
    }
}
