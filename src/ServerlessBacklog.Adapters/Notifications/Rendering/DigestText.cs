using System.Text;
using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Adapters.Notifications.Rendering;

/// <summary>A digest as plain text: the part of an e-mail for those who read no HTML, and what a terminal shows.</summary>
public static class DigestText
{
    private const int LongestText = 60_000;

    public static string Render(Digest digest) => DigestCut.ToFit(digest, Text, t => t.Length <= LongestText);

    private static string Text(Digest digest)
    {
        var text = new StringBuilder();
        Line(text, Safe(Wording.Title(digest)));
        Line(text, Safe(Wording.About(digest)));
        if (digest.Headlines.Count > 0)
            Line(text, "");
        foreach (var headline in digest.Headlines.Take(Digest.MostHeadlines))
            Line(text, Safe(Wording.Headline(headline)));
        foreach (var section in digest.Sections)
            AddSection(text, section, digest);
        Line(text, "");
        if (Wording.Link(digest.Page) is { } page)
            Line(text, $"More: {page}");
        if (Wording.Link(digest.Preferences) is { } preferences)
            Line(text, $"Choose what you get, or stop it: {preferences}");
        return text.ToString().TrimEnd() + "\n";
    }

    private static void AddSection(StringBuilder text, DigestSection section, Digest digest)
    {
        Line(text, "");
        Line(text, Safe(Wording.Heading(section.Heading)).ToUpperInvariant());
        foreach (var line in section.Lines)
            Line(text, Safe(Wording.Line(line)));
        foreach (var item in section.Items)
            AddItem(text, item);
        if (section.Table is { } table)
            AddTable(text, table);
        if (section.Chart is { } chart)
            Line(text, Safe(Wording.Line(chart.Alt)));
        if (Wording.More(section, digest) is { } more)
            Line(text, $"… {more}");
        foreach (var action in section.Actions)
        {
            if (Wording.Link(action.Link) is { } link)
                Line(text, $"{Safe(Wording.Heading(action.Label))}: {link}");
        }
    }

    private static void AddItem(StringBuilder text, DigestItem item)
    {
        Line(text, $"- {Safe(Wording.Name(item))} {Safe(Wording.Title(item))}");
        if (item.Note is { } note)
            Line(text, $"  {Safe(Wording.Line(note))}");
        if (Wording.Link(item.Link) is { } link)
            Line(text, $"  {link}");
    }

    private static void AddTable(StringBuilder text, DigestTable table)
    {
        var rows = table.Rows.Prepend(table.Columns).Select(r => r.Select(c => Safe(Wording.Cell(c))).ToList()).ToList();
        var widths = table.Columns.Select((_, i) => rows.Max(r => r.Count > i ? r[i].Length : 0)).ToList();
        foreach (var row in rows)
            Line(text, string.Join("  ", row.Take(widths.Count).Select((c, i) => Wording.IsNumeric(table, i) ? c.PadLeft(widths[i]) : c.PadRight(widths[i]))).TrimEnd());
    }

    private static string Safe(string text) => ForeignText.Isolated(ForeignText.Unlinked(text));

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
