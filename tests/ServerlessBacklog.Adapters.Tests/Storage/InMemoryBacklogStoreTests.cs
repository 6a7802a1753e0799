using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage;

/// <summary>The fake that other tests trust does what real stores do.</summary>
public sealed class InMemoryBacklogStoreTests : BacklogStoreContract
{
    protected override IBacklogStore Store { get; } = new InMemoryBacklogStore();

    protected override IBacklogStore Reopen() => Store;
}
