using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Adapters.Tests.Storage.Azure;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Testing.Azurite;
using ServerlessBacklog.Triage.People;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage;

/// <summary>What every store of alarms, of the kill switch and of people must do. Inherit it to run it on an implementation.</summary>
public abstract class SwitchContract
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    protected abstract IAlarms Alarms { get; }

    protected abstract IWriteStop WriteStop { get; }

    protected abstract IPeopleDirectory People { get; }

    /// <summary>The same data, opened anew.</summary>
    protected abstract void Reopen();

    [Fact]
    public async Task Alarms_stand_until_their_cause_is_gone_oldest_first()
    {
        await Alarms.RaiseAsync(new Alarm("hook:github:a/b", "The hook of a/b is off. Switch it on.", An.Instant.AddHours(1)), None);
        await Alarms.RaiseAsync(new Alarm("x", "Ünd \"more\" 🎉", An.Instant), None);

        Reopen();
        (await Alarms.ListAsync(None)).Select(a => a.Key).ShouldBe(["x", "hook:github:a/b"]);

        await Alarms.ClearAsync("x", None);
        await Alarms.ClearAsync("never raised", None);
        (await Alarms.ListAsync(None)).ShouldBe([new Alarm("hook:github:a/b", "The hook of a/b is off. Switch it on.", An.Instant.AddHours(1))]);
    }

    [Fact]
    public async Task An_alarm_raised_again_keeps_since_when_and_takes_the_new_words()
    {
        await Alarms.RaiseAsync(new Alarm("k", "Old words.", An.Instant), None);
        await Alarms.RaiseAsync(new Alarm("k", "Old words.", An.Instant.AddHours(1)), None);
        await Alarms.RaiseAsync(new Alarm("k", "New words.", An.Instant.AddHours(2)), None);
        (await Alarms.ListAsync(None)).ShouldBe([new Alarm("k", "New words.", An.Instant)]);

        await Alarms.ClearAsync("k", None);
        await Alarms.RaiseAsync(new Alarm("k", "Once more.", An.Instant.AddHours(3)), None);

        (await Alarms.ListAsync(None)).ShouldBe([new Alarm("k", "Once more.", An.Instant.AddHours(3))]);
    }

    [Fact]
    public async Task Alarms_that_are_raised_at_once_are_one_for_each_cause()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Alarms.RaiseAsync(new Alarm($"k/{i % 2}", $"Words {i % 4}.", An.Instant), None))));

        (await Alarms.ListAsync(None)).Select(a => a.Key).ShouldBe(["k/0", "k/1"], ignoreOrder: true);
    }

    [Fact]
    public async Task People_are_replaced_as_a_whole_however_many_they_are()
    {
        (await People.LoadAsync(None)).People.ShouldBeEmpty();
        var many = new PeopleDirectory([.. Enumerable.Range(0, 1500).Select(i => new PersonRecord($"Person {i} ü") { GitHub = $"p{i}", AzureDevOps = $"p{i}@contoso.com" })]);

        await People.SaveAsync(many, None);
        (await People.LoadAsync(None)).Version.ShouldBe(many.Version);
        Reopen();
        (await People.LoadAsync(None)).Find("azuredevops", "P1499@contoso.com")!.Name.ShouldBe("Person 1499 ü");
        await People.SaveAsync(new PeopleDirectory([new PersonRecord("Ada") { Slack = "U1" }]), None);

        (await People.LoadAsync(None)).People.ShouldBe([new PersonRecord("Ada") { Slack = "U1" }]);
    }

    [Fact]
    public async Task Writing_is_stopped_until_it_is_allowed_again()
    {
        (await WriteStop.FindAsync(None)).ShouldBeNull();

        await WriteStop.StopAsync(new WriteStop("first", An.Instant), None);
        await WriteStop.StopAsync(new WriteStop("a comment too many: \"ü\"", An.Instant.AddTicks(7)), None);
        Reopen();
        (await WriteStop.FindAsync(None)).ShouldBe(new WriteStop("a comment too many: \"ü\"", An.Instant.AddTicks(7)));

        await WriteStop.AllowAsync(None);
        await WriteStop.AllowAsync(None);
        (await WriteStop.FindAsync(None)).ShouldBeNull();
    }
}

public sealed class SqliteSwitchTests : SwitchContract, IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly List<LocalStorage> opened = [];

    public SqliteSwitchTests() => Reopen();

    protected override IAlarms Alarms => opened[^1].Alarms;

    protected override IWriteStop WriteStop => opened[^1].WriteStop;

    protected override IPeopleDirectory People => opened[^1].People;

    protected override void Reopen() => opened.Add(LocalStorage.Open(directory.Path));

    public void Dispose()
    {
        opened.ForEach(o => o.Dispose());
        directory.Dispose();
    }
}

public sealed class AzureSwitchTests(AzuriteFixture azurite) : SwitchContract, IAsyncLifetime
{
    private AzuritePlace place = null!;
    private ITableStore tables = null!;

    protected override IAlarms Alarms => new AlarmRows(tables);

    protected override IWriteStop WriteStop => new WriteStopRow(tables);

    protected override IPeopleDirectory People => new PeopleRow(tables);

    public async ValueTask InitializeAsync()
    {
        place = await AzuritePlace.TakeAsync(azurite);
        Reopen();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override void Reopen() => tables = new AzureTables(place.Open(), place.Name);
}

/// <summary>The fakes that other tests trust do what real stores do.</summary>
public sealed class InMemorySwitchTests : SwitchContract
{
    protected override IAlarms Alarms { get; } = new InMemoryAlarms();

    protected override IWriteStop WriteStop { get; } = new InMemoryWriteStop();

    protected override IPeopleDirectory People { get; } = new InMemoryPeople();

    protected override void Reopen()
    {
    }
}
