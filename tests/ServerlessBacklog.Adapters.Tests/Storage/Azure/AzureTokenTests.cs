using Azure.Storage.Blobs.Models;
using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Testing.Azurite;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage.Azure;

/// <summary>The contracts once more, signed in with tokens instead of a key: as in the cloud, where keys are switched off.</summary>
public sealed class AzureTableByTokenTests(AzuriteFixture azurite) : TableContract, IAsyncLifetime
{
    private TokenPlace place = null!;
    private AzureTables tables = null!;

    protected override ITableStore Store => tables;

    public async ValueTask InitializeAsync()
    {
        place = await TokenPlace.TakeAsync(azurite);
        Reopen();
    }

    public ValueTask DisposeAsync()
    {
        place.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override ITableStore Reopen() => tables = new AzureTables(place.Open(), place.Name);

    [Fact]
    public async Task A_token_for_something_else_is_refused_with_what_to_do()
    {
        var table = new AzureTables(place.Open("https://graph.microsoft.com"), place.Name).Open("items");

        var refused = await Should.ThrowAsync<UserErrorException>(() => table.UpsertAsync(new TableRow("p", "r", new Dictionary<string, object>()), CancellationToken.None));

        refused.Message.ShouldContain("refused the sign-in");
    }
}

public sealed class AzureBlobByTokenTests(AzuriteFixture azurite) : SnapshotStoreContract, IAsyncLifetime
{
    private TokenPlace place = null!;

    protected override ISnapshotStore Store => new AzureBlobSnapshotStore(place.Open(), place.Name);

    public async ValueTask InitializeAsync() => place = await TokenPlace.TakeAsync(azurite);

    public ValueTask DisposeAsync()
    {
        place.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override async Task<int> CountAsync() =>
        await place.Container().GetBlobsAsync(BlobTraits.None, BlobStates.Uncommitted, null, None).CountAsync(None);
}
