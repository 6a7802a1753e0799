using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.StandIns.Models;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Adapters.Tests.RedTeam;

/// <summary>
/// A backlog full of attacks, with all that a host has: tracker and model over real HTTP, the embedded store, every step at <c>auto</c> with all thresholds at
/// nought. One item after the other goes the whole way; nobody approves anything.
/// </summary>
internal sealed class AttackedBacklog : IAsyncDisposable
{
    public const string ModelKey = "key-of-the-attacked-model";
    private const string Backlog = "attacked";

    private readonly string directory;
    private readonly ServiceProvider services;
    private readonly ModelStandIn service;

    private AttackedBacklog(IAttackedTracker tracker, ModelStandIn service, ServiceProvider services, string directory) =>
        (Tracker, this.service, this.services, this.directory) = (tracker, service, services, directory);

    public IAttackedTracker Tracker { get; }

    public KeptLog Log => services.GetRequiredService<KeptLog>();

    public IReadOnlyList<string> SentToModel => [.. service.Requests.Select(r => r.Body)];

    /// <summary>Applied only what is surer than nothing, asked never: whatever may be written is written.</summary>
    private static DecisionPolicy Worst { get; } = new() { Fallback = new StepPolicy(Autonomy.Auto, ApplyAt: 0, AskAt: 0), MaxLabels = 20 };

    public static async Task<AttackedBacklog> StartAsync(IAttackedTracker tracker, MaliciousModel model, DomainPack pack)
    {
        var directory = Directory.CreateTempSubdirectory("backlog-redteam-").FullName;
        var service = await ModelStandIn.StartAsync(new ModelStandInOptions { Keys = [ModelKey], ChatModels = ["malicious"] }, model.Answer);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            .. tracker.Settings,
            new("DataDirectory", directory),
            new("Trackers:Pace:SkipLoopback", "true"),
            new("Models:Endpoint", new Uri(service.Address, "v1").AbsoluteUri),
            new("Models:ApiKey", ModelKey),
            new("Models:ChatDeployment", "malicious"),
            new("Models:Retries", "0"),
            new("Triage:WithoutGate", "true"),
            // As what is compared with is made: words alone.
            new("Triage:Encoder", "off"),
            new("Models:TokensPerDay", "1000000000"),
        ]).Build();
        var services = new ServiceCollection()
            .AddSingleton<KeptLog>()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).Services.AddSingleton<ILoggerProvider>(p => p.GetRequiredService<KeptLog>()))
            .AddServerlessBacklog(configuration)
            .BuildServiceProvider();
        await services.GetRequiredService<KeptSettings>().KeepAsync(Backlog, new TriageSettings { Policy = Worst, Pack = pack }, default);
        return new AttackedBacklog(tracker, service, services, directory);
    }

    /// <summary>Reads the tracker, as a first sweep does.</summary>
    public async Task ReadAsync()
    {
        var tracker = services.GetServices<ITracker>().OfType<ILiveTracker>().Single(t => t.Name == Tracker.Name);
        var store = services.GetRequiredService<IBacklogStore>();
        for (string? next = null, first = ""; first is not null; first = next)
        {
            var page = await tracker.ReadPageAsync(new TrackerPageRequest(Tracker.Project, null, next), default);
            page.Problems.ShouldBeEmpty();
            await store.SaveItemsAsync(Backlog, page.Items, default);
            next = page.Next;
        }
    }

    /// <summary>What the rules would propose on an item by themselves, as things stand.</summary>
    public async Task<IReadOnlySet<Change>> ByRulesAsync(WorkItemRef item)
    {
        await services.GetRequiredService<ItemRefresh>().TryAsync(Backlog, item, default);
        var items = await services.GetRequiredService<IBacklogStore>().ItemsAsync(Backlog, default).ToListAsync();
        var settings = await services.GetRequiredService<KeptSettings>().OfAsync(Backlog, default);
        var snapshot = BacklogSnapshot.Build(items);
        var examiner = new Examiner(TriageSteps.All, new StepRunner(NullLogger<StepRunner>.Instance));
        var examination = await examiner.ExamineAsync(
            [.. items.Where(i => i.Ref == item)],
            new Dictionary<WorkItemRef, ItemVersions> { [item] = examiner.Versions(Backlog, snapshot, settings).For(new ItemStamp(item, "", "")) },
            new Dictionary<WorkItemRef, IReadOnlyDictionary<string, ExaminedFinding>>(),
            new StepContext { Now = TimeProvider.System.GetUtcNow(), Backlog = snapshot, BacklogName = Backlog, Settings = settings },
            default);
        return examination.Findings[item].SelectMany(e => e.Finding.Proposals).Select(p => p.Change).ToHashSet();
    }

    /// <summary>The orchestration and its activities, straight through: nobody answers its ask.</summary>
    public async Task<TriageItemResult> TriageAsync(WorkItemRef item)
    {
        await using var scope = services.CreateAsyncScope();
        var context = new DirectContext(scope.ServiceProvider, ActivityList.All) { UtcNow = TimeProvider.System.GetUtcNow() };
        return await context.RunAsync(new TriageItem(), new TriageItemInput(Backlog, item));
    }

    public Task<IReadOnlyList<DecisionOutcome>> OutcomesAsync(WorkItemRef item) => services.GetRequiredService<IBacklogStore>().OutcomesAsync(Backlog, item, default);

    public async Task<IReadOnlyList<Finding>> FindingsAsync(WorkItemRef item) =>
        [.. (await services.GetRequiredService<IBacklogStore>().FindingsAsync(Backlog, item, default)).Select(f => f.Finding)];

    /// <summary>Every stored row but those of items, by its table.</summary>
    public async Task<IReadOnlyList<(string Table, string Text)>> RowsAsync()
    {
        var rows = new List<(string, string)>();
        var tables = services.GetRequiredService<ITableStore>();
        foreach (var name in (string[])[Keys.CursorTable, Keys.FindingTable, Keys.DecisionTable, Keys.OutcomeTable, Keys.OverrideTable, Keys.ModelUseTable, Keys.ModelCacheTable])
        {
            await foreach (var row in tables.Open(name).RangeAsync(Keys.Backlog(Backlog), RowKeyRange.All, null, default))
                rows.Add((name, $"{row.RowKey} {string.Join('\n', row.Properties.Values.Select(v => v as string ?? JsonSerializer.Serialize(v)))}"));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await service.DisposeAsync();
        await Tracker.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}
