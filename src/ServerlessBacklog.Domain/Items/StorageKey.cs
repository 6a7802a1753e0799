using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ServerlessBacklog.Domain.Items;

/// <summary>
/// Makes table keys and instance ids out of any text: distinct for distinct texts, without <c>/ \ # ? %</c>, control characters or
/// surrogates. <c>~</c>, <c>!</c> and <c>|</c> are escaped too, so that they can separate parts.
/// </summary>
public static class StorageKey
{
    /// <summary>Longest text that <see cref="Of"/> returns.</summary>
    public const int MaxLength = 256;

    /// <summary>The escaped parts, joined by <c>~</c>; the tail becomes a SHA-256 when that is longer than <see cref="MaxLength"/>.</summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder(64);
        foreach (var part in parts)
        {
            if (text.Length > 0)
                text.Append('~');
            Escape(text, part);
        }

        var key = text.ToString();
        if (key.Length <= MaxLength)
            return key;
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return $"{key[..(MaxLength - digest.Length - 1)]}~{digest}";
    }

    /// <summary>Writes a character as <c>!hex!</c> wherever it is unsafe in a key or is one of our separators.</summary>
    private static void Escape(StringBuilder text, string part)
    {
        foreach (var c in part)
        {
            if (IsUnsafe(c))
                text.Append('!').Append(((int)c).ToString("x", CultureInfo.InvariantCulture)).Append('!');
            else
                text.Append(c);
        }
    }

    private static bool IsUnsafe(char c) => c is '/' or '\\' or '#' or '?' or '%' or '~' or '!' or '|' || char.IsControl(c) || char.IsSurrogate(c);
}
