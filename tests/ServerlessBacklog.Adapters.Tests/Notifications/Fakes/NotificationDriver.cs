using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Adapters.Tests.Storage;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Notifications;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Adapters.Tests.Notifications.Fakes;

/// <summary>The desk over a real store, at a time of the test's choosing, with channels that do what the test wants.</summary>
internal sealed class NotificationDriver : IDisposable
{
    public const string Backlog = "owner/repo";

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private readonly TemporaryDirectory directory = new();
    private readonly LocalStorage storage;

    /// <param name="now">A Tuesday noon in UTC unless told otherwise.</param>
    public NotificationDriver(DateTimeOffset? now = null, params INotificationChannel[] channels)
    {
        Time = new FakeTimeProvider(now ?? new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero));
        storage = LocalStorage.Open(directory.File("data"), Time);
        Store = new NotificationRows(storage.Tables);
        Subscriptions = new Subscriptions(new KeptSettings(storage.Backlogs), Store, Time);
        Links = new NotificationLinks(new NotificationSite(new Uri("https://backlog.example.com/")), Subscriptions, Store);
        Channels = channels.Length > 0 ? channels : [Email, Slack, Teams];
        Desk = NewDesk();
    }

    public FakeTimeProvider Time { get; }

    public INotificationStore Store { get; }

    public Subscriptions Subscriptions { get; }

    public NotificationLinks Links { get; }

    public IAlarms Alarms => storage.Alarms;

    public FakeChannel Email { get; } = new("email");

    public FakeChannel Slack { get; } = new("slack");

    public FakeChannel Teams { get; } = new("teams");

    public IReadOnlyList<INotificationChannel> Channels { get; }

    public FakeDigests Digests { get; } = new();

    public CapturedLog Log { get; } = new();

    public NotificationDesk Desk { get; }

    /// <param name="store">Over which it works; null for the driver's own.</param>
    public NotificationDesk NewDesk(INotificationStore? store = null)
    {
        var used = store ?? Store;
        var ledger = new Ledger(used, Alarms, Links, Time, Log.For<Ledger>());
        return new NotificationDesk(Subscriptions, ledger, used, Channels, Alarms, Time, Log.For<NotificationDesk>(), Digests);
    }

    public Task WantAsync(string to, params DigestKind[] kinds) => WantAsync(new SubscriberChoice { To = to, Digests = kinds, Person = "ada" });

    public Task WantAsync(SubscriberChoice choice) => Subscriptions.ChooseAsync(Backlog, choice, Stop);

    public Task RunAsync() => Desk.RunAsync(Backlog, Stop);

    public async Task<IReadOnlyList<Sending>> RowsAsync() => await Store.LatestAsync(Backlog, 100, Stop);

    public async Task<Sending> RowAsync() => (await RowsAsync()).ShouldHaveSingleItem();

    public void Dispose()
    {
        storage.Dispose();
        directory.Dispose();
    }
}

/// <summary>All that was logged, with every value.</summary>
internal sealed class CapturedLog
{
    private readonly List<string> lines = [];

    public string All
    {
        get
        {
            lock (lines)
                return string.Join('\n', lines);
        }
    }

    public ILogger<T> For<T>() => new Logger<T>(this);

    private sealed class Logger<T>(CapturedLog log) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (log.lines)
                log.lines.Add($"{logLevel} {formatter(state, exception)} {state} {exception}");
        }
    }
}
