namespace ServerlessBacklog.Triage.Privacy;

/// <summary>How random a word looks.</summary>
internal static class Randomness
{
    private const double MixedBits = 3.0;
    private const double RandomBits = 4.2;

    /// <summary>Two neighbours in random base64 differ in kind (small, capital, digit) six times out of ten; in names made of words, less than three.</summary>
    private const double RandomTurns = 0.45;

    private static readonly HashSet<string> NoPasswords = new(StringComparer.OrdinalIgnoreCase)
    {
        "null", "none", "true", "false", "string", "undefined", "empty", "required", "password", "passwd", "secret", "changeme", "example", "redacted", "hidden", "text",
    };

    /// <summary>Letters and digits, and as many different ones as in random text (Shannon entropy).</summary>
    public static bool IsMixed(ReadOnlySpan<char> value)
    {
        var (letters, digits) = (false, false);
        foreach (var c in value)
        {
            letters |= char.IsAsciiLetter(c);
            digits |= char.IsAsciiDigit(c);
        }

        return letters && digits && Bits(value) >= MixedBits;
    }

    /// <summary>A long run of base64 or the like, no hash, no name made of words, no path.</summary>
    public static bool IsRandomRun(string value)
    {
        var (small, capital, digit, hex, turns, slashes) = (0, 0, 0, 0, 0, 0);
        var last = ' ';
        foreach (var c in value)
        {
            small += char.IsAsciiLetterLower(c) ? 1 : 0;
            capital += char.IsAsciiLetterUpper(c) ? 1 : 0;
            digit += char.IsAsciiDigit(c) ? 1 : 0;
            hex += char.IsAsciiHexDigit(c) || c == '-' ? 1 : 0;
            slashes += c == '/' ? 1 : 0;
            turns += last != ' ' && KindOf(c) != KindOf(last) ? 1 : 0;
            last = c;
        }

        return small > 2 && capital > 2 && digit > 1 && hex < value.Length
            && slashes * 12 <= value.Length
            && turns >= RandomTurns * (value.Length - 1)
            && Bits(value) >= RandomBits
            && !IsPublicKey(value);
    }

    /// <summary>Anything that is no word about a password, no variable and no call.</summary>
    public static bool MayBePassword(string value)
    {
        var core = Placeholders.Without(value).Trim('.', ',', ')', ']', '}', '*', '(', '[', '{');
        if (core.Length < 4 || NoPasswords.Contains(core) || value[0] is '$' or '{' or '<' or '%' or '(' or '[' || value.Contains('(', StringComparison.Ordinal))
            return false;
        var kinds = core.Select(KindOf).ToHashSet();
        return core.Distinct().Count() > 2 && kinds.Contains('d') && kinds.Count > 1;
    }

    private static bool IsPublicKey(string value) => value.StartsWith("AAAAB3NzaC1", StringComparison.Ordinal) || value.StartsWith("AAAAC3NzaC1", StringComparison.Ordinal);

    private static double Bits(ReadOnlySpan<char> value)
    {
        Span<int> counts = stackalloc int[128];
        counts.Clear();
        foreach (var c in value)
            counts[Math.Min((int)c, 127)]++;
        var bits = 0.0;
        foreach (var n in counts)
            bits -= n == 0 ? 0 : (double)n / value.Length * Math.Log2((double)n / value.Length);
        return bits;
    }

    private static char KindOf(char c) => char.IsAsciiLetterLower(c) ? 'a' : char.IsAsciiLetterUpper(c) ? 'A' : char.IsAsciiDigit(c) ? 'd' : '.';
}
