using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Adapters.Reports;

/// <summary>
/// Writes a report as one self-contained HTML page: style, script and data are inlined and nothing is fetched. Text from the
/// tracker is encoded by the components; the data block is JSON that holds no <c>&lt;</c>.
/// </summary>
public static class HtmlReport
{
    /// <summary>The report of a backlog. The stream is left open.</summary>
    public static Task RenderAsync(BacklogReport report, Stream output, ReportLook? look = null, CancellationToken cancellation = default) =>
        RenderAsync<ReportPage>(output, cancellation, (nameof(ReportPage.Report), report), (nameof(ReportPage.Look), look ?? ReportLook.Standalone));

    /// <summary>The page of one item. The stream is left open.</summary>
    public static Task RenderItemAsync(ItemReport report, Stream output, ReportLook? look = null, CancellationToken cancellation = default) =>
        RenderAsync<ItemPage>(output, cancellation, (nameof(ItemPage.Report), report), (nameof(ItemPage.Look), look ?? ReportLook.Standalone));

    /// <summary>The list of backlogs, each with the path of its report. The stream is left open.</summary>
    public static Task RenderListAsync(IReadOnlyList<(string Name, string Path)> backlogs, Stream output, CancellationToken cancellation = default) =>
        RenderAsync<BacklogList>(output, cancellation, (nameof(BacklogList.Backlogs), backlogs));

    internal static async Task RenderAsync<TPage>(Stream output, CancellationToken cancellation, params (string Name, object? Value)[] parameters)
        where TPage : IComponent
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 64 * 1024, leaveOpen: true);
        await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters.ToDictionary(p => p.Name, p => p.Value)));
            cancellation.ThrowIfCancellationRequested();
            page.WriteHtmlTo(writer);
        });
        await writer.FlushAsync(cancellation);
    }
}
