using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Testing.Azurite;

namespace ServerlessBacklog.Adapters.Tests.Storage.Azure;

public sealed class AzureTableTests(AzuriteFixture azurite) : TableContract, IAsyncLifetime
{
    private AzuritePlace place = null!;
    private AzureTables tables = null!;

    protected override ITableStore Store => tables;

    public async ValueTask InitializeAsync()
    {
        place = await AzuritePlace.TakeAsync(azurite);
        Reopen();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override ITableStore Reopen() => tables = new AzureTables(place.Open(), place.Name);
}
