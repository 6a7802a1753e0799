namespace ServerlessBacklog.LocalRunner.Store;

/// <summary>Changes recorded texts, wherever they stand.</summary>
internal static class Rewriting
{
    private static readonly (string Table, string Column, string Id, string Part)[] Texts =
    [
        ("instances", "custom", "key", "0"), ("instances", "error", "key", "0"), ("instances", "output", "key", "0"),
        ("activities", "input", "key", "0"), ("activities", "error", "key", "0"), ("history", "data", "instance", "no"),
    ];

    public static int Run(Session session, Func<string, string> rewrite)
    {
        var changed = 0;
        foreach (var (table, column, id, part) in Texts)
        {
            var rows = session.All(
                $"SELECT {id}, {part}, {column} FROM {table} WHERE {column} IS NOT NULL", row => (Id: row.GetInt64(0), Part: row.GetInt64(1), Text: row.GetString(2)));
            foreach (var row in rows)
            {
                if (rewrite(row.Text) is var now && now != row.Text)
                    changed += session.Run($"UPDATE {table} SET {column} = $0 WHERE {id} = $1 AND {part} = $2", now, row.Id, row.Part);
            }
        }

        return changed;
    }

    /// <summary>Writes the file anew, without what was deleted.</summary>
    public static bool Compact(Session session)
    {
        session.Run("VACUUM");
        session.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        return true;
    }
}
