using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Adapters;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Advice;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Benchmarks.Models;

/// <summary>The program's own services over a store of its own, with a model that counts. A sweep runs its activities one after the other.</summary>
internal sealed class AskedDay : IAsyncDisposable
{
    public const string Model = "counted";
    public const string Key = "key";
    private const string Name = "made";

    private static readonly DateTimeOffset Now = new(2025, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider services;

    private AskedDay(ServiceProvider services) => this.services = services;

    public static Task<AskedDay> OpenAsync(string folder, Uri model, bool keep = true)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["DataDirectory"] = keep ? folder : $"{folder}-always",
            ["Models:Endpoint"] = new Uri(model, "v1").AbsoluteUri,
            ["Models:ApiKey"] = Key,
            ["Models:ChatDeployment"] = Model,
            ["Models:TokensPerDay"] = "1000000000",
            ["Triage:Encoder"] = "off",
        }).Build();
        var services = new ServiceCollection().AddServerlessBacklog(configuration)
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .BuildServiceProvider();
        Source = keep ? services : Source;
        return Task.FromResult(new AskedDay(services));
    }

    /// <summary>Where findings and texts are read for the baseline: the store of the day itself.</summary>
    private static ServiceProvider? Source { get; set; }

    public Task SaveAsync(IReadOnlyCollection<WorkItem> items) => services.GetRequiredService<IBacklogStore>().SaveItemsAsync(Name, items, default);

    /// <returns>Items that were due.</returns>
    public async Task<int> SweepAsync()
    {
        using var scope = services.CreateScope();
        var settings = await services.GetRequiredService<KeptSettings>().CurrentAsync(Name, default);
        var plan = await scope.ServiceProvider.GetRequiredService<PlanSweep>().RunAsync(new PlanRequest(Name, settings, Now, Now), default);
        for (var page = 0; page < plan.Pages; page++)
            await scope.ServiceProvider.GetRequiredService<ExaminePage>().RunAsync(new PageRequest(Name, plan, page), default);
        return plan.Due;
    }

    /// <summary>Asks every capability about every item, without looking whether it is worth it.</summary>
    public async Task AskAllAsync(IReadOnlyList<WorkItem> items)
    {
        var store = Source!.GetRequiredService<IBacklogStore>();
        var snapshot = await Source!.GetRequiredService<SnapshotKeeper>().CurrentAsync(Name, default);
        var desk = services.GetRequiredService<ModelDesk>();
        var context = new StepContext { Now = Now, Backlog = snapshot, BacklogName = Name };
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (item, stop) =>
        {
            var findings = (await store.FindingsAsync(Name, item.Ref, stop)).ToDictionary(f => f.Finding.Step, f => f.Finding);
            foreach (var advice in AdviceList.All)
            {
                var finding = findings.GetValueOrDefault(advice.Step) ?? Finding.Nothing(advice.Step, item.Ref, "");
                var others = advice is JudgeAdvice ? await store.FindItemsAsync(Name, Nearest(snapshot, item), stop) : [];
                await advice.AskAsync(desk, new AdviceCase(item, finding, context, others), stop);
            }
        });
    }

    /// <summary>Who asks always compares with the five nearest, alike or not.</summary>
    private static WorkItemRef[] Nearest(BacklogSnapshot snapshot, WorkItem item) =>
        [.. snapshot.SimilarTo(item, JudgeAdvice.MostCandidates, r => r != item.Ref).Select(h => h.Item)];

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
