using System.Net;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Clarity;

/// <summary>
/// A description without its markup: HTML, Markdown and wiki signs become line breaks, comments that a template left behind go.
/// Logs and code are kept apart from prose. At most the first 20,000 characters count.
/// </summary>
public sealed partial record PlainText(string All, string Prose, bool HasCode)
{
    private const int Limit = 20_000;

    public static PlainText Of(string text)
    {
        text = text.Length > Limit ? text[..Limit] : text;
        text = BlankLines().Replace(Blanks().Replace(text, "  "), "\n\n");
        text = TemplateComment().Replace(text, " ");
        if (Tag().IsMatch(text))
            text = WebUtility.HtmlDecode(OtherTag().Replace(BlockTag().Replace(text, "\n"), " "));
        text = WikiMarks().Replace(text.Replace("\r", "", StringComparison.Ordinal), " ");
        text = QuoteMark().Replace(text, "");
        var prose = Fenced().Replace(text, "\n");
        prose = LogLine().Replace(prose, "\n");
        var hasCode = prose.Length < text.Length * 0.98 || FrameInText().IsMatch(text);
        return new PlainText(text, Boilerplate().Replace(prose, " "), hasCode);
    }

    /// <summary>The text without stack traces and time-stamped log lines; code stays.</summary>
    public static string WithoutLogs(string text) => LogLine().Replace(Blanks().Replace(text, "  "), "\n");

    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>Long runs of blanks make later patterns slow and mean nothing.</summary>
    [GeneratedRegex(@"[ \t\u00a0]{3,}")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"(?:\r?\n[ \t]*){3,}")]
    private static partial Regex BlankLines();

    [GeneratedRegex(@"<!--(?!\s*@)[\s\S]*?-->", Plain)]
    private static partial Regex TemplateComment();

    [GeneratedRegex(@"</?(?:div|p|br|li|ul|ol|span|b|strong|h\d|table|td|tr|pre|code|details|summary|img|a)\b[^>]*>", Plain)]
    private static partial Regex Tag();

    [GeneratedRegex(@"</?(?:div|p|br|li|ul|ol|h\d|table|tr|pre|details|summary)\b[^>]*>", Plain)]
    private static partial Regex BlockTag();

    [GeneratedRegex(@"</?(?:span|b|strong|i|em|u|td|th|tbody|thead|code|a|font|sub|sup)\b[^>]*>", Plain)]
    private static partial Regex OtherTag();

    [GeneratedRegex(@"\{(?:html|color[^}]*|quote|panel[^}]*)\}", Plain)]
    private static partial Regex WikiMarks();

    [GeneratedRegex(@"^(?:>\s?)+", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex QuoteMark();

    [GeneratedRegex(@"```[\s\S]*?(?:```|\z)|\{(code|noformat)[^}]*\}[\s\S]*?(?:\{\1\}|\z)", Plain)]
    private static partial Regex Fenced();

    /// <summary>Lines of stack traces and time-stamped logs.</summary>
    [GeneratedRegex(@"^\s*(?:at [\w.$<>`]+\s*\(.*|at [\w.$<>`]+\.[\w.$<>`]+.*|File "".*"", line \d+.*|#\d+\s+0x.*|Caused by:.*|\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*|\d+:\d\d\.\d\d .*)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex LogLine();

    /// <summary>What trackers write by themselves: user agents, people in copy, import notes.</summary>
    [GeneratedRegex(@"(?:^user ?agent:?\s*)?\bmozilla/\d[^\n]*|/?\bcc:?\s+@.*|@\w+|<!-- @[\s\S]*?-->|^_?(?:from|opened|created) (?:from|on behalf|with)\b.*|^\s*\+\+\+ .* \+\+\+|\[?WIP\]?|^buildna\w+:.*", Plain | RegexOptions.Multiline)]
    private static partial Regex Boilerplate();

    [GeneratedRegex(@"\bat [\w$<>`]+(?:\.[\w$<>`]+)+\(|Traceback \(most recent", RegexOptions.CultureInvariant)]
    private static partial Regex FrameInText();
}
