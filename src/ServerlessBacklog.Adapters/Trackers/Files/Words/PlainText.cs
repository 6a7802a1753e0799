using System.Buffers;
using System.Text;

namespace ServerlessBacklog.Adapters.Trackers.Files.Words;

/// <summary>Takes out the control characters that break terminals and storage. Markup stays as it is.</summary>
internal static class PlainText
{
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(i => (char)i).Where(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r'))]);

    /// <summary>Keeps tabs and line breaks.</summary>
    public static string Body(string text)
    {
        if (text.AsSpan().IndexOfAny(Controls) < 0)
            return text;
        var kept = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!Controls.Contains(c))
                kept.Append(c);
        }

        return kept.ToString();
    }

    /// <summary>One line: breaks and tabs become blanks, ends are trimmed.</summary>
    public static string OneLine(string text)
    {
        var line = Body(text);
        return line.AsSpan().IndexOfAny('\t', '\n', '\r') < 0
            ? line.Trim()
            : line.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\n', ' ').Replace('\r', ' ').Replace('\t', ' ').Trim();
    }
}
