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
