using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Rollout;

/// <summary>Measures a backlog and keeps the figures of the week, and how ready its data is.</summary>
public sealed class Measuring(IBacklogStore store, Reporting reporting, MetricWeeks weeks, Readings readings, TimeProvider time)
{
    public async Task<MetricWeek> MeasureAsync(string backlog, CancellationToken cancellation)
    {
        var outcomes = await store.AllOutcomesAsync(backlog, cancellation).ToListAsync(cancellation);
        var overrides = new Dictionary<WorkItemRef, IReadOnlyList<HumanOverride>>();
        foreach (var item in outcomes.Where(o => o.Changes.Any(c => c.State == ChangeState.Applied)).Select(o => o.Item).Distinct())
            overrides[item] = await store.OverridesAsync(backlog, item, cancellation);
        var now = time.GetUtcNow();
        var young = await store.ItemsAsync(backlog, cancellation).Where(i => now - i.CreatedAt <= Measures.Recent).ToListAsync(cancellation);
        var loaded = await reporting.LoadAsync(backlog, cancellation);
        // A host that nobody assesses by hand finds its grade here.
        await readings.SaveAsync(backlog, ReportBuilder.Build(loaded).Readiness, now, cancellation);
        var week = Measures.Of(new MeasuredBacklog(loaded, outcomes, overrides, now) { Young = young });
        await weeks.SaveAsync(backlog, week, cancellation);
        return week;
    }

    /// <summary>Takes what is measured now for the state before the pilot.</summary>
    public async Task<MetricBaseline> TakeBaselineAsync(string backlog, CancellationToken cancellation)
    {
        var week = await MeasureAsync(backlog, cancellation);
        var baseline = new MetricBaseline(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), week.Values);
        await weeks.SaveBaselineAsync(backlog, baseline, cancellation);
        return baseline;
    }
}
