using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Testing.Azurite;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage.Azure;

public sealed class AzureBacklogStoreTests(AzuriteFixture azurite) : BacklogStoreContract, IAsyncLifetime
{
    private AzuritePlace place = null!;
    private BacklogStore store = null!;

    protected override IBacklogStore Store => store;

    public async ValueTask InitializeAsync()
    {
        place = await AzuritePlace.TakeAsync(azurite);
        Reopen();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override IBacklogStore Reopen() => store = new BacklogStore(new AzureTables(place.Open(), place.Name), Time);
}
