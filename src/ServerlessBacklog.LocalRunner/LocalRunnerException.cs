using Microsoft.Data.Sqlite;

namespace ServerlessBacklog.LocalRunner;

/// <summary>The file cannot be used. The message names it and says what to do. Nothing was half-written.</summary>
public sealed class LocalRunnerException : IOException
{
    public LocalRunnerException()
    {
    }

    public LocalRunnerException(string message)
        : base(message)
    {
    }

    public LocalRunnerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What a SQLite error means for the user (codes: https://sqlite.org/rescode.html).</summary>
    internal static LocalRunnerException Of(SqliteException fault, string path) => new($"'{path}' {Sentence(fault)}", fault);

    private static string Sentence(SqliteException fault) => fault.SqliteErrorCode switch
    {
        3 or 23 => "may not be used by this account. Give the account read and write permission, or choose another file.",
        5 or 6 => "is in use by another program that does not let go. Wait for it or end it, then try again.",
        8 => "cannot be written. Give this account write permission on the file and its directory, or choose another file.",
        10 => "cannot be read or written: the disk reports an error. Check the disk, or choose another file.",
        11 => "is damaged. Move it away and start with a new file or a backup; what ran in it is started again by whoever started it.",
        13 => "cannot grow: the disk is full. Free some space; the work then goes on by itself.",
        14 => "cannot be opened: it is a directory, or its directory is missing or may not be written. Choose another file.",
        26 => "is not a database. Move it away, or choose another file.",
        _ => $"cannot be used: {fault.Message} Choose another file, or restore a backup.",
    };
}
