using System.Collections.Concurrent;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage.Sqlite;

/// <summary>
/// Writes batches, one thread for the file: those that wait for it share a transaction, and so the price of its commit. Each is a unit of its
/// own: one that conflicts leaves no trace and the others stay. All are answered after the commit.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    /// <summary>Batches in one transaction: a longer one would let the first of them wait for the last.</summary>
    private const int MostTogether = 256;

    private readonly Func<Func<SqliteSession, bool>, bool> run;
    private readonly BlockingCollection<Pending> queue = [];
    private readonly Lazy<Thread> thread;

    /// <param name="run">Does work on a connection, or throws what the user can be told.</param>
    public SqliteWriter(Func<Func<SqliteSession, bool>, bool> run)
    {
        this.run = run;
        thread = new Lazy<Thread>(Start);
    }

    public Task<BatchAnswer> WriteAsync(Func<SqliteSession, long, BatchAnswer> write, int operations, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var pending = new Pending(write, operations, cancellation);
        _ = thread.Value;
        try
        {
            queue.Add(pending, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(SqliteTables));
        }

        return pending.Answer;
    }

    /// <summary>Ends when what was handed in is written.</summary>
    public void Dispose()
    {
        queue.CompleteAdding();
        if (thread.IsValueCreated)
            thread.Value.Join();
        queue.Dispose();
    }

    private Thread Start()
    {
        var writer = new Thread(WriteAll) { Name = "SQLite writer", IsBackground = true };
        writer.Start();
        return writer;
    }

    private void WriteAll()
    {
        var group = new List<Pending>();
        foreach (var first in queue.GetConsumingEnumerable())
        {
            group.Add(first);
            while (group.Count < MostTogether && queue.TryTake(out var next))
                group.Add(next);
            WriteOrFail([.. group.Where(p => !p.IsCancelled())]);
            group.Clear();
        }
    }

    private void WriteOrFail(List<Pending> group)
    {
        if (group.Count == 0)
            return;
        try
        {
            run(session => Write(session, group));
        }
        catch (Exception fault) when (group.Count == 1 || fault is UserErrorException or ObjectDisposedException)
        {
            group.ForEach(p => p.Fail(fault));
            return;
        }
        catch (Exception)
        {
            // The connection is gone, and with it all that the transaction held. One batch is at fault: each has another try, alone.
            group.ForEach(p => WriteOrFail([p]));
            return;
        }

        group.ForEach(p => p.Succeed());
    }

    /// <summary>Conflicts are rare: only when one has left something to take back, all is taken back and written again with care.</summary>
    private static bool Write(SqliteSession session, List<Pending> group) =>
        session.InTransaction(() => Write(session, group, isCareful: false))
        || group.Count == 1
        || session.InTransaction(() => Write(session, group, isCareful: true));

    private static bool Write(SqliteSession session, List<Pending> group, bool isCareful)
    {
        var operations = group.Sum(p => p.Operations);
        var version = (long)session.Command("UPDATE versions SET last = last + $0 RETURNING last", operations).ExecuteScalar()! - operations;
        foreach (var pending in group)
        {
            if (isCareful)
                session.Command("SAVEPOINT batch").ExecuteNonQuery();
            var conflict = pending.Write(session, version);
            if (isCareful)
                session.Command(conflict is null ? "RELEASE batch" : "ROLLBACK TO batch; RELEASE batch").ExecuteNonQuery();
            else if (conflict is { Operation: > 0 })
                return false;
            version += pending.Operations;
        }

        return true;
    }

    private sealed class Pending(Func<SqliteSession, long, BatchAnswer> write, int operations, CancellationToken cancellation)
    {
        private readonly TaskCompletionSource<BatchAnswer> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private BatchAnswer? answer;

        public int Operations => operations;

        public Task<BatchAnswer> Answer => done.Task;

        /// <summary>True when its caller no longer wants it; it is answered then.</summary>
        public bool IsCancelled()
        {
            if (!cancellation.IsCancellationRequested)
                return false;
            done.SetCanceled(cancellation);
            return true;
        }

        /// <param name="version">The last ETag before this batch.</param>
        public TableConflict? Write(SqliteSession session, long version) => (answer = write(session, version)).Conflict;

        public void Succeed() => done.SetResult(answer!);

        public void Fail(Exception fault) => done.SetException(fault);
    }
}
