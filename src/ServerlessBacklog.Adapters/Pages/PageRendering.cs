using Microsoft.AspNetCore.Components;
using ServerlessBacklog.Adapters.Reports;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>Renders components whole before anything is sent: half a page helps nobody.</summary>
internal static class PageRendering
{
    public static async Task<PageReply> RenderAsync<TPage>(CancellationToken cancellation, params (string Name, object? Value)[] parameters)
        where TPage : IComponent
    {
        using var page = new MemoryStream();
        await HtmlReport.RenderAsync<TPage>(page, cancellation, parameters);
        return new PageReply(200, PageReply.Html, page.ToArray());
    }
}
