using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>Who carries how much, now and in the weeks to come, and what could move.</summary>
internal sealed class PeoplePage(ViewKeeper views) : IPage
{
    public async Task<PageReply> ShowAsync(PageVisit visit, CancellationToken cancellation) => await PageRendering.RenderAsync<PeopleLoads>(
        cancellation, (nameof(PeopleLoads.Site), visit.Site), (nameof(PeopleLoads.View), await views.HeadAsync(visit.Backlog, cancellation)));
}

/// <summary>How items come, go and age.</summary>
internal sealed class FlowPage(ViewKeeper views) : IPage
{
    public async Task<PageReply> ShowAsync(PageVisit visit, CancellationToken cancellation) => await PageRendering.RenderAsync<FlowCharts>(
        cancellation, (nameof(FlowCharts.Site), visit.Site), (nameof(FlowCharts.View), await views.HeadAsync(visit.Backlog, cancellation)));
}

/// <summary>When items will be done, how many by a date, and what may go wrong.</summary>
internal sealed class ForecastPage(ViewKeeper views) : IPage
{
    public async Task<PageReply> ShowAsync(PageVisit visit, CancellationToken cancellation) => await PageRendering.RenderAsync<ForecastCharts>(
        cancellation,
        (nameof(ForecastCharts.Site), visit.Site),
        (nameof(ForecastCharts.View), await views.HeadAsync(visit.Backlog, cancellation)),
        (nameof(ForecastCharts.By), DateOnly.TryParse(visit.Asked("by"), System.Globalization.CultureInfo.InvariantCulture, out var by) ? by : null),
        (nameof(ForecastCharts.Count), int.TryParse(visit.Asked("items"), out var count) && count is > 0 and < 1_000_000 ? count : null));
}
