namespace ServerlessBacklog.LocalRunner.Store;

/// <summary>
/// The tables. Times are UTC ticks. An activity, a wait or an event that is over leaves no row but its part of the history, and the rows of
/// an instance that has ended go with it when it is purged.
/// </summary>
internal static class Schema
{
    /// <summary>Kept in the file as user_version; raise it when older programs could not use what this one writes.</summary>
    public const int Version = 1;

    /// <summary>Kept with each instance; raise it when older programs could not replay a history that this one writes.</summary>
    public const int HistoryFormat = 1;

    /// <summary>Kept in the file as application_id ("SBLR"), so that another program's database is not taken for ours.</summary>
    private const int Application = 0x53424C52;

    private const string Tables = """
        CREATE TABLE instances (
            key INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            orchestration TEXT NOT NULL,
            format INTEGER NOT NULL,
            generation INTEGER NOT NULL,    -- 1, then one more per continue-as-new: answers to a former one are dropped
            status INTEGER NOT NULL,
            last INTEGER NOT NULL,          -- number of the newest row of its history
            ready INTEGER,                  -- since when it has events that no wake has taken
            owner INTEGER,                  -- the runner that wakes it now
            root INTEGER NOT NULL,          -- the topmost parent: calls are shared out fairly among roots
            parent INTEGER,
            parent_generation INTEGER,
            parent_call INTEGER,
            created INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            ended INTEGER,
            tried_by TEXT,                  -- programs that cannot go on with it
            custom TEXT,
            error TEXT,
            output TEXT);
        CREATE INDEX instances_ready ON instances (ready) WHERE ready IS NOT NULL AND owner IS NULL;
        CREATE INDEX instances_owned ON instances (owner) WHERE owner IS NOT NULL;
        CREATE INDEX instances_parent ON instances (parent) WHERE parent IS NOT NULL;
        CREATE INDEX instances_ended ON instances (ended) WHERE ended IS NOT NULL;
        CREATE INDEX instances_held ON instances (key) WHERE status = 5;

        CREATE TABLE history (              -- of the present generation: what reached the instance, and what it called
            instance INTEGER NOT NULL,
            no INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            call INTEGER,
            at INTEGER NOT NULL,
            name TEXT,
            data TEXT,
            PRIMARY KEY (instance, no)) WITHOUT ROWID;

        CREATE TABLE waits (                -- open sleeps (without a name) and waits for events
            instance INTEGER NOT NULL,
            call INTEGER NOT NULL,
            name TEXT,
            due INTEGER,
            PRIMARY KEY (instance, call)) WITHOUT ROWID;
        CREATE INDEX waits_due ON waits (due) WHERE due IS NOT NULL;

        CREATE TABLE activities (           -- open calls
            key INTEGER PRIMARY KEY AUTOINCREMENT,
            instance INTEGER NOT NULL,
            generation INTEGER NOT NULL,
            call INTEGER NOT NULL,
            root INTEGER NOT NULL,
            turn INTEGER,                   -- its place in the queue; null while it waits for a retry
            due INTEGER,                    -- when it is tried again
            owner INTEGER,                  -- the runner that runs it now
            attempt INTEGER NOT NULL,
            name TEXT NOT NULL,
            retry TEXT NOT NULL,
            error TEXT,                     -- of the last attempt
            input TEXT NOT NULL);
        CREATE INDEX activities_instance ON activities (instance);
        CREATE INDEX activities_queue ON activities (turn, key) WHERE turn IS NOT NULL AND owner IS NULL;
        CREATE INDEX activities_root ON activities (root, turn) WHERE turn IS NOT NULL AND owner IS NULL;
        CREATE INDEX activities_due ON activities (due) WHERE due IS NOT NULL;

        CREATE TABLE runners (
            owner INTEGER PRIMARY KEY AUTOINCREMENT,
            process TEXT NOT NULL,
            expires INTEGER NOT NULL);
        """;

    /// <summary>Refuses what is not ours; creates the tables in an empty file.</summary>
    public static void Prepare(Session session, string path, bool readOnly)
    {
        if (Check(session, path))
            return;
        if (readOnly)
            throw new LocalRunnerException($"'{path}' is empty: nothing has run in it yet. Choose another file, or start the program that runs work.");
        session.Run("PRAGMA journal_mode = WAL");
        session.Run("BEGIN IMMEDIATE");
        // Another process may have been faster.
        if (!Check(session, path))
        {
            session.Run(Tables);
            session.Run($"PRAGMA application_id = {Application}");
            session.Run($"PRAGMA user_version = {Version}");
        }

        session.Run("COMMIT");
    }

    /// <returns>False when the file is empty.</returns>
    private static bool Check(Session session, string path)
    {
        if (session.Number("SELECT count(*) FROM sqlite_master") == 0)
            return false;
        if (session.Number("PRAGMA application_id") != Application)
            throw new LocalRunnerException($"'{path}' is a database of something else. Choose another file.");
        var version = session.Number("PRAGMA user_version");
        return version <= Version
            ? true
            : throw new LocalRunnerException(
                $"'{path}' was written by a newer version of this program (schema {version}; this one knows {Version}). Update the program, or choose another file.");
    }
}
