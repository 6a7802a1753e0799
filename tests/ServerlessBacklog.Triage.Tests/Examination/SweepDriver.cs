using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Examination;

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

    public Task<SweepResult> SweepAsync(CancellationToken cancellation = default) =>
        new BacklogSweep(Store, new SnapshotKeeper(Store, Bodies), new Examiner(Steps, new RunStep(NullLogger<RunStep>.Instance)))
            .RunAsync(new SweepRequest(Backlog, Now, Settings), progress: null, cancellation);
}
