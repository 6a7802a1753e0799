using Microsoft.Extensions.DependencyInjection;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Orchestrations;

/// <summary>One backlog that is swept again and again. Each sweep starts from what is stored, as after a restart.</summary>
internal sealed class SweepDriver(params ITriageStep[] steps)
{
    private const string Backlog = "owner/repo";

    public InMemoryBacklogStore Store { get; } = new();

    public InMemorySnapshotStore Bodies { get; } = new();

    public IReadOnlyList<ITriageStep> Steps { get; set; } = steps;

    public TriageSettings Settings { get; set; } = new();

    public DateTimeOffset Now { get; set; } = An.Instant;

    public Task<SavedItems> SaveAsync(params IEnumerable<WorkItem> items) => Store.SaveItemsAsync(Backlog, [.. items], CancellationToken.None);

    public void Remove(WorkItemRef item) => Store.Remove(Backlog, item);

    /// <summary>Names of the activities that the last sweep called.</summary>
    public IReadOnlyList<string> Calls { get; private set; } = [];

    public async Task<Swept> SweepAsync(CancellationToken cancellation = default)
    {
        await using var services = TriageServices.Build(Store, Bodies, Steps, []);
        var settings = await services.GetRequiredService<KeptSettings>().KeepAsync(Backlog, Settings, cancellation);
        var context = new DirectContext(services, ActivityList.All, cancellation);
        var report = await context.RunAsync(new SweepBacklog(), new SweepInput(Backlog, settings, Now) { PagesAtOnce = 1 });
        Calls = context.Calls;
        var state = await services.GetRequiredService<Reporting>().ReadAsync(Backlog, report.Counts.Failures, cancellation);
        return new Swept(state.Open, state.Findings, state.Decisions, report.Counts.Items, report.Counts.Findings, report.Counts.Failures);
    }
}

/// <summary>What stands after a sweep, and what the sweep did.</summary>
internal sealed record Swept(
    IReadOnlyList<WorkItemRef> Open,
    IReadOnlyDictionary<WorkItemRef, IReadOnlyList<Finding>> Findings,
    IReadOnlyDictionary<WorkItemRef, Decision> Decisions,
    int ItemsExamined,
    int FindingsMade,
    IReadOnlyList<StepFailure> Failures);
