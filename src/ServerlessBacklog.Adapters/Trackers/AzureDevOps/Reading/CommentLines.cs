using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ServerlessBacklog.Adapters.Trackers.Files.Words;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;

/// <summary>
/// The text of a comment. One that speaks to this program is read as the lines that a person sees: the editor makes HTML of what is typed, in which no line
/// begins with a command. What is quoted or shown as code is marked as a quotation, so that it stays one.
/// </summary>
internal static partial class CommentLines
{
    private const string Command = "/backlog";

    private static readonly string[] Breaks = ["div", "p", "br", "li", "ul", "ol", "tr", "hr", "table", "h1", "h2", "h3", "h4", "h5", "h6"];
    private static readonly string[] Quotes = ["blockquote", "pre", "code", "script", "style"];

    public static string Of(string text)
    {
        var body = PlainText.Body(text);
        return body.Contains(Command, StringComparison.OrdinalIgnoreCase) && Html().IsMatch(body) ? Lines(body) : body;
    }

    private static string Lines(string html)
    {
        var (lines, line, quotes, at) = (new StringBuilder(), new StringBuilder(), 0, 0);
        foreach (Match tag in Tag().Matches(html))
        {
            Write(html.AsSpan(at, tag.Index - at));
            at = tag.Index + tag.Length;
            var name = tag.Groups["name"].Value.ToLowerInvariant();
            if (Quotes.Contains(name))
            {
                End();
                quotes = Math.Max(0, quotes + (tag.Groups["end"].Success ? -1 : 1));
            }
            else if (Breaks.Contains(name))
            {
                End();
            }
        }

        Write(html.AsSpan(at));
        End();
        return lines.ToString().TrimEnd('\n');

        void Write(ReadOnlySpan<char> text)
        {
            // A line break within HTML is a blank, but within what is shown as it is.
            var words = WebUtility.HtmlDecode(text.ToString()).ReplaceLineEndings(quotes > 0 ? "\n> " : " ").Replace('\u00a0', ' ');
            if (line.Length == 0 && string.IsNullOrWhiteSpace(words))
                return;
            line.Append(line.Length == 0 && quotes > 0 ? "> " : "").Append(words);
        }

        void End()
        {
            if (line.Length > 0)
                lines.Append(line).Append('\n');
            line.Clear();
        }
    }

    /// <summary>Begins as what the editor there writes.</summary>
    [GeneratedRegex(@"\A\s*<(?:div|p|br|span|blockquote|pre|code|ul|ol|table|a|b|i|h[1-6])\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Html();

    [GeneratedRegex("<(?<end>/)?(?<name>[a-z][a-z0-9]*)[^>]*>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
