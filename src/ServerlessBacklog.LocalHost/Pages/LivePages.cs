using ServerlessBacklog.Adapters.Live;
using ServerlessBacklog.LocalHost.Runs;

namespace ServerlessBacklog.LocalHost.Pages;

/// <summary>The page <c>/live</c>, and <c>/live/now</c>, which it fetches each second.</summary>
internal static class LivePages
{
    public const string Path = "/live";

    public static void MapLivePages(this WebApplication app, IServiceProvider services)
    {
        var look = services.GetRequiredService<LiveLook>();
        app.MapGet(Path, async (CancellationToken cancellation) =>
        {
            var view = await look.ReadAsync(cancellation);
            return await SitePages.PageAsync(output => LiveHtml.RenderPageAsync(view, output, cancellation));
        });
        app.MapGet($"{Path}/now", async (CancellationToken cancellation) =>
        {
            var view = await look.ReadAsync(cancellation);
            return await SitePages.PageAsync(output => LiveHtml.RenderNowAsync(view, output, cancellation));
        });
    }
}
