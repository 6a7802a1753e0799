using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Commands;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Tests.Intake;

/// <summary>Intake over stores in memory, with a client that writes down what it was told.</summary>
internal sealed class IntakeDriver
{
    public const string Backlog = "owner/repo";

    public IntakeDriver()
    {
        Names = new BacklogNames(Store);
        Intake = new WebhookIntake([Tracker], Deliveries, Time);
        var people = PeopleServices.Build(Store, [Tracker], Time);
        Starts = new DeliveryStart([Tracker], Store, Names, Deliveries, people.GetRequiredService<CommandDesk>(), people.GetRequiredService<AuditTrail>(), NullLogger<DeliveryStart>.Instance);
    }

    public FakeTracker Tracker { get; } = new();

    public FakeHooks Hooks => Tracker.Webhooks;

    public InMemoryBacklogStore Store { get; } = new();

    public InMemoryDeliveryStore Deliveries { get; } = new();

    public FakeTimeProvider Time { get; } = new(An.Instant);

    public WrittenClient Client { get; } = new();

    public BacklogNames Names { get; }

    public WebhookIntake Intake { get; }

    public DeliveryStart Starts { get; }

    public Task<Received> ReceiveAsync(string body, string id = "1", string? secret = FakeHooks.Secret, string tracker = "github") =>
        Intake.ReceiveAsync(tracker, FakeHooks.Call(body, id, secret), CancellationToken.None);

    public Task<int> StartAsync() => Starts.StartPendingAsync(Client, 100, CancellationToken.None);

    public async Task<WorkItem?> ItemAsync(object number) =>
        (await Store.FindItemsAsync(Backlog, [An.Ref(number)], CancellationToken.None)).SingleOrDefault();

    public Task<IReadOnlyList<Delivery>> PendingAsync() => Deliveries.PendingAsync(100, CancellationToken.None);

    public async Task<Delivery> DeliveryAsync() => (await Deliveries.RecentAsync(100, CancellationToken.None)).ShouldHaveSingleItem();
}

/// <summary>Starts nothing and writes down what it was asked for.</summary>
internal sealed class WrittenClient : IOrchestrationClient
{
    private readonly HashSet<string> running = [];

    public List<string> Asked { get; } = [];

    /// <summary>Called before a start; may throw.</summary>
    public Action Before { get; set; } = () => { };

    public void Runs(string id) => running.Add(id);

    public Task<StartAnswer> StartAsync<TIn, TOut>(OrchestrationRef<TIn, TOut> orchestration, string id, TIn input, CancellationToken cancellation)
    {
        Before();
        if (running.Contains(id))
            return Task.FromResult(StartAnswer.AlreadyRunning);
        Asked.Add(input is TriageItemInput item ? $"triage {item.Item} of {item.Backlog}" : $"start {id}");
        return Task.FromResult(StartAnswer.Started);
    }

    public Task<RaiseAnswer> RaiseAsync<T>(string id, string name, T payload, CancellationToken cancellation)
    {
        if (!running.Contains(id))
            return Task.FromResult(RaiseAnswer.NotFound);
        Asked.Add($"tell {id} {payload}");
        return Task.FromResult(RaiseAnswer.Delivered);
    }

    public Task<InstanceState?> FindAsync(string id, CancellationToken cancellation) => Task.FromResult<InstanceState?>(null);

    public Task<bool> TerminateAsync(string id, string reason, CancellationToken cancellation) => Task.FromResult(false);
}
