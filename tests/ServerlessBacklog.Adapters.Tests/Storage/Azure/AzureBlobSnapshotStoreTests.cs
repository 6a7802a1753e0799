using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Testing.Azurite;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage.Azure;

public sealed class AzureBlobSnapshotStoreTests(AzuriteFixture azurite) : SnapshotStoreContract, IAsyncLifetime
{
    private AzuritePlace place = null!;

    protected override ISnapshotStore Store => new AzureBlobSnapshotStore(place.Open(), place.Name);

    public async ValueTask InitializeAsync() => place = await AzuritePlace.TakeAsync(azurite);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override async Task<int> CountAsync() =>
        await new BlobContainerClient(place.Connection, place.Name).GetBlobsAsync(BlobTraits.None, BlobStates.Uncommitted, null, None).CountAsync(None);
}
