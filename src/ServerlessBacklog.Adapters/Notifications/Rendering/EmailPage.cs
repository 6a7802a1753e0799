using ServerlessBacklog.Adapters.Reports;
using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Adapters.Notifications.Rendering;

/// <summary>The frame of an e-mail: head, ground, card, headlines, sections, foot.</summary>
internal static class EmailPage
{
    private static readonly Markup Style = new(ReportAssets.Read("email.css"));

    /// <summary>Mail programs fill their list with what comes next; this keeps it from being the text of the page.</summary>
    private static readonly Markup Filler = new(string.Concat(Enumerable.Repeat("&#847;&zwnj;&nbsp;", 40)));

    /// <param name="charts">By the place of their section.</param>
    public static Markup Of(Digest digest, IReadOnlyDictionary<int, ChartImage> charts) => Markup.Of($"""
        <!DOCTYPE html>
        <html lang="en" xmlns:o="urn:schemas-microsoft-com:office:office">
        <head>
        <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="x-apple-disable-message-reformatting">
        <meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
        <title>{Wording.Title(digest)}</title>
        <!--[if mso]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><![endif]-->
        <style>{Style}</style>
        </head>
        <body class="ground" bgcolor="#f3f5f4" style="margin:0;padding:0;background-color:#f3f5f4">
        <div style="display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;overflow:hidden;mso-hide:all">{EmailParts.Foreign(Preheader(digest))}{Filler}</div>
        <table role="presentation" class="ground" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f3f5f4" style="background-color:#f3f5f4"><tr><td class="out" align="center" style="padding:24px 12px">
        <!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
        <table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" style="max-width:600px;background-color:#ffffff;border-radius:12px;word-break:break-word;overflow-wrap:anywhere">
        {Head(digest)}
        {Headlines(digest.Headlines)}
        {Markup.Join(digest.Sections.Select((s, i) => EmailSection.Of(s, digest, charts.GetValueOrDefault(i))))}
        {Foot(digest)}
        </table>
        <!--[if mso]></td></tr></table><![endif]-->
        </td></tr></table>
        </body>
        </html>
        """);

    private static string Preheader(Digest digest) => string.Join(" · ", digest.Headlines.Take(Digest.MostHeadlines).Select(Wording.Headline)) is { Length: > 0 } headlines
        ? headlines
        : Wording.Line(digest.Sections.SelectMany(s => s.Lines).FirstOrDefault() ?? digest.Title);

    private static Markup Head(Digest digest) => Markup.Of($"""
        <tr><td class="pad" style="padding:32px 32px 20px">
        <h1 class="text title" style="margin:0 0 6px;{EmailParts.Font};font-size:26px;line-height:32px;font-weight:600;letter-spacing:-0.3px;color:#1b1d20">{EmailParts.Foreign(Wording.Title(digest))}</h1>
        <p class="muted" style="margin:0;{EmailParts.Font};font-size:14px;line-height:20px;color:#5a6069">{EmailParts.Foreign(Wording.About(digest))}</p>
        </td></tr>
        """);

    private static Markup Headlines(IReadOnlyList<DigestHeadline> headlines)
    {
        if (headlines.Count == 0)
            return Markup.None;
        var shown = headlines.Take(Digest.MostHeadlines).ToList();
        return Markup.Of($"""
            <tr><td class="pad" style="padding:4px 32px 20px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>{Markup.Join(shown.Select(h => Tile(h, 100 / shown.Count)))}</tr></table></td></tr>
            """);
    }

    private static Markup Tile(DigestHeadline headline, int width)
    {
        var (tone, color) = headline.Tone switch { DigestTone.Better => ("good", "#0a6670"), DigestTone.Worse => ("warn", "#9a4a12"), _ => ("muted", "#5a6069") };
        var change = headline.Change is { } text
            ? Markup.Of($"<div class=\"{tone}\" style=\"{EmailParts.Font};font-size:13px;line-height:18px;color:{color}\">{EmailParts.Foreign(Wording.Line(text))}</div>")
            : Markup.None;
        return Markup.Of($"""
            <td class="tile" width="{width}%" valign="top" style="padding:0 10px 4px 0"><div class="text" style="{EmailParts.Font};font-size:30px;line-height:36px;font-weight:600;letter-spacing:-0.5px;color:#1b1d20">{EmailParts.Foreign(headline.Figure.Text)}</div><div class="muted" style="{EmailParts.Font};font-size:13px;line-height:18px;color:#5a6069">{EmailParts.Foreign(Wording.Line(headline.Figure.Label))}</div>{change}</td>
            """);
    }

    private static Markup Foot(Digest digest)
    {
        var page = Wording.Link(digest.Page) is { } more ? EmailParts.Button("Open the page", more) : Markup.None;
        var preferences = Wording.Link(digest.Preferences) is { } link
            ? Markup.Of($"<a class=\"muted\" href=\"{link}\" style=\"color:#5a6069;text-decoration:underline\">Choose what you get, or stop it</a>.")
            : Markup.None;
        return Markup.Of($"""
            <tr><td class="pad" style="padding:8px 32px 32px">{page}<p class="muted" style="margin:14px 0 0;{EmailParts.Font};font-size:12px;line-height:18px;color:#5a6069">Counted by ServerlessBacklog. It advises; people decide. {preferences}</p></td></tr>
            """);
    }
}

/// <summary>A chart for a light ground and for a dark one.</summary>
internal sealed record ChartImage(InlineImage Bright, InlineImage Dim);
