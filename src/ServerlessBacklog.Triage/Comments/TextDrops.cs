using System.Text;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.Triage.Comments;

/// <summary>
/// Takes out what is not to be shown: HTML, images, links that lead elsewhere. The words in them stay. This is for looks only: what slips
/// through here is taken apart by <see cref="TextBreaks"/>. Code is left alone.
/// </summary>
internal static partial class TextDrops
{
    /// <summary>Taking one thing out may make another; who nests deeper than that is no friend, and need not look good.</summary>
    private const int MaxRounds = 20;

    public static string Apply(string text, AllowedNames names)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var before = text;
            text = Once(text, names);
            if (text == before)
                break;
        }

        return text;
    }

    private static string Once(string text, AllowedNames names)
    {
        if (text.AsSpan().IndexOfAny('<', '[') < 0)
            return text;
        var fences = new FenceWalk();
        var result = new StringBuilder(text.Length);
        var prose = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            if (fences.Read(line, out _) == FenceLine.Prose)
            {
                prose.Append(line).Append('\n');
                continue;
            }

            AddProse(result, prose, names);
            result.Append(line).Append('\n');
        }

        AddProse(result, prose, names);
        return result.Length > 0 ? result.ToString(0, result.Length - 1) : "";
    }

    private static void AddProse(StringBuilder result, StringBuilder prose, AllowedNames names)
    {
        var text = prose.ToString();
        prose.Clear();
        var from = 0;
        foreach (Match code in Code().Matches(text))
        {
            result.Append(Prose(text[from..code.Index], names)).Append(code.ValueSpan);
            from = code.Index + code.Length;
        }

        result.Append(Prose(text[from..], names));
    }

    private static string Prose(string text, AllowedNames names)
    {
        if (text.AsSpan().IndexOfAny('<', '[') < 0)
            return text;
        text = WithoutComments(text);
        text = Autolink().Replace(text, "$1");
        text = Tag().Replace(text, "");
        text = Image().Replace(text, "$1");
        text = Link().Replace(text, m => names.MayLink(m.Groups["url"].Value) && m.Groups["text"].Value.Trim().Length > 0
            ? $"[{m.Groups["text"].Value}]({m.Groups["url"].Value})"
            : m.Groups["text"].Value);
        return Definition().Replace(text, "");
    }

    private static string WithoutComments(string text)
    {
        var start = text.IndexOf("<!--", StringComparison.Ordinal);
        if (start < 0)
            return text;
        var result = new StringBuilder(text.Length);
        var from = 0;
        while (start >= 0 && text.IndexOf("-->", start + 4, StringComparison.Ordinal) is >= 0 and var end)
        {
            result.Append(text.AsSpan(from, start - from));
            from = end + 3;
            start = text.IndexOf("<!--", from, StringComparison.Ordinal);
        }

        return result.Append(text.AsSpan(from)).ToString();
    }

    /// <summary>A code span within one line.</summary>
    [GeneratedRegex(@"(?<!`)(`{1,2})(?!`)[^`\n]{1,400}\1(?!`)")]
    private static partial Regex Code();

    [GeneratedRegex(@"<(?!\u200B)((?:https?|ftp|mailto):[^<>\s]*|[^<>\s@]{1,100}@[^<>\s@]{1,200})>", RegexOptions.IgnoreCase)]
    private static partial Regex Autolink();

    /// <summary>Elements by name, so that <c>List&lt;string&gt;</c> stays.</summary>
    [GeneratedRegex(
        @"</?(?:a|abbr|acronym|address|applet|area|article|aside|audio|b|base|basefont|bdi|bdo|big|blink|blockquote|body|br|button|canvas|caption|center|cite|code|col|colgroup|data|datalist|dd|del|details|dfn|dialog|dir|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hr|html|i|iframe|image|img|input|ins|kbd|label|legend|li|link|main|map|mark|marquee|math|menu|meta|meter|nav|noframes|noscript|object|ol|optgroup|option|output|p|param|picture|pre|progress|q|rp|rt|ruby|s|samp|script|section|select|slot|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|wbr)(?:[\s/][^<>]*)?>",
        RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex(@"!\[([^\[\]]*)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])?")]
    private static partial Regex Image();

    [GeneratedRegex(@"\[(?<text>[^\[\]\n]*)\]\([ \t]*<?(?<url>[^()<>\s]*)>?(?:[ \t]+(?:""[^""\n]*""|'[^'\n]*'))?[ \t]*\)")]
    private static partial Regex Link();

    /// <summary>What a reference link refers to.</summary>
    [GeneratedRegex(@"^ {0,3}\[[^\[\]\n]+\]:[ \t]*\S.*", RegexOptions.Multiline)]
    private static partial Regex Definition();
}
