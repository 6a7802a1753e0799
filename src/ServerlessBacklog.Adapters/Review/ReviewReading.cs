using ServerlessBacklog.Adapters.Pages;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Waits;

namespace ServerlessBacklog.Adapters.Review;

/// <summary>Gathers what a page of the review queue shows.</summary>
internal sealed class ReviewReading(IBacklogStore store, IPendingStore pending, ReviewQueue queue, TimeProvider time)
{
    /// <param name="page">From 1; beyond the last, the last one is shown.</param>
    public async Task<ReviewView> ReadAsync(Site site, string backlog, string? step, int page, CancellationToken cancellation)
    {
        var all = await queue.ListAsync(backlog, time.GetUtcNow(), step: null, cancellation);
        var chosen = step is null ? all : [.. all.Where(q => q.Asked.Any(c => c.Step == step))];
        var waits = (await pending.WaitsAsync(backlog, cancellation)).Where(w => w.State == WaitState.Waiting && (step is null || w.Step == step)).OrderBy(w => w.DueAt).ToList();
        var view = new ReviewView
        {
            Site = site,
            Backlog = backlog,
            Steps = [.. all.SelectMany(q => q.Asked.Select(c => c.Step).Distinct()).CountBy(s => s).OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value))],
            Step = step,
            All = all.Count,
            Waiting = chosen.Count,
            AllWaits = waits.Count,
        };
        view = view with { Page = Math.Clamp(page, 1, view.Pages) };
        return view with
        {
            Asks = await AsksAsync(site, backlog, [.. chosen.Skip((view.Page - 1) * ReviewView.PageSize).Take(ReviewView.PageSize)], cancellation),
            Waits = await WaitsAsync(site, backlog, [.. waits.Take(ReviewView.PageSize)], cancellation),
        };
    }

    /// <summary>Of the asks that were chosen, those that wait still.</summary>
    public async Task<IReadOnlyList<ReviewAsk>> ChosenAsync(Site site, string backlog, IReadOnlySet<(WorkItemRef Item, string Decision)> picks, CancellationToken cancellation) =>
        await AsksAsync(site, backlog, [.. (await queue.ListAsync(backlog, time.GetUtcNow(), step: null, cancellation)).Where(q => picks.Contains((q.Ask.Item, q.Decision.Id)))], cancellation);

    /// <summary>What is asked on one item now; empty for nothing.</summary>
    public async Task<IReadOnlyList<ReviewAsk>> OnItemAsync(Site site, string backlog, Decision? newest, WorkItemRef item, CancellationToken cancellation) =>
        newest is null ? [] : await AsksAsync(site, backlog, ReviewQueue.Of([newest], await pending.AsksAsync(backlog, item, cancellation), time.GetUtcNow(), step: null), cancellation);

    private async Task<IReadOnlyList<ReviewAsk>> AsksAsync(Site site, string backlog, IReadOnlyList<QueuedAsk> asks, CancellationToken cancellation)
    {
        var asked = asks.Select(q => q.Ask.Item).ToHashSet();
        var lines = await LinesAsync(backlog, [.. asked, .. asks.SelectMany(q => q.Asked).Select(c => Other(c.Change)).OfType<WorkItemRef>()], cancellation);
        var findings = (await store.FindingsAsync(backlog, asked, cancellation)).ToLookup(f => f.Finding.Item, f => f.Finding);
        return [.. asks.Select(q => new ReviewAsk(
            LineOf(lines, q.Ask.Item),
            PageOf(site, backlog, lines, q.Ask.Item),
            q.Decision.Id,
            q.Ask.OpenedAt,
            q.Ask.Until,
            [.. q.Asked],
            findings[q.Ask.Item].Where(f => q.Asked.Any(c => c.Step == f.Step)).DistinctBy(f => f.Step).ToDictionary(f => f.Step, f => f.Reason),
            lines))];
    }

    private async Task<IReadOnlyList<ReviewWait>> WaitsAsync(Site site, string backlog, IReadOnlyList<Wait> waits, CancellationToken cancellation)
    {
        var lines = await LinesAsync(backlog, [.. waits.Select(w => w.Item)], cancellation);
        return [.. waits.Select(w => new ReviewWait(w, LineOf(lines, w.Item), PageOf(site, backlog, lines, w.Item)))];
    }

    private async Task<Dictionary<WorkItemRef, ItemLine>> LinesAsync(string backlog, HashSet<WorkItemRef> items, CancellationToken cancellation) =>
        items.Count == 0 ? [] : (await store.FindItemsAsync(backlog, items, cancellation)).ToDictionary(i => i.Ref, ItemLine.From);

    private static ItemLine LineOf(Dictionary<WorkItemRef, ItemLine> lines, WorkItemRef item) => lines.GetValueOrDefault(item) ?? ItemLine.Elsewhere(item);

    private static string? PageOf(Site site, string backlog, Dictionary<WorkItemRef, ItemLine> lines, WorkItemRef item) => lines.ContainsKey(item) ? site.Paths.Item(backlog, item) : null;

    private static WorkItemRef? Other(Change change) => change switch
    {
        Close close => close.Canonical,
        AddLink link => link.Target,
        _ => null,
    };
}
