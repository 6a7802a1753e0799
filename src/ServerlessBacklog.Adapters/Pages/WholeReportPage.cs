using ServerlessBacklog.Adapters.Reports;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>The report as <c>--report</c> writes it, all on one page that fetches nothing: to be printed or saved.</summary>
internal sealed class WholeReportPage(ViewKeeper views) : IPage
{
    public async Task<PageReply> ShowAsync(PageVisit visit, CancellationToken cancellation)
    {
        var look = new ReportLook
        {
            ItemPage = item => visit.Site.Paths.Item(visit.Backlog, item),
            ReportPage = visit.Site.Paths.Backlog(visit.Backlog),
            ReviewPage = visit.Site.Paths.Review(visit.Backlog),
        };
        using var page = new MemoryStream();
        await HtmlReport.RenderAsync((await views.CurrentAsync(visit.Backlog, cancellation)).Report, page, look, cancellation);
        return new PageReply(200, PageReply.Html, page.ToArray()).With(("Content-Security-Policy", $"{ReportAssets.ContentSecurityPolicy}; frame-ancestors 'none'"));
    }
}
