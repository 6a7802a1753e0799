namespace ServerlessBacklog.Triage.Models;

/// <summary>About how many tokens a text has: a quarter of its ASCII characters and two thirds of the others, which suits the byte-pair encodings in use.</summary>
public static class TokenEstimate
{
    public static int Of(ReadOnlySpan<char> text)
    {
        var ascii = 0;
        foreach (var c in text)
            ascii += c < 128 ? 1 : 0;
        return (int)Math.Ceiling(ascii / 4.0 + (text.Length - ascii) / 1.5);
    }

    /// <summary>The beginning of a text within so many tokens, cut at the end of a sentence or line where there is one, with a note; the text itself when it fits.</summary>
    public static string Cut(string text, int tokens)
    {
        const string note = " […cut: the rest is too long]";
        if (Of(text) <= tokens)
            return text;
        var (low, high) = (0, text.Length);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Of(text.AsSpan(0, middle)) <= tokens ? (middle, high) : (low, middle - 1);
        }

        var room = text.AsSpan(0, low);
        var end = Math.Max(room.LastIndexOf('\n'), Math.Max(room.LastIndexOf(". "), Math.Max(room.LastIndexOf("? "), room.LastIndexOf("! "))) + 1);
        if (end < low / 2)
            end = room.LastIndexOf(' ') is var word && word >= low / 2 ? word : low;
        if (end > 0 && char.IsHighSurrogate(text[end - 1]))
            end--;
        return string.Concat(text.AsSpan(0, end).TrimEnd(), note);
    }
}
