using System.Buffers;

namespace ServerlessBacklog.Analysis.Text;

/// <summary>
/// The tokens that tell what kind of text it is: all words, stop words too (<c>how</c>, <c>should</c>, <c>not</c>), identifiers with dots whole and in parts;
/// numbers, versions, addresses and files as what they are; question marks. Scripts without spaces as single characters, whose pairs come by themselves.
/// Time is linear in the text's length.
/// </summary>
public static class SpeechTokens
{
    /// <summary>Longer words are hashes and base64.</summary>
    private const int MaxLength = 40;

    private static readonly SearchValues<char> AddressEnd = SearchValues.Create(" \t\r\n)>]\"'");

    public static void Scan(ReadOnlySpan<char> text, List<string> tokens)
    {
        var at = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (char.IsLetter(c) && c >= '\u2e80' && !char.IsUpper(c) && !char.IsLower(c))
            {
                tokens.Add(c.ToString());
                at++;
            }
            else if (char.IsLetterOrDigit(c) || c == '_')
            {
                var end = at + 1;
                while (end < text.Length && Continues(text, end))
                    end++;
                if (text[at..end] is "http" or "https" && text[end..].StartsWith("://"))
                    end = Address(text, end, tokens);
                else
                    Word(text[at..end], tokens);
                at = end;
            }
            else
            {
                if (c is '?' or '!')
                    tokens.Add(c.ToString());
                at++;
            }
        }
    }

    private static bool Continues(ReadOnlySpan<char> text, int at)
    {
        var c = text[at];
        if (char.IsLetterOrDigit(c))
            return c < '\u2e80' || char.IsUpper(c) || char.IsLower(c) || char.IsDigit(c);
        return c == '_' || (c is '.' or '\'' or '\u2019' && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]));
    }

    private static int Address(ReadOnlySpan<char> text, int start, List<string> tokens)
    {
        var rest = text[start..];
        var length = rest.IndexOfAny(AddressEnd);
        var end = length < 0 ? text.Length : start + length;
        tokens.Add("<url>");
        var host = text[(start + 3)..end];
        var slash = host.IndexOf('/');
        if (slash > 0)
            host = host[..slash];
        if (host.Length is > 0 and < MaxLength)
            tokens.Add($"<url>{host.ToString().ToLowerInvariant()}");
        return end;
    }

    private static void Word(ReadOnlySpan<char> word, List<string> tokens)
    {
        if (char.IsAsciiDigit(word[0]) || (word[0] is 'v' or 'V' && word.Length > 1 && char.IsAsciiDigit(word[1])))
        {
            tokens.Add(word.IndexOf('.') >= 0 ? "<version>" : word.IndexOfAnyExceptInRange('0', '9') < 0 ? "<number>" : word.Length < 12 ? Lower(word) : "<id>");
            return;
        }

        if (word.Length >= MaxLength && word.IndexOf('.') < 0)
            return;
        var lower = Lower(word);
        if (lower.Length < 80)
            tokens.Add(lower);
        if (word.EndsWith("Exception") || (word.EndsWith("Error") && word.Length > 5))
            tokens.Add("<error>");
        Parts(word, tokens);
    }

    /// <summary>Parts at dots, underscores and humps, where there are at least two.</summary>
    private static void Parts(ReadOnlySpan<char> word, List<string> tokens)
    {
        if (word.IndexOfAny("'\u2019") >= 0)
            return;
        var start = 0;
        for (var i = 1; i <= word.Length; i++)
        {
            if (i < word.Length && !IsBoundary(word, i))
                continue;
            var part = word[start..i].Trim("._");
            if (part.Length > 1 && part.Length < word.Length && !char.IsAsciiDigit(part[0]))
                tokens.Add(Lower(part));
            start = i;
        }
    }

    private static bool IsBoundary(ReadOnlySpan<char> word, int i)
    {
        var (before, here) = (word[i - 1], word[i]);
        if (here is '_' or '.' || before is '_' or '.')
            return true;
        return char.IsUpper(here) && (char.IsLower(before) || (i + 1 < word.Length && char.IsLower(word[i + 1])));
    }

    private static string Lower(ReadOnlySpan<char> word) => word.ToString().ToLowerInvariant();
}
