using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;
using ServerlessBacklog.Triage.Telemetry;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Activities;

/// <summary>
/// Examines one page of a sweep, decides, and stores both. The findings of a page are far too many to travel through an orchestration,
/// so all steps of a page run here; run again after a crash, it finds what is stored fresh and makes the rest.
/// </summary>
public sealed class ExaminePage(IBacklogStore store, SnapshotKeeper snapshots, SweepPlans plans, KeptSettings kept, Examiner examiner)
    : IActivity<PageRequest, PageResult>
{
    public static ActivityRef<PageRequest, PageResult> Ref { get; } = new("ExaminePage", RetryPolicy.Default);

    public async Task<PageResult> RunAsync(PageRequest request, CancellationToken cancellation)
    {
        var (backlog, now) = (request.Backlog, request.Plan.Now);
        if (await plans.FindAsync(backlog, request.Plan.Id, cancellation) is not { } plan || request.Page >= plan.Pages.Count)
            return new PageResult(SweepCounts.None, IsLost: true);
        var settings = await kept.LoadAsync(backlog, request.Plan.Settings, cancellation);
        var snapshot = await snapshots.OpenAsync(backlog, plan.Snapshot, cancellation);
        var run = examiner.Versions(backlog, snapshot, settings);
        var refs = plan.Pages[request.Page];
        var versions = (await store.FindStampsAsync(backlog, refs, cancellation)).ToDictionary(s => s.Item, run.For);
        // An item that is saved between the two reads stays due: what is found in one text must not be stored as found in the other.
        var items = (await store.FindItemsAsync(backlog, refs, cancellation)).AsParallel().AsOrdered()
            .Where(i => snapshot.Find(i.Ref) is not null && versions.GetValueOrDefault(i.Ref)?.Content == ContentHash.Of(i)).ToList();
        var context = new StepContext { Now = now, Backlog = snapshot, BacklogName = backlog, Settings = settings };

        var examination = await examiner.ExamineAsync(items, versions, await StoredAsync(backlog, refs, cancellation), context, cancellation);

        // Decisions first: a run that dies between the two finds the findings out of date and decides the same again.
        var overrides = await store.AllOverridesAsync(backlog, cancellation);
        var policyVersion = settings.Policy.Version();
        var decisions = items.AsParallel().AsOrdered().Select(i => settings.Policy.On(i).Decide(
            i.Ref, versions[i.Ref].Content, [.. examination.Findings[i.Ref].Select(f => f.Finding)], now, policyVersion, ContentHash.ForWriting(i)))
            .Select(d => overrides.TryGetValue(d.Item.ToKey(), out var taken) ? Holding.Apply(d, taken, now) : d).ToList();
        await store.SaveDecisionsAsync(backlog, decisions, cancellation);
        var marks = items.Select(i => examiner.Mark(i.Ref, versions[i.Ref], run, examination.Findings[i.Ref])).ToList();
        await store.SaveFindingsAsync(backlog, examination.Examined, marks, cancellation);
        BacklogMetrics.Decided(decisions);
        return new PageResult(new SweepCounts(
            items.Count, examination.Examined.Count, examination.Failures.Count, [.. examination.Failures.Take(SweepCounts.NamedFailures)]));
    }

    private async Task<Dictionary<WorkItemRef, IReadOnlyDictionary<string, ExaminedFinding>>> StoredAsync(
        string backlog, IReadOnlyCollection<WorkItemRef> items, CancellationToken cancellation) =>
        (await store.FindingsAsync(backlog, items, cancellation))
            .GroupBy(f => f.Finding.Item)
            .ToDictionary(g => g.Key, g => (IReadOnlyDictionary<string, ExaminedFinding>)g.ToDictionary(f => f.Finding.Step));
}
