using Microsoft.Data.Sqlite;

namespace ServerlessBacklog.Adapters.Storage.Sqlite;

/// <summary>One connection with its prepared commands. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> commands = new(StringComparer.Ordinal);

    private SqliteSession(SqliteConnection connection) => this.connection = connection;

    public static SqliteSession Open(string path, SqliteOptions options)
    {
        var address = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            // SQLite's own busy handler waits below; the provider's loop would only add to it.
            DefaultTimeout = 1,
        };
        var connection = new SqliteConnection(address.ToString());
        try
        {
            connection.Open();
            using var setup = connection.CreateCommand();
            setup.CommandText = $"""
                PRAGMA page_size = 16384;
                PRAGMA busy_timeout = {(int)options.LockWait.TotalMilliseconds};
                PRAGMA synchronous = NORMAL;
                PRAGMA cache_size = -16000;
                PRAGMA wal_autocheckpoint = {options.CheckpointPages};
                {(options.MaxPages is { } pages ? $"PRAGMA max_page_count = {pages};" : "")}
                """;
            setup.ExecuteNonQuery();
            return new SqliteSession(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The prepared command for <paramref name="sql"/>, with values for <c>$0</c>, <c>$1</c> …</summary>
    public SqliteCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        return command;
    }

    /// <summary>Commits when <paramref name="work"/> answers true, else takes everything back.</summary>
    public bool InTransaction(Func<bool> work)
    {
        Command("BEGIN IMMEDIATE").ExecuteNonQuery();
        var done = false;
        try
        {
            done = work();
            if (done)
                Command("COMMIT").ExecuteNonQuery();
        }
        catch
        {
            // A full disk or a damaged file may have ended the transaction; whatever is open ends with the connection.
            Dispose();
            throw;
        }

        if (!done)
            Command("ROLLBACK").ExecuteNonQuery();
        return done;
    }

    public void Dispose()
    {
        foreach (var command in commands.Values)
            command.Dispose();
        commands.Clear();
        connection.Dispose();
    }
}
