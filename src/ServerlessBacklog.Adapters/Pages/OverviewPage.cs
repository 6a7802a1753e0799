using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>Where a backlog stands, what to do first, what waits for a person, and what will be late.</summary>
internal sealed class OverviewPage(ViewKeeper views, TimeProvider time) : IPage
{
    public async Task<PageReply> ShowAsync(PageVisit visit, CancellationToken cancellation) => await PageRendering.RenderAsync<Overview>(
        cancellation,
        (nameof(Overview.Site), visit.Site),
        (nameof(Overview.View), await views.HeadAsync(visit.Backlog, cancellation)),
        (nameof(Overview.Now), time.GetUtcNow()));
}
