using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Adapters.Storage.Deliveries;
using ServerlessBacklog.Adapters.Tests.Storage.Azure;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Testing.Azurite;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage.Deliveries;

public sealed class SqliteDeliveryStoreTests : DeliveryStoreContract, IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly List<LocalStorage> opened = [];

    public SqliteDeliveryStoreTests() => Reopen();

    protected override IDeliveryStore Store => opened[^1].Deliveries;

    protected override IDeliveryStore Reopen()
    {
        opened.Add(LocalStorage.Open(directory.Path));
        return Store;
    }

    [Fact]
    public async Task A_long_body_lies_beside_the_rows_until_its_delivery_is_forgotten()
    {
        var body = new byte[200_000];
        new Random(1).NextBytes(body);
        await Store.AddAsync(A(1) with { Body = body }, None);
        Bodies().ShouldBe(1);

        await Store.MarkAsync(A(1), DeliveryState.Started, null, None);
        await Store.PurgeAsync(A(2).ReceivedAt, None);

        Bodies().ShouldBe(0);
    }

    [Fact]
    public async Task A_body_that_is_lost_does_not_hold_up_the_others()
    {
        var body = new byte[200_000];
        new Random(1).NextBytes(body);
        await Store.AddAsync(A(1) with { Body = body }, None);
        await Store.AddAsync(A(2), None);
        await opened[^1].Snapshots.DeleteAsync("deliveries/github/d1", None);

        var waiting = await Store.PendingAsync(10, None);

        waiting.Select(d => (d.Id, d.Body.IsEmpty)).ShouldBe([("d1", true), ("d2", false)]);
    }

    [Fact]
    public async Task A_body_that_is_easily_packed_needs_no_place_of_its_own()
    {
        await Store.AddAsync(A(1) with { Body = new byte[1_000_000] }, None);

        Bodies().ShouldBe(0);
        (await Store.PendingAsync(1, None)).Single().Body.Length.ShouldBe(1_000_000);
    }

    public void Dispose()
    {
        opened.ForEach(o => o.Dispose());
        directory.Dispose();
    }

    private int Bodies() => Directory.Exists(directory.File("snapshots")) ? Directory.GetFiles(directory.File("snapshots")).Length : 0;
}

public sealed class AzureDeliveryStoreTests(AzuriteFixture azurite) : DeliveryStoreContract, IAsyncLifetime
{
    private AzuritePlace place = null!;
    private DeliveryStore store = null!;

    protected override IDeliveryStore Store => store;

    public async ValueTask InitializeAsync()
    {
        place = await AzuritePlace.TakeAsync(azurite);
        Reopen();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override IDeliveryStore Reopen() =>
        store = new DeliveryStore(new AzureTables(place.Open(), place.Name), new AzureBlobSnapshotStore(place.Open(), place.Name));
}

/// <summary>The fake that other tests trust does what real stores do.</summary>
public sealed class InMemoryDeliveryStoreTests : DeliveryStoreContract
{
    protected override IDeliveryStore Store { get; } = new InMemoryDeliveryStore();

    protected override IDeliveryStore Reopen() => Store;
}
