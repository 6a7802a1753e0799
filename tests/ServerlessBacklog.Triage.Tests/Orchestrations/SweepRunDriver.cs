using System.Globalization;
using ServerlessBacklog.LocalRunner.Replaying;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Steps;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Tests.Orchestrations;

/// <summary>A backlog of so many items that is swept on the real runner.</summary>
internal sealed class SweepRunDriver : IAsyncDisposable
{
    public const string Backlog = "owner/repo";

    private int pageTries;

    private SweepRunDriver(ITriageStep[] steps, bool oneByOne) =>
        Runtime = new TriageRuntime(() => TriageServices.Build(Store, Bodies, steps, [])) { OneByOne = oneByOne };

    public static string Id { get; } = InstanceIds.OfSweep(Backlog);

    public InMemoryBacklogStore Store { get; } = new();

    public InMemorySnapshotStore Bodies { get; } = new();

    public TriageRuntime Runtime { get; }

    /// <summary>Pages in the order in which they were tried.</summary>
    public IReadOnlyList<int> PagesTried => [.. Runtime.Attempts.Of("ExaminePage").Select(a => a.InputAs<PageRequest>().Page)];

    /// <summary>Takes the stored plan away before the n-th attempt at a page for which this holds.</summary>
    public Func<int, bool> LosePlanBefore
    {
        set => Runtime.Attempts.Before = attempt =>
        {
            if (attempt.Activity == "ExaminePage" && value(++pageTries))
                Bodies.Lose($"{Backlog}/sweep");
            return Task.CompletedTask;
        };
    }

    public static Task<SweepRunDriver> CreateAsync(int items, params ITriageStep[] steps) => CreateAsync(items, oneByOne: false, steps);

    public static async Task<SweepRunDriver> CreateAsync(int items, bool oneByOne, params ITriageStep[] steps)
    {
        var driver = new SweepRunDriver(steps, oneByOne);
        await driver.Store.SaveItemsAsync(
            Backlog, [.. Enumerable.Range(1, items).Select(i => An.Item(i, $"Item {i.ToString(CultureInfo.InvariantCulture)}"))], CancellationToken.None);
        await driver.Runtime.StartAsync();
        return driver;
    }

    public Task<StartAnswer> StartAsync(int pagesAtOnce = 2) =>
        Runtime.Client.StartAsync(SweepBacklog.Ref, Id, new SweepInput(Backlog) { PagesAtOnce = pagesAtOnce }, CancellationToken.None);

    public async Task<InstanceState> EndAsync(int pagesAtOnce = 2)
    {
        (await StartAsync(pagesAtOnce)).ShouldBe(StartAnswer.Started);
        return await Runtime.EndAsync(Id);
    }

    public async Task<SweepReport> SweepAsync(int pagesAtOnce = 2)
    {
        var state = await EndAsync(pagesAtOnce);
        state.Status.ShouldBe(InstanceStatus.Completed, state.Error);
        return state.OutputAs<SweepReport>();
    }

    /// <summary>Pages whose result stands in the history.</summary>
    public IReadOnlyList<int> PagesRecorded()
    {
        var history = Runtime.History(Id);
        var pages = history.Where(e => e is { Kind: EventKind.CalledActivity, Name: "ExaminePage" }).Select(e => e.Call).ToList();
        return [.. history.Where(e => e.Kind == EventKind.ActivityCompleted).Select(e => pages.IndexOf(e.Call)).Where(page => page >= 0)];
    }

    public ValueTask DisposeAsync() => Runtime.DisposeAsync();
}
