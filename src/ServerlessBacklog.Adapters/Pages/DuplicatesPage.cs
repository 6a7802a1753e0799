using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>Items that seem to repeat each other, side by side, with what they share and in what they differ, and buttons to say which it is.</summary>
internal sealed class DuplicatesPage(ViewKeeper views, IBacklogStore store) : IPage
{
    private const int PageSize = 8;

    public async Task<PageReply> ShowAsync(PageVisit visit, CancellationToken cancellation)
    {
        var view = await views.HeadAsync(visit.Backlog, cancellation);
        var all = view.Report.Duplicates.Rows.SelectMany(c => c.Members.Select(m => new DuplicatePair(c.Canonical, m))).OrderByDescending(p => p.Repeats.Probability).ToList();
        var pages = Math.Max(1, (all.Count + PageSize - 1) / PageSize);
        var page = Math.Min(visit.Asked("page", 1, 1, int.MaxValue), pages);
        var shown = all.Skip((page - 1) * PageSize).Take(PageSize).ToList();
        HashSet<WorkItemRef> named = [.. shown.SelectMany(p => new[] { p.Keep.Ref, p.Repeats.Item.Ref })];
        var items = (await store.FindItemsAsync(visit.Backlog, named, cancellation)).ToDictionary(i => i.Ref);
        return await PageRendering.RenderAsync<DuplicatePairs>(
            cancellation,
            (nameof(DuplicatePairs.Site), visit.Site),
            (nameof(DuplicatePairs.View), view),
            (nameof(DuplicatePairs.Pairs), shown),
            (nameof(DuplicatePairs.Items), items),
            (nameof(DuplicatePairs.Page), page),
            (nameof(DuplicatePairs.Pages), pages));
    }
}
