using ServerlessBacklog.Adapters.Reports;

namespace ServerlessBacklog.Adapters.Review;

/// <summary>Writes the pages of the review queue. All text from trackers is encoded by the components.</summary>
public static class ReviewHtml
{
    /// <summary>The queue. The stream is left open.</summary>
    public static Task RenderAsync(ReviewView view, Stream output, CancellationToken cancellation = default) =>
        HtmlReport.RenderAsync<ReviewPage>(output, cancellation, (nameof(ReviewPage.View), view));

    /// <summary>The list that is to be approved together. The stream is left open.</summary>
    public static Task RenderBatchAsync(ReviewBatch batch, Stream output, CancellationToken cancellation = default) =>
        HtmlReport.RenderAsync<BatchPage>(output, cancellation, (nameof(BatchPage.Batch), batch));
}
