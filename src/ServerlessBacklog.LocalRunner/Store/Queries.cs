using Microsoft.Data.Sqlite;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner.Store;

/// <summary>Looks at instances without touching them.</summary>
internal static class Queries
{
    private const string Columns = "key, id, orchestration, status, created, updated, custom, output, error";

    public static InstanceState? Find(Session session, string id) =>
        session.First($"SELECT {Columns} FROM instances WHERE id = $0", State, id);

    public static List<InstanceListing> List(Session session, InstanceFilter filter, int top)
    {
        var found = session.All(
            $"""
            SELECT {Columns} FROM instances
            WHERE ($0 IS NULL OR status = $0) AND ($1 IS NULL OR orchestration = $1) AND ($2 IS NULL OR substr(id, 1, length($2)) = $2)
            ORDER BY updated DESC, key DESC LIMIT $3
            """,
            r => (Key: r.GetInt64(0), State: State(r)),
            (int?)filter.Status, filter.Orchestration, filter.IdPrefix, top);
        return found.ConvertAll(f => new InstanceListing(f.State, Waits(session, f.Key), Calls(session, f.Key)));
    }

    public static List<InstanceCount> Counts(Session session) =>
        session.All(
            "SELECT orchestration, status, count(*) FROM instances GROUP BY orchestration, status ORDER BY orchestration, status",
            r => new InstanceCount(r.GetString(0), (InstanceStatus)r.GetInt32(1), r.GetInt32(2)));

    public static long? HistoryRows(Session session, string id) =>
        session.Number("SELECT count(*) FROM history WHERE instance = (SELECT key FROM instances WHERE id = $0)", id);

    /// <summary>Calls and wakes that wait for their turn now.</summary>
    public static long? Queued(Session session) =>
        session.Number(
            """
            SELECT (SELECT count(*) FROM activities WHERE turn IS NOT NULL AND owner IS NULL)
                 + (SELECT count(*) FROM instances WHERE ready IS NOT NULL AND owner IS NULL)
            """);

    /// <summary>Nothing can be done before a later time or without a word from outside.</summary>
    public static bool IsIdle(Session session, DateTimeOffset now) =>
        session.Number(
            """
            SELECT EXISTS (SELECT 1 FROM instances WHERE ready IS NOT NULL)
                OR EXISTS (SELECT 1 FROM instances WHERE owner IS NOT NULL)
                OR EXISTS (SELECT 1 FROM activities WHERE owner IS NOT NULL OR turn IS NOT NULL)
                OR EXISTS (SELECT 1 FROM activities WHERE due <= $0)
                OR EXISTS (SELECT 1 FROM waits WHERE due <= $0)
            """,
            now.UtcTicks) == 0;

    private static List<OpenWait> Waits(Session session, long key) =>
        session.All(
            "SELECT name, due FROM waits WHERE instance = $0 ORDER BY call",
            r => new OpenWait(r.Text(0), r.IsDBNull(1) ? null : r.Time(1)),
            key);

    private static List<OpenCall> Calls(Session session, long key) =>
        session.All(
            "SELECT name, attempt, owner IS NOT NULL, due, error FROM activities WHERE instance = $0 ORDER BY key LIMIT 100",
            r => new OpenCall(r.GetString(0), r.GetInt32(1), r.GetBoolean(2), r.IsDBNull(3) ? null : r.Time(3), r.Text(4)),
            key);

    private static InstanceState State(SqliteDataReader r) => new(
        r.GetString(1), r.GetString(2), (InstanceStatus)r.GetInt32(3), r.Time(4), r.Time(5), r.Text(6), r.Text(7), r.Text(8));
}
