using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Dependencies;

/// <summary>Blanks out what an author shows rather than says: code blocks, quoted replies, template comments. Positions stay as they are.</summary>
internal static partial class OwnWords
{
    private const int Limit = 20_000;

    /// <summary>The first 20,000 characters with those parts as spaces; inline code stays when it is one word, as in <c>`#12`</c>.</summary>
    public static string Of(string text)
    {
        var own = text.Length > Limit ? text[..Limit] : text;
        foreach (var shown in Shown)
            own = shown.Replace(own, Blank);
        return own;
    }

    private static readonly Regex[] Shown = [Fenced(), Html(), Quoted(), Inline()];

    private static string Blank(Match match) => string.Create(match.Length, match.Value, static (span, value) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = value[i] == '\n' ? '\n' : ' ';
    });

    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    [GeneratedRegex(@"^[ \t]*(?<fence>```+|~~~+)[^\n]*\n[\s\S]*?(?:^[ \t]*\k<fence>[^\n]*$|\z)", Plain | RegexOptions.Multiline)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"<!--[\s\S]*?(?:-->|\z)|<(?<tag>pre|code|blockquote)\b[^>]*>[\s\S]*?(?:</\k<tag>>|\z)", Plain)]
    private static partial Regex Html();

    [GeneratedRegex(@"^[ \t]*>[^\n]*$", Plain | RegexOptions.Multiline)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"`[^`\n]*\s[^`\n]*`", Plain)]
    private static partial Regex Inline();
}
