using ServerlessBacklog.Adapters.Reports;

namespace ServerlessBacklog.Adapters.Review;

/// <summary>Writes the pages of the review queue. They run no script and load nothing; all text from trackers is encoded by the components.</summary>
public static class ReviewHtml
{
    public static string Style { get; } = ReportAssets.Style + ReportAssets.Read("review.css");

    /// <summary>For the header: a page of another site that shows this one in a frame could make a person press its buttons.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src {ReportAssets.Hash(Style)}; img-src data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    /// <summary>The queue. The stream is left open.</summary>
    public static Task RenderAsync(ReviewView view, Stream output, CancellationToken cancellation = default) =>
        HtmlReport.RenderAsync<ReviewPage>(output, cancellation, (nameof(ReviewPage.View), view));

    /// <summary>The list that is to be approved together. The stream is left open.</summary>
    public static Task RenderBatchAsync(ReviewBatch batch, Stream output, CancellationToken cancellation = default) =>
        HtmlReport.RenderAsync<BatchPage>(output, cancellation, (nameof(BatchPage.Batch), batch));

    /// <summary>Says why nothing was done. The stream is left open.</summary>
    public static Task RenderRefusedAsync(string why, Stream output, CancellationToken cancellation = default) =>
        HtmlReport.RenderAsync<RefusedAnswerPage>(output, cancellation, (nameof(RefusedAnswerPage.Why), why));
}
