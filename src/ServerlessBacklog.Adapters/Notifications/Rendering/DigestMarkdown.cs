using System.Text;
using System.Text.RegularExpressions;
using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Adapters.Notifications.Rendering;

/// <summary>A digest as Markdown that calls nobody, wherever it is put.</summary>
public static partial class DigestMarkdown
{
    /// <summary>Characters; trackers refuse comments of 65,536.</summary>
    private const int LongestMarkdown = 60_000;

    public static string Render(Digest digest) => DigestCut.ToFit(digest, Markdown, t => t.Length <= LongestMarkdown);

    private static string Markdown(Digest digest)
    {
        var text = new StringBuilder();
        Line(text, $"# {Safe(Wording.Title(digest))}");
        Line(text, "");
        Line(text, Safe(Wording.About(digest)));
        if (digest.Headlines.Count > 0)
            Line(text, "");
        foreach (var headline in digest.Headlines.Take(Digest.MostHeadlines))
            Line(text, $"- **{Safe(headline.Figure.Text)}** {Safe(Wording.Line(headline.Figure.Label))}{(headline.Change is { } change ? $" ({Safe(Wording.Line(change))})" : "")}");
        foreach (var section in digest.Sections)
            AddSection(text, section, digest);
        var feet = new[] { Named("More on the page", digest.Page), Named("Choose what you get, or stop it", digest.Preferences) }.OfType<string>().ToList();
        if (feet.Count > 0)
            Line(text, $"\n{string.Join(" · ", feet)}");
        return text.ToString();
    }

    private static void AddSection(StringBuilder text, DigestSection section, Digest digest)
    {
        Line(text, $"\n## {Safe(Wording.Heading(section.Heading))}");
        foreach (var line in section.Lines)
            Line(text, $"\n{Safe(Wording.Line(line))}");
        if (section.Items.Count > 0)
            Line(text, "");
        foreach (var item in section.Items)
            Line(text, Item(item));
        if (section.Table is { } table)
            AddTable(text, table);
        if (section.Chart is { } chart)
            Line(text, $"\n{Safe(Wording.Line(chart.Alt))}");
        if (Wording.More(section, digest) is { } more)
            Line(text, $"\n… {more}");
        if (section.Actions.Select(a => Named(a.Label, a.Link)).OfType<string>().ToList() is { Count: > 0 } actions)
            Line(text, $"\n{string.Join(" · ", actions)}");
    }

    private static string Item(DigestItem item) =>
        $"- {Named(Wording.Name(item), item.Link) ?? Safe(Wording.Name(item))} {Safe(Wording.Title(item))}{(item.Note is { } note ? $": {Safe(Wording.Line(note))}" : "")}";

    private static void AddTable(StringBuilder text, DigestTable table)
    {
        Line(text, "");
        Line(text, Row(table.Columns));
        Line(text, $"|{string.Concat(table.Columns.Select((_, i) => Wording.IsNumeric(table, i) ? "---:|" : "---|"))}");
        foreach (var row in table.Rows)
            Line(text, Row(row));
    }

    private static string Row(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells.Select(c => Safe(Wording.Cell(c))))} |";

    /// <summary>Null without a link. No tracker looks for mentions and references in the words of a link.</summary>
    private static string? Named(string words, Uri? uri) => Wording.Link(uri) is { } link ? $"[{Escaped(ForeignText.OneLine(words, Wording.LongestTitle))}]({link})" : null;

    private static string Safe(string text) => ForeignText.Isolated(Escaped(ForeignText.Inert(text)));

    private static string Escaped(string text) => Leading().Replace(Signs().Replace(text, @"\$0"), @"$1\$2");

    [GeneratedRegex(@"[\\`*_\[\]<>|~]")]
    private static partial Regex Signs();

    /// <summary>What would begin a list or a heading.</summary>
    [GeneratedRegex(@"\A([0-9]{0,9})([#+.)-])(?=\s)")]
    private static partial Regex Leading();

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
