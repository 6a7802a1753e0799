using ServerlessBacklog.Adapters.Reports;
using ServerlessBacklog.Adapters.Trackers.GitHub.Setup;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.AppPages;

/// <summary>The pages of <c>backlog connect github --new-app</c>. They run no script, load nothing, and hold no secret.</summary>
public static class AppPagesHtml
{
    public static string Style { get; } = ReportAssets.Style + ReportAssets.Read("app.css");

    /// <summary>Asks, and posts the manifest when the one button is pressed. The stream is left open.</summary>
    public static Task RenderAskAsync(AppAsk ask, Stream output, CancellationToken cancellation = default) =>
        HtmlReport.RenderAsync<AskPage>(output, cancellation, (nameof(AskPage.Ask), ask));

    /// <summary>Says that it is done and what comes next. The stream is left open.</summary>
    public static Task RenderDoneAsync(AppDone done, Stream output, CancellationToken cancellation = default) =>
        HtmlReport.RenderAsync<DonePage>(output, cancellation, (nameof(DonePage.Done), done));

    /// <summary>Says why nothing was done. The stream is left open.</summary>
    public static Task RenderRefusedAsync(string why, Stream output, CancellationToken cancellation = default) =>
        HtmlReport.RenderAsync<RefusedPage>(output, cancellation, (nameof(RefusedPage.Why), why));

    /// <param name="gitHub">Where a form may be posted to; null for nowhere.</param>
    public static string ContentSecurityPolicy(Uri? gitHub) =>
        $"default-src 'none'; style-src {ReportAssets.Hash(Style)}; img-src data:; base-uri 'none'; frame-ancestors 'none'; form-action {(gitHub is null ? "'none'" : gitHub.GetLeftPart(UriPartial.Authority))}";
}

/// <param name="Form">Where the manifest is posted to.</param>
/// <param name="Manifest">As JSON.</param>
/// <param name="Web">Where people look at this GitHub.</param>
public sealed record AppAsk(AppWish Wish, Uri Form, string Manifest, Uri Web);

/// <param name="Next">Commands that come next, one for each line.</param>
public sealed record AppDone(string Name, string InstallLink, IReadOnlyList<string> Next);
