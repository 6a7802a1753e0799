using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.Triage.Comments;

/// <summary>
/// Goes through text once and takes apart every sign that could have an effect, but for names and links that are allowed. It adds
/// spaces of no width and takes nothing away, so that nothing new can come about; and where one stands none is added.
/// </summary>
internal sealed partial class TextBreaks
{
    private const char Space = OutgoingText.Space;
    private const int LongestHexWord = 6;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Linked without two slashes.</summary>
    private static readonly string[] LinkingSchemes = ["mailto", "tel", "xmpp", "javascript", "vbscript", "data"];

    private static readonly HashSet<string> ClosingWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved",
    };

    private readonly AllowedNames? names;
    private readonly StringBuilder result;

    /// <param name="names">Null when nothing may be named, as in the words of a link.</param>
    private TextBreaks(AllowedNames? names, int length) => (this.names, result) = (names, new StringBuilder(length + (length / 8)));

    public static string Apply(string text, AllowedNames? names)
    {
        var breaks = new TextBreaks(names, text.Length);
        breaks.AddLines(text);
        return breaks.result.ToString();
    }

    private char Last => result.Length > 0 ? result[^1] : '\n';

    private void AddLines(string text)
    {
        var fences = new FenceWalk();
        var isFirst = true;
        foreach (var line in text.Split('\n'))
        {
            if (!isFirst)
                result.Append('\n');
            isFirst = false;
            switch (fences.Read(line, out var language))
            {
                case FenceLine.Opening:
                    result.Append(fences.Open).Append(DrawnLanguages().IsMatch(language) ? "text" : language);
                    break;
                case FenceLine.Closing:
                    result.Append(line.TrimEnd(' ', '\t'));
                    break;
                default:
                    AddLine(line);
                    break;
            }
        }

        if (fences.Open.Length > 0)
            result.Append('\n').Append(fences.Open);
    }

    private void AddLine(string line)
    {
        var start = Marks().Match(line).Length;
        for (var i = 0; i < line.Length;)
        {
            if (i == start && line[i] == '/' && Last != Space)
                result.Append(Space);
            i += KeptLength(line, i) is > 0 and var kept ? kept : AddBroken(line, i);
        }
    }

    /// <summary>Adds an allowed link, address or name that begins here, as it is.</summary>
    /// <returns>Its length; 0 when none begins here.</returns>
    private int KeptLength(string line, int at)
    {
        if (names is null || !IsBoundary(Last))
            return 0;
        var match = line[at] switch
        {
            '[' => KeptLink().Match(line, at),
            'h' or 'H' => Address().Match(line, at),
            _ => Name().Match(line, at),
        };
        if (line[at] is 'h' or 'H' && !match.Success)
            match = Name().Match(line, at);
        if (!match.Success || IsAfterClosingWord())
            return 0;
        if (match.Groups["words"] is { Success: true } words)
            return names.MayLink(match.Groups["url"].Value) ? Add($"[{Apply(words.Value, null)}]({match.Groups["url"].Value})", match.Length) : 0;
        if (match.Groups["name"].Success)
            return names.MayName(match.Value) ? Add(match.Value, match.Length) : 0;

        // Readers end an address at a space, less the punctuation before that. A space of no width in there would not end it, so that the
        // punctuation is kept with it.
        var address = match.Value.TrimEnd('?', '!', '.', ',', ':', ';', '*', '_', '\'', '"', ')', ']', '}', '|');
        return IsBeforeAddress(Last) && names.MayLink(address) && !match.Value.Contains("]:", StringComparison.Ordinal) ? Add(match.Value, match.Length) : 0;
    }

    private int Add(string text, int length)
    {
        result.Append(text);
        return length;
    }

    /// <summary>Adds what stands here, taken apart where it must be.</summary>
    /// <returns>How many characters were added.</returns>
    private int AddBroken(string line, int at)
    {
        var c = line[at];
        if (char.IsAsciiLetterOrDigit(c))
            return AddWord(line, at);
        if ((c == '.' && EndsWith("www")) || (c == ':' && LinkingSchemes.Any(EndsWith)))
            result.Append(Space);
        if (c is '`' or '~' && Last == c && result.Length > 1 && result[^2] == c)
            result.Append(Space);
        result.Append(c);
        var next = at + 1 < line.Length ? line[at + 1] : '\n';
        if (next != Space && MustBreak(line, at, c, next))
            result.Append(Space);
        return 1;
    }

    private bool MustBreak(string line, int at, char c, char next) => c switch
    {
        '@' => true,
        '#' => char.IsDigit(next),
        '!' => char.IsDigit(next) || next == '[',
        '&' => char.IsAsciiLetter(next) || next == '#',
        '<' => !char.IsWhiteSpace(next),
        ']' => next is '(' or ':',
        ':' => next == '/' && at + 2 < line.Length && line[at + 2] == '/',
        '-' => char.IsDigit(next) && result.Length >= 3 && IsGitHubPrefix(),
        _ => false,
    };

    /// <summary>A word of hex digits from seven on could be a commit.</summary>
    private int AddWord(string line, int at)
    {
        var end = at + 1;
        while (end < line.Length && char.IsAsciiLetterOrDigit(line[end]))
            end++;
        var word = line.AsSpan(at, end - at);
        if (word.Length <= LongestHexWord || word.ContainsAnyExcept(HexDigits) || char.IsAsciiLetterOrDigit(Last))
        {
            result.Append(word);
            return word.Length;
        }

        for (var i = 0; i < word.Length; i += LongestHexWord)
        {
            if (i > 0)
                result.Append(Space);
            result.Append(word[i..Math.Min(i + LongestHexWord, word.Length)]);
        }

        return word.Length;
    }

    private bool IsGitHubPrefix() =>
        result[^2] is 'H' or 'h' && result[^3] is 'G' or 'g';

    private bool EndsWith(string ending)
    {
        if (result.Length < ending.Length)
            return false;
        for (var i = 0; i < ending.Length; i++)
        {
            if (char.ToLowerInvariant(result[result.Length - ending.Length + i]) != ending[i])
                return false;
        }

        return true;
    }

    /// <summary><c>fixes: #12</c> would close the item when this text comes to stand in a commit or pull request.</summary>
    private bool IsAfterClosingWord()
    {
        var end = result.Length;
        while (end > 0 && !char.IsAsciiLetterOrDigit(result[end - 1]) && result[end - 1] != Space)
            end--;
        var start = end;
        while (start > 0 && end - start <= 8 && char.IsAsciiLetter(result[start - 1]))
            start--;
        return ClosingWords.Contains(result.ToString(start, end - start));
    }

    /// <summary>Where GitHub's Markdown takes an address for one.</summary>
    private static bool IsBeforeAddress(char c) => c is ' ' or '\t' or '\n' or '(' or '*';

    private static bool IsBoundary(char c) => char.IsWhiteSpace(c) || c is '(' or '[' or '{' or '"' or '\'' or '*' or ',' or ';' or ':' or '>' or '|';

    /// <summary>What may stand before a command: blanks, also those of no width, quotes, list marks, boxes, cells.</summary>
    [GeneratedRegex(@"\A(?:[\s\u200B-\u200D>*+|-]|[0-9]{1,9}[.)](?=\s)|\[[ xX]\](?=\s))*")]
    private static partial Regex Marks();

    /// <summary>What GitHub draws instead of showing it.</summary>
    [GeneratedRegex(@"\A(?:mermaid|math|geojson|topojson|stl)\z", RegexOptions.IgnoreCase)]
    private static partial Regex DrawnLanguages();

    [GeneratedRegex(@"\G\[(?<words>[^\[\]\n`\\<>!]{1,300})\]\((?<url>https?://[^\s()]+)\)")]
    private static partial Regex KeptLink();

    [GeneratedRegex(@"\Ghttps?://[^ \t<]+", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"\G(?<name>(?:[A-Za-z0-9][A-Za-z0-9._-]{0,100}/[A-Za-z0-9._-]{1,100}|AB)?#[0-9]{1,12}(?![\p{L}\p{Nd}_\\]))", RegexOptions.IgnoreCase)]
    private static partial Regex Name();
}
