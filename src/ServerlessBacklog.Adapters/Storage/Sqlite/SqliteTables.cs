using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage.Sqlite;

/// <summary>
/// All tables in one SQLite file. Readers run beside one writer (WAL), in this process and in others. A commit survives the death of
/// the process; the last commits before a power cut may be lost, the file stays whole (synchronous = NORMAL).
/// </summary>
public sealed class SqliteTables : ITableStore, IDisposable
{
    /// <summary>Kept in the file as user_version; raise it when older programs could not read what this one writes.</summary>
    private const long SchemaVersion = 1;

    private readonly SqliteOptions options;
    private readonly SqliteWriter writer;
    private readonly ConcurrentBag<SqliteSession> idle = [];
    private readonly ConcurrentDictionary<string, SqliteTable> tables = new(StringComparer.OrdinalIgnoreCase);
    private bool disposed;

    private SqliteTables(string path, SqliteOptions options)
    {
        (Path, this.options) = (path, options);
        writer = new SqliteWriter(Run);
    }

    public string Path { get; }

    internal bool IsDisposed => disposed;

    /// <summary>Opens the file or creates it.</summary>
    /// <exception cref="UserErrorException">The file cannot be used; the message says why and what to do.</exception>
    public static SqliteTables Open(string path, SqliteOptions? options = null)
    {
        var tables = new SqliteTables(path, options ?? new SqliteOptions());
        try
        {
            tables.Run(session => tables.Prepare(session));
            return tables;
        }
        catch
        {
            tables.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public ITable Open(string name)
    {
        TableRules.CheckName(name);
        return tables.GetOrAdd(name, _ =>
        {
            Run(session => CreateTable(session, name));
            return new SqliteTable(this, name);
        });
    }

    /// <summary>Writes the file anew, without what was deleted. Waits for writers of other processes as long as a write does.</summary>
    public void Compact() => Run(session =>
    {
        session.Command("VACUUM").ExecuteNonQuery();
        session.Command("PRAGMA wal_checkpoint(TRUNCATE)").ExecuteNonQuery();
        return true;
    });

    public void Dispose()
    {
        if (disposed)
            return;
        writer.Dispose();
        disposed = true;
        while (idle.TryTake(out var session))
            session.Dispose();
    }

    /// <summary>Runs work on a connection that nobody else uses meanwhile.</summary>
    internal T Run<T>(Func<SqliteSession, T> work)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        SqliteSession? session = null;
        try
        {
            session = idle.TryTake(out var free) ? free : SqliteSession.Open(Path, options);
            var answer = work(session);
            if (disposed)
                session.Dispose();
            else
                idle.Add(session);
            return answer;
        }
        catch (Exception fault)
        {
            session?.Dispose();
            if (fault is SqliteException sqlite)
                throw SqliteErrors.Explain(sqlite, Path);
            throw;
        }
    }

    /// <summary>Writes a batch in its turn.</summary>
    /// <param name="write">Is told the last ETag before it. May be called again after what it wrote was taken back.</param>
    internal Task<BatchAnswer> WriteAsync(Func<SqliteSession, long, BatchAnswer> write, int operations, CancellationToken cancellation) =>
        writer.WriteAsync(write, operations, cancellation);

    private bool Prepare(SqliteSession session)
    {
        var version = (long)session.Command("PRAGMA user_version").ExecuteScalar()!;
        if (version > SchemaVersion)
        {
            throw new UserErrorException(
                $"'{Path}' was written by a newer version of this program (schema {version}; this one knows {SchemaVersion}). Update the program, or choose another --data-dir.");
        }

        session.Command("PRAGMA journal_mode = WAL").ExecuteNonQuery();
        if (version == SchemaVersion)
            return true;
        return session.InTransaction(() =>
        {
            session.Command("CREATE TABLE IF NOT EXISTS versions (last INTEGER NOT NULL)").ExecuteNonQuery();
            session.Command("INSERT INTO versions SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM versions)").ExecuteNonQuery();
            session.Command($"PRAGMA user_version = {SchemaVersion}").ExecuteNonQuery();
            return true;
        });
    }

    private static bool CreateTable(SqliteSession session, string name)
    {
        var known = session.Command($"SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 't{name}' COLLATE NOCASE").ExecuteScalar();
        return known is not null || session.InTransaction(() =>
        {
            session.Command(
                $"CREATE TABLE IF NOT EXISTS t{name} (partition TEXT NOT NULL, row TEXT NOT NULL, version INTEGER NOT NULL, properties BLOB NOT NULL, PRIMARY KEY (partition, row))").ExecuteNonQuery();
            return true;
        });
    }
}
