namespace ServerlessBacklog.Adapters.Storage.Sqlite;

public sealed record SqliteOptions
{
    /// <summary>How long a call waits for another program that writes; default 15 s.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// From so many pages of 16 KiB on the log is brought into the file, for which writers wait; default 2,000. Fewer make short waits, and
    /// more of them.
    /// </summary>
    public int CheckpointPages { get; init; } = 2000;

    /// <summary>Largest size of the file in pages of 16 KiB; null leaves it to the disk.</summary>
    public int? MaxPages { get; init; }
}
