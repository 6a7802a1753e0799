using System.Globalization;
using System.Text;

namespace ServerlessBacklog.Triage.Comments;

/// <summary>Text of others (titles, names) as it may stand in a message: one line, no longer than fits, that calls nobody and leads nowhere.</summary>
public static class ForeignText
{
    private const string Ellipsis = "…";
    private const char FirstStrongIsolate = '\u2068';
    private const char PopIsolate = '\u2069';

    /// <summary>One line without hidden characters, cut between characters as people see them. It holds what it held: show it escaped.</summary>
    /// <param name="longest">UTF-16 characters of the answer, an ellipsis included.</param>
    public static string OneLine(string text, int longest)
    {
        // Whatever is longer is cut anyway, and need not be looked through.
        var plain = PlainCharacters.Of(text.Length > longest * 4 ? text[..(longest * 4)] : text);
        var line = string.Join(' ', plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= longest ? line : Cut(line, longest - Ellipsis.Length).TrimEnd() + Ellipsis;
    }

    /// <summary>
    /// For mail and chats: taken apart with spaces of no width, so that no program makes a mention or a link of it, not even of a bare <c>example.com</c>.
    /// </summary>
    public static string Unlinked(string line)
    {
        var text = new StringBuilder(line.Length + 8);
        for (var i = 0; i < line.Length; i++)
        {
            text.Append(line[i]);
            var (before, next) = (i > 0 ? line[i - 1] : ' ', i + 1 < line.Length ? line[i + 1] : ' ');
            if (line[i] == '@'
                || (line[i] == ':' && char.IsLetter(before) && !char.IsWhiteSpace(next))
                || (line[i] == '.' && char.IsLetterOrDigit(before) && char.IsLetter(next)))
                text.Append(OutgoingText.Space);
        }

        return text.ToString();
    }

    /// <summary>For Markdown that may come to stand in a tracker: neither does it name an item, a person or a commit (<see cref="OutgoingText"/>).</summary>
    public static string Inert(string line) => Unlinked(TextBreaks.Apply(
        line.Replace("``", $"`{OutgoingText.Space}`", StringComparison.Ordinal).Replace("~~", $"~{OutgoingText.Space}~", StringComparison.Ordinal), null));

    /// <summary>Text that runs from right to left is set apart, so that what stands around it keeps its order; other text stays as it is.</summary>
    public static string Isolated(string line) => IsRightToLeft(line) ? $"{FirstStrongIsolate}{line}{PopIsolate}" : line;

    /// <summary>True when it holds a sign of a script that runs from right to left: Hebrew, Arabic and their kin.</summary>
    public static bool IsRightToLeft(string line) => line.EnumerateRunes().Any(r => r.Value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF));

    private static string Cut(string line, int length)
    {
        var end = 0;
        var parts = StringInfo.GetTextElementEnumerator(line);
        while (parts.MoveNext() && parts.ElementIndex + parts.GetTextElement().Length <= length)
            end = parts.ElementIndex + parts.GetTextElement().Length;

        // One letter under hundreds of marks is no letter that anybody reads.
        return end > 0 ? line[..end] : char.IsHighSurrogate(line[length - 1]) ? line[..(length - 1)] : line[..length];
    }
}
