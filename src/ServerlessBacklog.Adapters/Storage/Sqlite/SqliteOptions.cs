namespace ServerlessBacklog.Adapters.Storage.Sqlite;

public sealed record SqliteOptions
{
    /// <summary>How long a call waits for another program that writes; default 15 s.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Largest size of the file in pages of 16 KiB; null leaves it to the disk.</summary>
    public int? MaxPages { get; init; }
}
