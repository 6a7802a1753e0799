namespace ServerlessBacklog.Triage.Ports;

/// <summary>The kill switch: while it is on, nothing is written to any tracker. Reading, deciding and recording go on.</summary>
public interface IWriteStop
{
    /// <summary>Why writing is stopped, and since when; null when it is not. Read anew every time, so that it holds at once in every process.</summary>
    Task<WriteStop?> FindAsync(CancellationToken cancellation);

    Task StopAsync(WriteStop stop, CancellationToken cancellation);

    Task AllowAsync(CancellationToken cancellation);
}

public sealed record WriteStop(string Why, DateTimeOffset Since);
