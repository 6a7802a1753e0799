using System.Globalization;
using System.Text;

namespace ServerlessBacklog.Triage.Models;

/// <summary>A text as a model reads it, whatever tricks its letters play: full-width and other forms of letters are plain, what nobody sees is gone, lines end alike.</summary>
internal static class ReadableText
{
    public static string Of(string text)
    {
        if (Ascii.IsValid(text) && !text.Contains('\r'))
            return text;
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Format:
                    break;
                case UnicodeCategory.NonSpacingMark when rune.Value is >= 0x0330 and <= 0x0338 or >= 0xFE00 and <= 0xFE0F:
                    break;
                case UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    plain.Append('\n');
                    break;
                default:
                    plain.Append(Plain(rune.Value) is { } letter ? letter.ToString() : rune.ToString());
                    break;
            }
        }

        return plain.ToString();
    }

    /// <summary>The ASCII sign that another one is a form of, as Unicode's compatibility forms have it; null for all others.</summary>
    private static char? Plain(int sign) => sign switch
    {
        '\r' or '\u0085' or '\v' or '\f' => '\n',
        >= 0xFF01 and <= 0xFF5E => (char)(sign - 0xFEE0),
        >= 0x1D400 and <= 0x1D6A3 => Letter((sign - 0x1D400) % 52),
        >= 0x1D7CE and <= 0x1D7FF => (char)('0' + ((sign - 0x1D7CE) % 10)),
        >= 0x24B6 and <= 0x24E9 => Letter(sign - 0x24B6),
        _ => null,
    };

    /// <summary>Of A to Z and a to z.</summary>
    private static char Letter(int number) => (char)(number < 26 ? 'A' + number : 'a' + number - 26);

    /// <summary>Signs that steer a terminal or turn the direction of reading; blanks and line ends are none.</summary>
    public static bool IsControl(char c) => (char.IsControl(c) && c is not '\n' and not '\t' and not '\r') || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
