using Microsoft.Extensions.Hosting;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Setup;

/// <summary>
/// Before a host takes anything in: is the storage there, and may we read it? One request; nothing that costs time or memory is loaded.
/// What is wrong stops the host with a sentence that says how to mend it (<see cref="UserErrorException"/>).
/// </summary>
internal sealed class StartupCheck(IWriteStop anyRow) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => anyRow.FindAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>
/// Stands in for everything where settings are wrong: refuses when the host starts, not when it is built, since the Functions host logs what a
/// worker says only then.
/// </summary>
internal sealed class RefusedStart(UserErrorException wrong) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.FromException(wrong);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
