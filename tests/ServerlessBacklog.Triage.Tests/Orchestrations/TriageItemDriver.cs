using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;
using ServerlessBacklog.Triage.Telemetry;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Tests.Orchestrations;

/// <summary>One item, number 1, that is triaged on the real runner, with a tracker that can be written to.</summary>
internal sealed class TriageItemDriver : IAsyncDisposable
{
    public const string Backlog = "owner/repo";

    /// <summary>Closes at once, for tests of what is not about the wait.</summary>
    public static WaitSettings NoWaits { get; } = new() { DuplicateDays = 0, NotPlannedDays = 0 };

    private TriageItemDriver(ITriageStep[] steps, bool oneByOne)
    {
        Steps = steps;
        Tracker.Now = () => Runtime!.Now;
        Tracker.Roles["ada"] = TrackerRole.Triager;
        Runtime = new TriageRuntime(() => TriageServices.Build(Store, Bodies, Steps, [Tracker], alarms: Alarms, writes: Writes, pending: Pending, audit: Audit, time: Runtime!.Time, models: Models)) { OneByOne = oneByOne };
    }

    /// <summary>Sure changes are applied, those from 0.60 on are asked about.</summary>
    public static DecisionPolicy Auto { get; } = new() { Fallback = new StepPolicy(Autonomy.Auto) };

    public static AddLabel Bug { get; } = new(new Label("bug"));

    public static string Id { get; } = InstanceIds.OfItem(Backlog, An.Ref(1));

    public InMemoryBacklogStore Store { get; } = new();

    public InMemorySnapshotStore Bodies { get; } = new();

    public FakeTracker Tracker { get; } = new();

    public InMemoryPendingStore Pending { get; } = new();

    public InMemoryAlarms Alarms { get; } = new();

    public InMemoryWriteStop Writes { get; } = new();

    public InMemoryAuditLog Audit { get; } = new();

    /// <summary>The model of the services that are built next; none by default.</summary>
    public ModelSetup Models { get; set; } = ModelSetup.None;

    public IReadOnlyList<ITriageStep> Steps { get; }

    public TriageRuntime Runtime { get; }

    public IOrchestrationClient Client => Runtime.Client;

    /// <summary>A runtime that runs, a stored item, nothing started.</summary>
    public static Task<TriageItemDriver> CreateAsync(DecisionPolicy policy, params ITriageStep[] steps) => CreateAsync(policy, oneByOne: false, steps);

    public static Task<TriageItemDriver> CreateAsync(DecisionPolicy policy, bool oneByOne, params ITriageStep[] steps) =>
        CreateAsync(new TriageSettings { Policy = policy, Waits = NoWaits }, oneByOne, steps);

    public static async Task<TriageItemDriver> CreateAsync(TriageSettings settings, bool oneByOne, params ITriageStep[] steps)
    {
        var driver = new TriageItemDriver(steps, oneByOne);
        await new KeptSettings(driver.Store).KeepAsync(Backlog, settings, CancellationToken.None);
        await driver.SaveAsync(An.Item(1));
        await driver.Runtime.StartAsync();
        return driver;
    }

    /// <summary>An item that was triaged as far as it goes by itself.</summary>
    public static async Task<TriageItemDriver> TriageAsync(DecisionPolicy policy, params ITriageStep[] steps)
    {
        var driver = await CreateAsync(policy, steps);
        await driver.TriageAsync();
        return driver;
    }

    /// <summary>What timers do, on the clock of the runtime.</summary>
    public Upkeep Upkeep => new(
        [Tracker], Store, new LiveBacklogs([Tracker], Store), new InMemoryDeliveryStore(), Alarms, Runtime.Services.GetRequiredService<DeliveryStart>(),
        new QueueIntake([], Runtime.Services.GetRequiredService<WebhookIntake>()), new BacklogGauges(Store, new InMemoryDeliveryStore(), Alarms, Runtime.Time), Pending, Runtime.Time,
        NullLogger<Upkeep>.Instance);

    public Task SaveAsync(params WorkItem[] items) => Store.SaveItemsAsync(Backlog, items, CancellationToken.None);

    /// <summary>What a delivery does: it starts the triage of the item, or tells the instance that is at it.</summary>
    public async Task<TriageStart> TellAsync(WorkItem? item = null)
    {
        item ??= (await Store.FindItemsAsync(Backlog, [An.Ref(1)], CancellationToken.None)).Single();
        await SaveAsync(item);
        return await ItemTriage.StartAsync(Client, Backlog, item.Ref, ContentHash.Of(item), CancellationToken.None);
    }

    /// <summary>As <see cref="TellAsync"/>, and lets it go as far as it can.</summary>
    public async Task<TriageStart> TriageAsync(WorkItem? item = null)
    {
        var start = await TellAsync(item);
        await Runtime.SettleAsync();
        return start;
    }

    /// <summary>Answers the ask of a decision, by default of the latest one.</summary>
    public async Task<RaiseAnswer> AnswerAsync(bool approved, string? decision = null, string? note = null)
    {
        decision ??= (await DecisionAsync()).Id;
        var answer = await Client.RaiseAsync(Id, ApprovalAnswer.EventName(decision), new ApprovalAnswer(approved, "ada", note), CancellationToken.None);
        await Runtime.SettleAsync();
        return answer;
    }

    /// <summary>A service of the process that runs now.</summary>
    public T Get<T>()
        where T : notnull => Runtime.Services.GetRequiredService<T>();

    public async Task<InstanceState> StateAsync() => (await Client.FindAsync(Id, CancellationToken.None)).ShouldNotBeNull();

    /// <summary>What the instance that waits shows of its ask.</summary>
    public async Task<AskStatus> AskAsync()
    {
        var state = await StateAsync();
        state.Status.ShouldBe(InstanceStatus.Running, state.Error ?? state.Output);
        return WorkflowJson.Read<AskStatus>(state.CustomStatus.ShouldNotBeNull("It asks nobody."), "status");
    }

    public async Task<TriageItemResult> ResultAsync()
    {
        var state = await StateAsync();
        state.Status.ShouldBe(InstanceStatus.Completed, state.Error ?? state.CustomStatus);
        return state.OutputAs<TriageItemResult>();
    }

    public Task<IReadOnlyList<Decision>> DecisionsAsync() => Store.DecisionsAsync(Backlog, An.Ref(1), CancellationToken.None);

    public async Task<Decision> DecisionAsync() => await Store.LatestDecisionsAsync(Backlog, CancellationToken.None).SingleAsync();

    public async Task<DecisionOutcome> OutcomeAsync(string? decision = null) =>
        (await Store.OutcomeAsync(Backlog, An.Ref(1), decision ?? (await DecisionAsync()).Id, CancellationToken.None)).ShouldNotBeNull("Nothing became of it.");

    public Task<IReadOnlyList<ExaminedFinding>> FindingsAsync() => Store.FindingsAsync(Backlog, An.Ref(1), CancellationToken.None);

    public ValueTask DisposeAsync() => Runtime.DisposeAsync();
}
