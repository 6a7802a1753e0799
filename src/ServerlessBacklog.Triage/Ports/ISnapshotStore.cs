namespace ServerlessBacklog.Triage.Ports;

/// <summary>Keeps large bodies (index snapshots, raw deliveries) outside rows: files on a laptop, blobs on Azure.</summary>
public interface ISnapshotStore
{
    /// <summary>The stored body, or null. The caller disposes the stream.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken cancellation);

    /// <summary>Replaces the body in one step: readers see the old or the new one, never a part.</summary>
    Task SaveAsync(string name, Func<Stream, Task> write, CancellationToken cancellation);

    /// <summary>Deletes a body; one that is not there is no fault.</summary>
    Task DeleteAsync(string name, CancellationToken cancellation);
}
