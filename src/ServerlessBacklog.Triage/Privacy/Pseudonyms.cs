using System.Security.Cryptography;
using System.Text;

namespace ServerlessBacklog.Triage.Privacy;

/// <summary>
/// Names by which nobody knows a person. The same name has the same pseudonym; who has not the key cannot try out logins until one fits
/// (HMAC-SHA256, RFC 2104).
/// </summary>
/// <param name="key">As <see cref="NewKey"/> made it, kept with the data.</param>
public sealed class Pseudonyms(ReadOnlyMemory<byte> key)
{
    private const string Prefix = "person-";

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(32);

    /// <summary>64 hex digits that stand for a name, whatever its case and the signs around it.</summary>
    public string HashOf(string name) => HashOf(name.AsSpan());

    /// <summary><c>person-</c> and 8 hex digits.</summary>
    public string Of(string name) => Prefix + HashOf(name)[..8];

    /// <summary>Characters of a name that count.</summary>
    public static int LengthOf(string name) => Trim(name).Length;

    internal string HashOf(ReadOnlySpan<char> name)
    {
        var plain = Trim(name);
        var lower = plain.Length <= 128 ? stackalloc char[plain.Length] : new char[plain.Length];
        plain.ToLowerInvariant(lower);
        var bytes = new byte[Encoding.UTF8.GetByteCount(lower)];
        Encoding.UTF8.GetBytes(lower, bytes);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key.Span, bytes));
    }

    /// <summary>Without what is no letter and no digit at its ends.</summary>
    internal static ReadOnlySpan<char> Trim(ReadOnlySpan<char> name)
    {
        var (start, end) = (0, name.Length);
        while (start < end && !IsWord(name[start]))
            start++;
        while (end > start && !IsWord(name[end - 1]))
            end--;
        return name[start..end];
    }

    internal static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
