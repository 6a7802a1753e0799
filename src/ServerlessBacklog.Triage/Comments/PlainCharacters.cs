using System.Text;

namespace ServerlessBacklog.Triage.Comments;

/// <summary>Takes out characters that nobody sees: they could hide text, or show it in another order than it is read.</summary>
internal static class PlainCharacters
{
    /// <summary>One kind of line end, no control or direction characters, no halves of characters.</summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                continue;
            if (c is '\r' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029')
                plain.Append('\n');
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                AddPair(plain, c, text[++i]);
            else if (char.IsSurrogate(c))
                plain.Append('\uFFFD');
            else if (!IsHidden(c))
                plain.Append(c);
        }

        return plain.ToString();
    }

    /// <summary>Tag characters (U+E0000 …) repeat all of ASCII invisibly.</summary>
    private static void AddPair(StringBuilder plain, char high, char low)
    {
        if (char.ConvertToUtf32(high, low) is not (>= 0xE0000 and <= 0xE0FFF))
            plain.Append(high).Append(low);
    }

    private static bool IsHidden(char c) =>
        (char.IsControl(c) && c is not '\n' and not '\t')
        || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u061C' or '\u200E' or '\u200F' or '\uFEFF' or '\u00AD' or '\u2060';
}
