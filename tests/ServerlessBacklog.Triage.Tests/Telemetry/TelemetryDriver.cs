using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;
using ServerlessBacklog.Triage.Telemetry;
using ServerlessBacklog.Triage.Tests.Orchestrations;

namespace ServerlessBacklog.Triage.Tests.Telemetry;

/// <summary>From the call of a tracker to what is written to it, on the real runner, over stores that outlive it.</summary>
internal sealed class TelemetryDriver : IAsyncDisposable
{
    public const string Backlog = "owner/repo";

    private TelemetryDriver(ITriageStep[] steps) => Runtime = new TriageRuntime(
        () => TriageServices.Build(Store, new InMemorySnapshotStore(), steps, [Tracker], Deliveries, Alarms));

    public InMemoryBacklogStore Store { get; } = new();

    public InMemoryDeliveryStore Deliveries { get; } = new();

    public InMemoryAlarms Alarms { get; } = new();

    public FakeTracker Tracker { get; } = new();

    public TriageRuntime Runtime { get; }

    public Upkeep Upkeep => new(
        [Tracker],
        Store,
        new LiveBacklogs([Tracker], Store),
        Deliveries,
        Alarms,
        Runtime.Services.GetRequiredService<DeliveryStart>(),
        new QueueIntake([], Runtime.Services.GetRequiredService<WebhookIntake>()),
        new BacklogGauges(Store, Deliveries, Alarms, TimeProvider.System),
        new InMemoryPendingStore(),
        TimeProvider.System,
        NullLogger<Upkeep>.Instance);

    public static async Task<TelemetryDriver> CreateAsync(params ITriageStep[] steps)
    {
        var driver = new TelemetryDriver(steps);
        await new KeptSettings(driver.Store).KeepAsync(Backlog, new TriageSettings { Policy = TriageItemDriver.Auto }, CancellationToken.None);
        await driver.Runtime.StartAsync();
        return driver;
    }

    public Task<Received> ReceiveAsync(string title = "Crash on save", string id = "d1", string? secret = FakeHooks.Secret) =>
        Runtime.Services.GetRequiredService<WebhookIntake>().ReceiveAsync("github", FakeHooks.Call($"github:owner/repo#1 {title}", id, secret), CancellationToken.None);

    public Task<int> StartAsync() => Runtime.Services.GetRequiredService<DeliveryStart>().StartPendingAsync(Runtime.Client, 100, CancellationToken.None);

    /// <summary>As far as it goes by itself.</summary>
    public async Task TriageAsync(string title = "Crash on save", string id = "d1")
    {
        await ReceiveAsync(title, id);
        await StartAsync();
        await Runtime.SettleAsync();
    }

    public async Task ApproveAsync()
    {
        var decision = (await Store.LatestDecisionsAsync(Backlog, CancellationToken.None).SingleAsync()).Id;
        await Runtime.Client.RaiseAsync(
            InstanceIds.OfItem(Backlog, An.Ref(1)), ApprovalAnswer.EventName(decision), new ApprovalAnswer(true, "ada"), CancellationToken.None);
        await Runtime.SettleAsync();
    }

    public ValueTask DisposeAsync() => Runtime.DisposeAsync();
}
