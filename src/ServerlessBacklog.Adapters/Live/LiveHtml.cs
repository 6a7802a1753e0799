using ServerlessBacklog.Adapters.Reports;

namespace ServerlessBacklog.Adapters.Live;

/// <summary>Writes the live page, and the part of it that changes. All text from trackers is encoded by the components.</summary>
public static class LiveHtml
{
    /// <summary>The whole page. The stream is left open.</summary>
    public static Task RenderPageAsync(LiveView view, Stream output, CancellationToken cancellation = default) =>
        HtmlReport.RenderAsync<LivePage>(output, cancellation, (nameof(LivePage.View), view));

    /// <summary>What goes into the page's main part. The stream is left open.</summary>
    public static Task RenderNowAsync(LiveView view, Stream output, CancellationToken cancellation = default) =>
        HtmlReport.RenderAsync<LiveNow>(output, cancellation, (nameof(LiveNow.View), view));
}
