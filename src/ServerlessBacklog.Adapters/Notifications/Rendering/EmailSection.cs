using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Adapters.Notifications.Rendering;

/// <summary>One section of an e-mail: heading, lines, items, table, chart, buttons.</summary>
internal static class EmailSection
{
    /// <summary>Characters of a cell that is not broken into lines.</summary>
    private const int LongestWhole = 14;

    public static Markup Of(DigestSection section, Digest digest, ChartImage? chart) => Markup.Of($"""
        <tr><td class="pad" style="padding:0 32px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="line" style="border-top:1px solid #e3e5e3;padding:24px 0 18px">
        <h2 class="text" style="margin:0 0 10px;{EmailParts.Font};font-size:18px;line-height:24px;font-weight:600;color:#1b1d20">{EmailParts.Foreign(Wording.Heading(section.Heading))}</h2>
        {Markup.Join(section.Lines.Select(l => EmailParts.Paragraph(Wording.Line(l))))}
        {Markup.Join(section.Items.Select(Item))}
        {(section.Table is { } table ? Table(table) : Markup.None)}
        {(section.Chart is { } drawn ? Chart(drawn, chart) : Markup.None)}
        {(Wording.More(section, digest) is { } more ? EmailParts.Note($"… {more}") : Markup.None)}
        {Actions(section)}
        </td></tr></table></td></tr>
        """);

    private static Markup Item(DigestItem item)
    {
        var title = Wording.Link(item.Link) is { } link
            ? Markup.Of($"<a class=\"accent\" href=\"{link}\" style=\"color:#0a6670;text-decoration:none;font-weight:600\">{EmailParts.Span(Wording.Title(item))}</a>")
            : Markup.Of($"<strong class=\"text\" style=\"color:#1b1d20;font-weight:600\">{EmailParts.Foreign(Wording.Title(item))}</strong>");
        var note = item.Note is { } why ? Markup.Of($" &middot; {EmailParts.Foreign(Wording.Line(why))}") : Markup.None;
        return Markup.Of($"""
            <p style="margin:0 0 12px;{EmailParts.Font};font-size:15px;line-height:21px;word-break:break-word;overflow-wrap:anywhere">{title}<br><span class="muted" style="font-size:13px;line-height:19px;color:#5a6069">{EmailParts.Foreign(Wording.Name(item))}{note}</span></p>
            """);
    }

    private static Markup Table(DigestTable table) => Markup.Of($"""
        <table width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:2px 0 12px"><tr>{Markup.Join(table.Columns.Select((c, i) => Head(c, Wording.IsNumeric(table, i))))}</tr>
        {Markup.Join(table.Rows.Select(r => Markup.Of($"<tr>{Markup.Join(r.Select((c, i) => Cell(c, i, Wording.IsNumeric(table, i))))}</tr>")))}
        </table>
        """);

    private static Markup Head(string text, bool isNumeric) =>
        Markup.Of($"<th scope=\"col\" class=\"muted line cell\" align=\"{Side(isNumeric)}\" valign=\"bottom\" style=\"{EmailParts.Font};font-size:12px;line-height:16px;font-weight:400;color:#5a6069;text-align:{Side(isNumeric)};padding:4px 8px 6px 0;border-bottom:1px solid #e3e5e3\">{EmailParts.Foreign(Wording.Cell(text))}</th>");

    private static Markup Cell(string text, int column, bool isNumeric) =>
        Markup.Of($"<td class=\"text line cell\" align=\"{Side(isNumeric)}\" valign=\"top\" style=\"{EmailParts.Font};font-size:14px;line-height:20px;color:#1b1d20;text-align:{Side(isNumeric)};padding:7px 8px 7px 0;border-bottom:1px solid #e3e5e3;{new Markup(column == 0 ? "font-weight:600" : "font-variant-numeric:tabular-nums")}{new Markup(text.Length <= LongestWhole ? ";white-space:nowrap" : "")}\">{EmailParts.Foreign(Wording.Cell(text))}</td>");

    private static string Side(bool isNumeric) => isNumeric ? "right" : "left";

    /// <summary>The picture twice, for a light ground and a dark one; a program that knows no dark ground shows the first. Without a picture, what it would show.</summary>
    private static Markup Chart(DigestChart chart, ChartImage? image) => image is null ? EmailParts.Paragraph(Wording.Line(chart.Alt)) : Markup.Of($"""
        <p class="text" style="margin:6px 0 6px;{EmailParts.Font};font-size:14px;line-height:20px;font-weight:600;color:#1b1d20">{EmailParts.Foreign(Wording.Heading(chart.Title))}</p>
        <div class="bright">{Picture(image.Bright, chart)}</div>
        <!--[if !mso]><!--><div class="dim" style="display:none;max-height:0;overflow:hidden;mso-hide:all">{Picture(image.Dim, chart)}</div><!--<![endif]-->
        """);

    private static Markup Picture(InlineImage image, DigestChart chart) =>
        Markup.Of($"<img src=\"cid:{image.ContentId}\" width=\"{ChartPicture.Width}\" alt=\"{Wording.Line(chart.Alt)}\" style=\"display:block;width:100%;max-width:{ChartPicture.Width}px;height:auto;border:0;margin:0 0 12px\">");

    private static Markup Actions(DigestSection section) => Markup.Join(section.Actions
        .Select(a => Wording.Link(a.Link) is { } link ? EmailParts.Button(Wording.Heading(a.Label), link) : Markup.None));
}
