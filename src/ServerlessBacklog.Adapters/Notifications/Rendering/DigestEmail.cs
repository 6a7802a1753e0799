using System.Text;
using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Adapters.Notifications.Rendering;

/// <summary>A digest as an e-mail that holds in Outlook, Gmail and Apple Mail: tables, styles on each element, charts as pictures inside the message.</summary>
public static class DigestEmail
{
    /// <summary>Bytes of HTML; Gmail hides what comes after 102 KB.</summary>
    public const int MaxBytes = 100_000;

    public static RenderedEmail Render(Digest digest)
    {
        var charts = digest.Sections.Select((s, i) => (Place: i, Image: s.Chart is { } chart ? ImageOf(chart, i + 1) : null))
            .Where(c => c.Image is not null).ToDictionary(c => c.Place, c => c.Image!);
        var html = DigestCut.ToFit(digest, d => EmailPage.Of(d, charts).Html, h => Encoding.UTF8.GetByteCount(h) <= MaxBytes);
        return new RenderedEmail(
            Wording.Title(digest),
            html,
            DigestText.Render(digest),
            [.. charts.OrderBy(c => c.Key).SelectMany(c => new[] { c.Value.Bright, c.Value.Dim }).Where(i => html.Contains($"\"cid:{i.ContentId}\"", StringComparison.Ordinal))]);
    }

    private static ChartImage? ImageOf(DigestChart chart, int number) =>
        ChartPicture.Draw(chart, ChartColors.Light) is { } bright && ChartPicture.Draw(chart, ChartColors.Dark) is { } dim
            ? new ChartImage(new InlineImage($"chart-{number}", bright, Wording.Line(chart.Alt)), new InlineImage($"chart-{number}-dark", dim, Wording.Line(chart.Alt)))
            : null;
}
