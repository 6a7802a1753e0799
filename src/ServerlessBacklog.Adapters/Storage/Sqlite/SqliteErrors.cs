using Microsoft.Data.Sqlite;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage.Sqlite;

/// <summary>Says in a sentence what a SQLite error means for the user and what to do (codes: https://sqlite.org/rescode.html).</summary>
internal static class SqliteErrors
{
    public static Exception Explain(SqliteException fault, string path) => fault.SqliteErrorCode switch
    {
        3 or 23 => User(path, fault, "may not be used by this account. Give the account read and write permission, or choose another --data-dir."),
        5 or 6 => User(path, fault, "is in use by another program that does not let go. Wait for it or end it, then try again."),
        8 => User(path, fault, "cannot be written. Give this account write permission on the file and its directory, or choose another --data-dir."),
        10 => User(path, fault, "cannot be read or written: the disk reports an error. Check the disk, or choose another --data-dir."),
        11 => User(path, fault, "is damaged. Move it away and import the backlog again; decisions may be read from a backup."),
        13 => User(path, fault, "cannot grow: the disk is full. Free some space, then try again; nothing was half-written."),
        14 => User(path, fault, "cannot be opened: it is a directory, or its directory is missing or may not be written. Choose another --data-dir."),
        26 => User(path, fault, "is not a data file of this program. Move it away, or choose another --data-dir."),
        _ => fault,
    };

    private static UserErrorException User(string path, Exception fault, string sentence) => new($"'{path}' {sentence}", fault);
}
