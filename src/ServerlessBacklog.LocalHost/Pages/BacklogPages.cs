using ServerlessBacklog.Adapters.Reports;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.LocalHost.Pages;

/// <summary>
/// The pages: <c>/</c> (the only backlog, or the list), <c>/backlogs/{name}</c> (its report), <c>/backlogs/{name}/items/{item}</c>.
/// </summary>
internal static class BacklogPages
{
    private const string Html = "text/html; charset=utf-8";

    public static void MapBacklogPages(this WebApplication app, IServiceProvider services)
    {
        var store = services.GetRequiredService<IBacklogStore>();
        var reporting = services.GetRequiredService<Reporting>();
        app.MapGet("/", async (CancellationToken cancellation) => await store.BacklogsAsync(cancellation) switch
        {
            [var only] => Results.Redirect(PathOf(only)),
            var names => await PageAsync(output => HtmlReport.RenderListAsync([.. names.Select(n => (n, PathOf(n)))], output, cancellation)),
        });
        app.MapGet("/backlogs", () => Results.Redirect("/"));
        app.MapGet("/backlogs/{name}", async (string name, CancellationToken cancellation) =>
        {
            if (!await ExistsAsync(store, name, cancellation))
                return Missing($"There is no backlog '{name}' here.");
            var report = ReportBuilder.Build(await reporting.LoadAsync(name, cancellation));
            return await PageAsync(output => HtmlReport.RenderAsync(report, output, LookOf(name), cancellation));
        });
        app.MapGet("/backlogs/{name}/items/{item}", async (string name, string item, CancellationToken cancellation) =>
        {
            var report = await ExistsAsync(store, name, cancellation) && WorkItemRef.TryParse(item, out var reference)
                ? await reporting.ItemAsync(name, reference!, cancellation)
                : null;
            return report is null
                ? Missing($"There is no item '{item}' here.")
                : await PageAsync(output => HtmlReport.RenderItemAsync(report, output, LookOf(name), cancellation));
        });
        app.MapFallback(() => Missing("There is no such page. / shows the backlogs."));
    }

    private static async Task<bool> ExistsAsync(IBacklogStore store, string name, CancellationToken cancellation) =>
        (await store.BacklogsAsync(cancellation)).Contains(name);

    private static ReportLook LookOf(string name) => new()
    {
        ItemPage = item => PathOf(name, item),
        ReportPage = PathOf(name),
        LivePage = LivePages.Path,
        ReviewPage = ReviewPages.PathOf(name),
    };

    /// <summary>Path of the page about one item.</summary>
    public static string PathOf(string name, WorkItemRef item) => $"{PathOf(name)}/items/{Uri.EscapeDataString(item.ToString())}";

    /// <summary>Path of the report of a backlog.</summary>
    public static string PathOf(string name) => $"/backlogs/{Uri.EscapeDataString(name)}";

    /// <summary>Rendered whole before it is sent: the renderer writes synchronously, and half a page helps nobody.</summary>
    internal static async Task<IResult> PageAsync(Func<Stream, Task> render)
    {
        using var page = new MemoryStream();
        await render(page);
        return Results.Bytes(page.ToArray(), Html);
    }

    private static IResult Missing(string message) => Results.Text(message, statusCode: StatusCodes.Status404NotFound);
}
