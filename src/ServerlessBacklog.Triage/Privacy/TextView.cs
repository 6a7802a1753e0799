using System.Globalization;
using System.Text;

namespace ServerlessBacklog.Triage.Privacy;

/// <summary>
/// A text without some of its characters, and where those that are left stand in the original: what is split by signs that nobody sees is
/// found in the view and hidden in the original.
/// </summary>
internal sealed class TextView
{
    private readonly List<int> places;

    private TextView(string text, List<int> places) => (Text, this.places) = (text, places);

    public string Text { get; }

    /// <summary>Without characters that nobody sees: zero width ones, direction marks, controls, tags.</summary>
    public static TextView Seen(string original) => Of(original, SkipHidden);

    /// <summary>Also without HTML tags, Markdown emphasis, code signs and line breaks (with indents and quote signs): what is left of a token cut by them is whole.</summary>
    public static TextView Joined(string original) => Of(original, (text, at) => SkipHidden(text, at) is > 0 and var hidden ? hidden : SkipMarks(text, at));

    /// <summary>The span of the original that a span of the view covers.</summary>
    public TextSpan Original(TextSpan span) =>
        span.Length == 0 ? new(places[span.Start], 0) : new(places[span.Start], places[span.End - 1] + 1 - places[span.Start]);

    private static TextView Of(string original, Func<string, int, int> skip)
    {
        var text = new StringBuilder(original.Length);
        var places = new List<int>(original.Length + 1);
        for (var at = 0; at < original.Length;)
        {
            if (skip(original, at) is > 0 and var skipped)
            {
                at += skipped;
                continue;
            }

            text.Append(original[at]);
            places.Add(at++);
        }

        places.Add(original.Length);
        return new(text.ToString(), places);
    }

    private static int SkipHidden(string text, int at)
    {
        var c = text[at];
        if (c < 0x7F)
            return c < ' ' && c is not '\n' and not '\r' and not '\t' ? 1 : 0;
        if (char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            return char.ConvertToUtf32(c, text[at + 1]) is >= 0xE0000 and <= 0xE0FFF ? 2 : 0;
        return c is (>= '\uFE00' and <= '\uFE0F') or '\u034F' or '\u115F' or '\u1160' or '\u3164'
            || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control ? 1 : 0;
    }

    private static int SkipMarks(string text, int at)
    {
        switch (text[at])
        {
            case '*' or '`':
                return 1;
            case '\r' or '\n':
                var end = at + 1;
                while (end < text.Length && text[end] is '\r' or '\n' or ' ' or '\t' or '>')
                    end++;
                return end - at;
            case '<':
                var close = text.AsSpan(at, Math.Min(200, text.Length - at)).IndexOf('>');
                return close > 0 ? close + 1 : 0;
            default:
                return 0;
        }
    }
}

/// <param name="Start">Characters from the beginning.</param>
/// <param name="Length">Characters.</param>
internal readonly record struct TextSpan(int Start, int Length)
{
    public int End => Start + Length;
}
