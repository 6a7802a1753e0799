using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Adapters.Models;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.StandIns.Models;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Advice;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Privacy;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Adapters.Tests.Advice;

/// <summary>All steps over some items, advised by a scripted model over real HTTP.</summary>
internal sealed class AdvisedBacklog : IAsyncDisposable
{
    public const string Name = "owner/repo";
    public const string Model = "scripted";
    private const string Key = "key-of-tests";

    private readonly ModelConnection connection;

    private AdvisedBacklog(ModelStandIn model, ModelOptions options, PrivacySettings privacy, AnswerLook? look)
    {
        Service = model;
        connection = ModelConnection.Open(options, TimeProvider.System);
        Setup = connection.Setup;
        Budget = new ModelBudget(Setup, Ledger, Time);
        Desk = new ModelDesk(Setup, Budget, Cache, privacy, Time, look);
        Proofs = new PromptProofs(new InMemorySnapshotStore());
        Advisor = new Advisor(Setup, Desk, Store, Proofs, AdviceList.All);
        Examiner = new Examiner(TriageSteps.All, new StepRunner(NullLogger<StepRunner>.Instance, Advisor));
    }

    public ModelStandIn Service { get; }

    public ModelSetup Setup { get; }

    public ModelDesk Desk { get; }

    public ModelBudget Budget { get; }

    public Advisor Advisor { get; }

    public PromptProofs Proofs { get; }

    public Examiner Examiner { get; }

    public InMemoryModelLedger Ledger { get; } = new();

    public InMemoryModelCache Cache { get; } = new();

    public InMemoryBacklogStore Store { get; } = new();

    public FakeTimeProvider Time { get; } = new(An.Instant);

    public TriageSettings Settings { get; set; } = new();

    /// <summary>Everything that was ever sent to the model.</summary>
    public string Sent => string.Join('\n', Service.Requests.Select(r => r.Body));

    public static async Task<AdvisedBacklog> StartAsync(
        Func<ModelCall, ModelReply>? script = null, Func<ModelOptions, ModelOptions>? with = null, PrivacySettings? privacy = null, AnswerLook? look = null)
    {
        var model = await ModelStandIn.StartAsync(new ModelStandInOptions { Keys = [Key], ChatModels = [Model] }, script ?? PlayedModel.Answer);
        var options = new ModelOptions { Endpoint = new Uri(model.Address, "v1").AbsoluteUri, ApiKey = Key, ChatDeployment = Model, Retries = 0 };
        return new AdvisedBacklog(model, with?.Invoke(options) ?? options, privacy ?? new PrivacySettings(), look);
    }

    /// <summary>The finding of a step on the first item.</summary>
    public async Task<Finding> FindAsync(string step, params WorkItem[] items) => (await ExamineAsync(items))[items[0].Ref].Single(f => f.Step == step);

    /// <summary>What all steps find on all items, made anew.</summary>
    public async Task<IReadOnlyDictionary<WorkItemRef, IReadOnlyList<Finding>>> ExamineAsync(IReadOnlyList<WorkItem> items, AdvicePlan? plan = null)
    {
        await Store.SaveItemsAsync(Name, items, default);
        var snapshot = BacklogSnapshot.Build(items);
        var run = Examiner.Versions(Name, snapshot, Settings);
        var versions = items.ToDictionary(i => i.Ref, i => run.For(new ItemStamp(i.Ref, ContentHash.Of(i), "")));
        var context = new StepContext { Now = Time.GetUtcNow(), Backlog = snapshot, BacklogName = Name, Settings = Settings, Plan = plan };
        var examination = await Examiner.ExamineAsync(items, versions, new Dictionary<WorkItemRef, IReadOnlyDictionary<string, ExaminedFinding>>(), context, default);
        return examination.Findings.ToDictionary(f => f.Key, f => (IReadOnlyList<Finding>)[.. f.Value.Select(e => e.Finding)]);
    }

    /// <summary>Answers one prompt with fixed JSON and the others as <see cref="PlayedModel"/> does.</summary>
    public static Func<ModelCall, ModelReply> Saying(string schema, params string[] answers)
    {
        var said = 0;
        return call => call.SchemaName == schema ? new ModelReply(answers[Math.Min(said++, answers.Length - 1)]) : PlayedModel.Answer(call);
    }

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await Service.DisposeAsync();
    }
}
