using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Activities;

/// <summary>
/// Looks at an item anew and says which revision is examined, by which settings and steps, and for which moment. A tracker that cannot be
/// asked now is no hindrance: what is stored is examined then.
/// </summary>
public sealed class PlanItem(SnapshotKeeper snapshots, KeptSettings kept, Examiner examiner, BacklogClock clock, ItemRefresh refresh)
    : IActivity<ItemRequest, ItemPlan>
{
    public static ActivityRef<ItemRequest, ItemPlan> Ref { get; } = new("PlanItem", RetryPolicy.Default);

    public async Task<ItemPlan> RunAsync(ItemRequest request, CancellationToken cancellation)
    {
        await refresh.TryAsync(request.Backlog, request.Item, cancellation);
        var version = request.Settings ?? await kept.CurrentAsync(request.Backlog, cancellation);
        var settings = await kept.LoadAsync(request.Backlog, version, cancellation);
        var snapshot = await snapshots.CurrentAsync(request.Backlog, request.Item, cancellation);
        var content = snapshot.Find(request.Item) is { Item: { IsOpen: true, Kind: WorkItemKind.Item } } found ? found.ContentHash : null;
        return new ItemPlan(
            request.Backlog,
            request.Item,
            content,
            snapshot.Version,
            version,
            await clock.NowAsync(request.Backlog, request.StartedAt, cancellation),
            examiner.Stages,
            TimeSpan.FromDays(Math.Clamp(settings.Approvals.WaitDays, 1, ApprovalSettings.MostWaitDays))) { Trace = request.Trace };
    }
}
