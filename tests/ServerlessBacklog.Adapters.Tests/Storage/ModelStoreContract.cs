using System.Security.Cryptography;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Adapters.Tests.Storage.Azure;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Testing.Azurite;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage;

/// <summary>What every ledger and every cache of language models must do. Inherit it to run it on an implementation.</summary>
public abstract class ModelStoreContract
{
    private const string Backlog = "Shop / ünd #1";
    private static readonly DateOnly Today = new(2026, 3, 1);
    private static readonly string Key = new('a', 64);
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    protected abstract IModelLedger Ledger { get; }

    protected abstract IModelCache Cache { get; }

    /// <summary>The same data, opened anew.</summary>
    protected abstract void Reopen();

    [Fact]
    public async Task What_was_used_adds_up_by_backlog_and_day()
    {
        (await Ledger.UsedAsync(Backlog, Today, None)).ShouldBe(new ModelUse());
        await Ledger.AddAsync(Backlog, Today, new ModelUse(1, 0, 1200, 1024, 80, 0.000123456789m), None);
        await Ledger.AddAsync(Backlog, Today, new ModelUse(1, 2, 300, 0, 20, 0.1m), None);
        await Ledger.AddAsync(Backlog, Today.AddDays(1), new ModelUse(7), None);
        await Ledger.AddAsync("other", Today, new ModelUse(9), None);

        Reopen();

        (await Ledger.UsedAsync(Backlog, Today, None)).ShouldBe(new ModelUse(2, 2, 1500, 1024, 100, 0.100123456789m));
        (await Ledger.UsedAsync(Backlog, Today.AddDays(1), None)).Calls.ShouldBe(7);
    }

    [Fact]
    public async Task Nothing_is_lost_when_several_processes_add_at_once()
    {
        var processes = Enumerable.Range(0, 4).Select(_ =>
        {
            Reopen();
            return Ledger;
        }).ToList();

        await Task.WhenAll(processes.SelectMany(ledger => Enumerable.Range(0, 15).Select(_ => Task.Run(() => ledger.AddAsync(Backlog, Today, new ModelUse(1, 0, 10, 0, 3, 0.01m), None), None))));

        (await Ledger.UsedAsync(Backlog, Today, None)).ShouldBe(new ModelUse(60, 0, 600, 0, 180, 0.60m));
    }

    [Fact]
    public async Task An_answer_is_found_again_by_what_was_asked_in_its_backlog_alone()
    {
        (await Cache.FindAsync(Backlog, Key, None)).ShouldBeNull();
        await Cache.SaveAsync(Backlog, Key, """{"answer":"ünd \"more\" 🎉"}""", An.Instant, None);

        Reopen();

        (await Cache.FindAsync(Backlog, Key, None)).ShouldBe("""{"answer":"ünd \"more\" 🎉"}""");
        (await Cache.FindAsync("other", Key, None)).ShouldBeNull();
        await Cache.SaveAsync(Backlog, Key, "newer", An.Instant, None);
        (await Cache.FindAsync(Backlog, Key, None)).ShouldBe("newer");
    }

    [Fact]
    public async Task Answers_of_any_length_come_back_whole_and_go_whole()
    {
        // Random text does not compress, so that it needs more than one row.
        var long1 = Convert.ToBase64String(RandomNumberGenerator.GetBytes(1_500_000));
        await Cache.SaveAsync(Backlog, Key, long1, An.Instant, None);

        (await Cache.FindAsync(Backlog, Key, None)).ShouldBe(long1);
        (await Cache.PurgeAsync(Backlog, null, None)).ShouldBe(1);
        (await Cache.FindAsync(Backlog, Key, None)).ShouldBeNull();
        await NothingIsLeftAsync(Backlog);
    }

    [Fact]
    public async Task Old_answers_are_purged_and_newer_ones_stay()
    {
        for (var i = 0; i < 120; i++)
            await Cache.SaveAsync(Backlog, Convert.ToHexStringLower(SHA256.HashData([(byte)i])), $"{i}", An.Instant.AddMinutes(i), None);
        await Cache.SaveAsync("other", Key, "kept", An.Instant, None);

        (await Cache.PurgeAsync(Backlog, An.Instant.AddMinutes(110), None)).ShouldBe(110);
        (await Cache.FindAsync(Backlog, Convert.ToHexStringLower(SHA256.HashData([109])), None)).ShouldBeNull();
        (await Cache.FindAsync(Backlog, Convert.ToHexStringLower(SHA256.HashData([110])), None)).ShouldBe("110");
        (await Cache.PurgeAsync(Backlog, null, None)).ShouldBe(10);
        (await Cache.FindAsync("other", Key, None)).ShouldBe("kept");
    }

    /// <summary>Looks beneath the cache, where it lies in tables.</summary>
    protected virtual Task NothingIsLeftAsync(string backlog) => Task.CompletedTask;

    protected static async Task NothingIsLeftAsync(ITableStore tables, string backlog)
    {
        var table = tables.Open(Keys.ModelCacheTable);
        foreach (var partition in new[] { Keys.Backlog(backlog), Keys.Continuations(Keys.Backlog(backlog)) })
            (await table.RangeAsync(partition, RowKeyRange.All, [], None).ToListAsync(None)).ShouldBeEmpty();
    }
}

public sealed class SqliteModelStoreTests : ModelStoreContract, IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly List<LocalStorage> opened = [];

    public SqliteModelStoreTests() => Reopen();

    protected override IModelLedger Ledger => opened[^1].ModelLedger;

    protected override IModelCache Cache => opened[^1].ModelCache;

    protected override void Reopen() => opened.Add(LocalStorage.Open(directory.Path));

    protected override Task NothingIsLeftAsync(string backlog) => NothingIsLeftAsync(opened[^1].Tables, backlog);

    public void Dispose()
    {
        opened.ForEach(o => o.Dispose());
        directory.Dispose();
    }
}

public sealed class AzureModelStoreTests(AzuriteFixture azurite) : ModelStoreContract, IAsyncLifetime
{
    private AzuritePlace place = null!;
    private AzureTables tables = null!;

    protected override IModelLedger Ledger => new ModelUseRows(tables);

    protected override IModelCache Cache => new ModelCacheRows(tables);

    public async ValueTask InitializeAsync()
    {
        place = await AzuritePlace.TakeAsync(azurite);
        Reopen();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override void Reopen() => tables = new AzureTables(place.Open(), place.Name);

    protected override Task NothingIsLeftAsync(string backlog) => NothingIsLeftAsync(tables, backlog);
}

/// <summary>The fakes that other tests trust do what real stores do.</summary>
public sealed class InMemoryModelStoreTests : ModelStoreContract
{
    protected override IModelLedger Ledger { get; } = new InMemoryModelLedger();

    protected override IModelCache Cache { get; } = new InMemoryModelCache();

    protected override void Reopen()
    {
    }
}
