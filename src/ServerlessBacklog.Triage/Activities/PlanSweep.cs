using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Activities;

/// <summary>
/// Brings the snapshot up to date and lists the open items that are out of date: by what they were examined from, or by time. Reads the
/// marks of items, not their findings.
/// </summary>
public sealed class PlanSweep(IBacklogStore store, SnapshotKeeper snapshots, SweepPlans plans, KeptSettings kept, Examiner examiner, BacklogClock clock)
    : IActivity<PlanRequest, SweepPlan>
{
    /// <summary>Items examined and stored together.</summary>
    public const int PageSize = 250;

    public static ActivityRef<PlanRequest, SweepPlan> Ref { get; } = new("PlanSweep", RetryPolicy.Default);

    public async Task<SweepPlan> RunAsync(PlanRequest request, CancellationToken cancellation)
    {
        var version = request.Settings ?? await kept.CurrentAsync(request.Backlog, cancellation);
        var settings = await kept.LoadAsync(request.Backlog, version, cancellation);
        var now = request.AsOf ?? await clock.NowAsync(request.Backlog, request.StartedAt, cancellation);
        var snapshot = await snapshots.RefreshAsync(request.Backlog, cancellation);
        var open = snapshot.OpenItems();
        var due = await DueAsync(request.Backlog, open, examiner.Versions(request.Backlog, snapshot, settings), now, cancellation);
        var plan = new StoredPlan(IdOf(due, snapshot, version, now), snapshot.Version, [.. due.Chunk(PageSize)]);
        if (plan.Pages.Count > 0)
            await plans.SaveAsync(request.Backlog, plan, cancellation);
        return new SweepPlan(plan.Id, version, now, open.Count, due.Count, plan.Pages.Count);
    }

    private async Task<List<WorkItemRef>> DueAsync(
        string backlog, IReadOnlyList<WorkItemRef> open, RunVersions run, DateTimeOffset now, CancellationToken cancellation)
    {
        var marks = new Dictionary<WorkItemRef, ExaminationMark>();
        await foreach (var mark in store.MarksAsync(backlog, cancellation))
            marks[mark.Item] = mark;
        var versions = new Dictionary<WorkItemRef, string>();
        await foreach (var stamp in store.StampsAsync(backlog, cancellation))
            versions[stamp.Item] = run.KeyOf(stamp.ContentHash, stamp.Neighbours);
        return [.. open.Where(item => !(marks.GetValueOrDefault(item) is { } mark
            && mark.Versions == versions.GetValueOrDefault(item)
            && !(mark.Due <= now)))];
    }

    private static string IdOf(List<WorkItemRef> due, BacklogSnapshot snapshot, string settings, DateTimeOffset now)
    {
        var text = $"{snapshot.Version} {settings} {now.ToString("O", CultureInfo.InvariantCulture)} {string.Join(' ', due)}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));
    }
}
