using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Testing;

public sealed class InMemoryWriteStop : IWriteStop
{
    private volatile WriteStop? stop;

    public Task<WriteStop?> FindAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(stop);
    }

    public Task StopAsync(WriteStop stop, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        this.stop = stop;
        return Task.CompletedTask;
    }

    public Task AllowAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        stop = null;
        return Task.CompletedTask;
    }
}
