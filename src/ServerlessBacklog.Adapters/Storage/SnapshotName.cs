using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>
/// The name of a snapshot as a file or blob. File systems differ in case, separators and reserved names: lower-case letters, digits,
/// <c>-</c> and <c>_</c> stay, anything else is written as <c>!hex!</c>, and a long name ends in its digest.
/// </summary>
internal static class SnapshotName
{
    private const int Longest = 150;

    public static string Of(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var text = new StringBuilder("snapshot-");
        foreach (var c in name)
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')
                text.Append(c);
            else
                text.Append('!').Append(((int)c).ToString("x", CultureInfo.InvariantCulture)).Append('!');
        }

        var safe = text.ToString();
        return safe.Length <= Longest
            ? safe
            : $"{safe[..(Longest - 65)]}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(safe)))}";
    }
}
