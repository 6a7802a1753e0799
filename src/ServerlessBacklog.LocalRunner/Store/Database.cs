using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace ServerlessBacklog.LocalRunner.Store;

/// <summary>
/// The file. One thread writes; writes that wait for it share a commit. A commit survives the death of the process; the last ones before a
/// power cut may be lost, all or nothing each (WAL, synchronous = NORMAL). Readers run beside the writer.
/// </summary>
internal sealed class Database : IDisposable
{
    private readonly LocalRunnerOptions options;
    private readonly BlockingCollection<Write> queue = [];
    private readonly Lock reading = new();
    private readonly Thread? writer;
    private Session? writing;
    private Session? reader;
    private long dataVersion = -1;
    private volatile bool dead;

    private Database(LocalRunnerOptions options)
    {
        this.options = options;
        if (options.ReadOnly)
        {
            reader = Open();
            return;
        }

        writing = Open();
        writer = new Thread(WriteAll) { Name = "LocalRunner writer", IsBackground = true };
        writer.Start();
    }

    /// <summary>Called on the writer's thread after each commit.</summary>
    public event Action<Transaction>? Committed;

    /// <summary>The process has died, as far as the file can tell (tests).</summary>
    public bool IsDead => dead;

    /// <exception cref="LocalRunnerException">The file cannot be used.</exception>
    public static Database Open(LocalRunnerOptions options)
    {
        if (options.ReadOnly && !File.Exists(options.Path))
            throw new LocalRunnerException($"There is no file '{options.Path}'. Choose another one, or start the program that runs work.");
        return new Database(options);
    }

    /// <summary>Runs one write; done when it is committed. May run it several times, of which the last counts.</summary>
    public Task<T> WriteAsync<T>(Func<Transaction, T> work)
    {
        if (options.ReadOnly)
            throw new InvalidOperationException($"'{options.Path}' was opened for looking only.");
        var write = new Write<T>(work);
        Add(write);
        return write.Done;
    }

    /// <summary>Looks with the writer's connection, in its turn.</summary>
    public Task<T> LookAsync<T>(Func<Session, T> look)
    {
        var read = new Write<T>(transaction => look(transaction.Session), onlyLooks: true);
        Add(read);
        return read.Done;
    }

    /// <summary>True when another connection has committed since the last call.</summary>
    public Task<bool> HasForeignChangeAsync() => LookAsync(session =>
    {
        var before = dataVersion;
        dataVersion = session.Number("PRAGMA data_version") ?? 0;
        return dataVersion != before;
    });

    public T Read<T>(Func<Session, T> work)
    {
        lock (reading)
        {
            try
            {
                return work(reader ??= Open());
            }
            catch (Exception fault)
            {
                reader?.Dispose();
                reader = null;
                throw Explain(fault);
            }
        }
    }

    public void Dispose()
    {
        queue.CompleteAdding();
        writer?.Join();
        writing?.Dispose();
        lock (reading)
            reader?.Dispose();
    }

    private void Add(Write write)
    {
        try
        {
            queue.Add(write);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(LocalRunner));
        }
    }

    private Session Open()
    {
        Session? session = null;
        try
        {
            session = Session.Open(options.Path, options.LockWait, options.ReadOnly);
            Schema.Prepare(session, options.Path, options.ReadOnly);
            return session;
        }
        catch (Exception fault)
        {
            session?.Dispose();
            throw Explain(fault);
        }
    }

    private Exception Explain(Exception fault) => fault is SqliteException sqlite ? LocalRunnerException.Of(sqlite, options.Path) : fault;

    private void WriteAll()
    {
        var group = new List<Write>();
        foreach (var first in queue.GetConsumingEnumerable())
        {
            group.Add(first);
            while (group.Count < options.MaxGroup && queue.TryTake(out var next))
                group.Add(next);
            CommitOrFail(group);
            group.Clear();
        }
    }

    private void CommitOrFail(List<Write> group)
    {
        if (dead)
        {
            group.ForEach(w => w.Fail(Died()));
            return;
        }

        var inWork = false;
        try
        {
            Commit(group, ref inWork);
            group.ForEach(w => w.Succeed());
        }
        catch (Exception fault)
        {
            // Whatever is open ends with the connection; a full disk or a damaged file may have ended it already.
            writing?.Dispose();
            writing = null;
            if (inWork && group.Count > 1 && !dead)
                group.ForEach(w => CommitOrFail([w]));
            else
                group.ForEach(w => w.Fail(Explain(fault)));
        }
    }

    private void Commit(List<Write> group, ref bool inWork)
    {
        if (writing is null)
        {
            writing = Open();
            dataVersion = -1;
        }

        var transaction = new Transaction(writing, options.Time);
        var looksOnly = group.TrueForAll(w => w.OnlyLooks);
        if (!looksOnly)
            writing.Run("BEGIN IMMEDIATE");
        inWork = true;
        foreach (var write in group)
            write.Run(transaction);
        if (transaction.DueChanged)
            transaction.NextDue = Waits.NextDue(writing);
        inWork = false;
        if (looksOnly)
            return;
        writing.Run("COMMIT");
        dead = options.DiesAfterCommit?.Invoke() ?? false;
        if (dead)
            throw Died();
        transaction.AfterCommit.ForEach(action => action());
        Committed?.Invoke(transaction);
    }

    private LocalRunnerException Died() => new($"'{options.Path}' is closed: the process counts as dead.");

    private abstract class Write(bool onlyLooks)
    {
        public bool OnlyLooks => onlyLooks;

        public abstract void Run(Transaction transaction);

        public abstract void Succeed();

        public abstract void Fail(Exception fault);
    }

    private sealed class Write<T>(Func<Transaction, T> work, bool onlyLooks = false) : Write(onlyLooks)
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? answer;

        public Task<T> Done => done.Task;

        public override void Run(Transaction transaction) => answer = work(transaction);

        public override void Succeed() => done.SetResult(answer!);

        public override void Fail(Exception fault) => done.SetException(fault);
    }
}
