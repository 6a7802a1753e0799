using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.Http;

/// <summary>
/// The last thing before the network, after all waiting: while the write stop is on, no write gets past it, whoever sends it and for
/// whatever reason. When the stop cannot be read nothing is written either: the fault rises.
/// </summary>
internal sealed class WriteStopHandler(IWriteStop stop) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (await RequestKinds.ReadAsync(request, cancellationToken) == RequestKind.Write
            && await stop.FindAsync(cancellationToken) is { } found)
            throw new WritesStoppedException($"Writing is switched off since {found.Since:u}: {found.Why}");
        return await base.SendAsync(request, cancellationToken);
    }
}
