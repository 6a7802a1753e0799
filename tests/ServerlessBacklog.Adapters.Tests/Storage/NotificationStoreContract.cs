using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Adapters.Tests.Notifications.Fakes;
using ServerlessBacklog.Adapters.Tests.Storage.Azure;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Testing.Azurite;
using ServerlessBacklog.Triage.Chat;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Notifications;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage;

/// <summary>What every store of messages and of what was said in chats must do.</summary>
public abstract class NotificationStoreContract
{
    private const string Backlog = "owner/repo";

    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    protected abstract INotificationStore Store { get; }

    protected abstract IChatStore Chats { get; }

    [Fact]
    public async Task A_row_begins_once_and_is_replaced_by_whoever_read_it_last()
    {
        var begun = (await Store.BeginAsync(Backlog, Row("k/1 ü#?", SendState.Pending) with { Digest = FakeDigests.Of(DigestKind.Alert, "x") }, None)).ShouldNotBeNull();
        (await Store.BeginAsync(Backlog, Row("k/1 ü#?", SendState.Pending), None)).ShouldBeNull();
        (await Store.FindAsync("other", "k/1 ü#?", None)).ShouldBeNull();

        var read = (await Store.FindAsync(Backlog, "k/1 ü#?", None)).ShouldNotBeNull();
        read.Digest.ShouldNotBeNull().Sections[0].Chart.ShouldNotBeNull().Series[0].Values.ShouldBe([10, 12]);
        (await Store.ReplaceAsync(Backlog, begun with { State = SendState.Sent, Digest = null }, None)).ShouldNotBeNull();

        (await Store.ReplaceAsync(Backlog, read with { State = SendState.Unknown }, None)).ShouldBeNull();
        (await Store.FindAsync(Backlog, "k/1 ü#?", None))!.State.ShouldBe(SendState.Sent);
    }

    [Fact]
    public async Task Rows_that_are_not_settled_are_found_and_old_ones_forgotten()
    {
        foreach (var state in Enum.GetValues<SendState>())
            await Store.BeginAsync(Backlog, Row($"{state}", state) with { ChangedAt = An.Instant.AddDays((int)state) }, None);

        (await Store.OpenAsync(Backlog, None)).Select(o => o.State).ShouldBe([SendState.Held, SendState.Pending, SendState.Later], ignoreOrder: true);
        (await Store.LatestAsync(Backlog, 2, None)).Select(o => o.State).ShouldBe([SendState.Nothing, SendState.GivenUp]);
        await Store.PurgeAsync(Backlog, An.Instant.AddDays(6), None);
        (await Store.LatestAsync(Backlog, 100, None)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Choices_pauses_and_the_key_are_kept()
    {
        await Store.SaveChoiceAsync(Backlog, new SubscriberChoice { To = "email:ada@example.com", Hour = 9, Off = [DigestKind.Team] }, None);
        await Store.SaveChoiceAsync(Backlog, new SubscriberChoice { To = "email:ada@example.com", Hour = 10, Weekday = DayOfWeek.Friday, IsOff = true }, None);
        await Store.PauseAsync(new PausedAddress("slack:a", "gone", An.Instant), None);
        await Store.PauseAsync(new PausedAddress("slack:b", "gone", An.Instant), None);
        await Store.ResumeAsync("slack:a", None);
        await Store.ResumeAsync("slack:never", None);

        (await Store.ChoicesAsync(Backlog, None)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(c => (c.Hour, c.Weekday, c.IsOff).ShouldBe((10, DayOfWeek.Friday, true)), c => c.Off.ShouldBeEmpty());
        (await Store.ChoicesAsync("other", None)).ShouldBeEmpty();
        (await Store.PausedAsync(None)).ShouldBe([new PausedAddress("slack:b", "gone", An.Instant)]);
        (await Store.LinkKeyAsync(None)).ShouldBe(await Store.LinkKeyAsync(None));
        (await Store.LinkKeyAsync(None)).Length.ShouldBe(32);
    }

    [Fact]
    public async Task What_was_said_is_taken_up_by_one_at_a_time_and_forgotten_when_it_is_done()
    {
        var said = new ChatRequest { Key = "slack-1", Channel = "slack", User = "U1", Act = ChatAct.Say, At = An.Instant, Text = "#1 status", Item = An.Ref(1), ReplyTo = new Uri("https://hooks.slack.com/x") };
        var added = (await Chats.AddAsync(said, None)).ShouldNotBeNull();
        (await Chats.AddAsync(said, None)).ShouldBeNull();

        (await Chats.WaitingAsync(An.Instant, None)).ShouldBeEmpty();
        (await Chats.WaitingAsync(An.Instant.AddSeconds(1), None)).ShouldHaveSingleItem().Item.ShouldBe(An.Ref(1));
        var claimed = (await Chats.ClaimAsync(added, An.Instant.AddMinutes(1), None)).ShouldNotBeNull();
        claimed.Attempts.ShouldBe(1);
        (await Chats.ClaimAsync(added, An.Instant.AddMinutes(1), None)).ShouldBeNull();
        (await Chats.WaitingAsync(An.Instant.AddMinutes(1), None)).ShouldBeEmpty();
        (await Chats.WaitingAsync(An.Instant.AddMinutes(2), None)).ShouldHaveSingleItem().Attempts.ShouldBe(1);

        await Chats.EndAsync(claimed, None);
        (await Chats.WaitingAsync(An.Instant.AddDays(1), None)).ShouldBeEmpty();
        (await Chats.AddAsync(said, None)).ShouldBeNull();
        await Chats.PurgeAsync(An.Instant.AddSeconds(1), None);
        (await Chats.AddAsync(said, None)).ShouldNotBeNull();
    }

    private static Sending Row(string key, SendState state) => new() { Key = key, Kind = DigestKind.Team, Window = "w", To = "email:ada@example.com", State = state, At = An.Instant, ChangedAt = An.Instant };
}

public sealed class SqliteNotificationStoreTests : NotificationStoreContract, IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly LocalStorage storage;

    public SqliteNotificationStoreTests() => storage = LocalStorage.Open(directory.Path);

    protected override INotificationStore Store => new NotificationRows(storage.Tables);

    protected override IChatStore Chats => new ChatRows(storage.Tables);

    public void Dispose()
    {
        storage.Dispose();
        directory.Dispose();
    }
}

public sealed class AzureNotificationStoreTests(AzuriteFixture azurite) : NotificationStoreContract, IAsyncLifetime
{
    private ITableStore tables = null!;

    protected override INotificationStore Store => new NotificationRows(tables);

    protected override IChatStore Chats => new ChatRows(tables);

    public async ValueTask InitializeAsync()
    {
        var place = await AzuritePlace.TakeAsync(azurite);
        tables = new AzureTables(place.Open(), place.Name);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
