namespace ServerlessBacklog.Analysis.Text;

/// <summary>
/// Cuts bug language into terms: words lower-cased, stop words left out, a light suffix cut; identifiers kept whole and split at
/// their humps and underscores (<c>getUserName</c> gives <c>getusername</c>, <c>get</c>, <c>user</c>, <c>name</c>); numbers of two digits and
/// more; scripts without spaces as overlapping pairs of characters.
/// </summary>
public static class Tokenizer
{
    /// <summary>Words of this length and more are left out: base64 and hashes are no language.</summary>
    private const int MaxLength = 40;

    /// <summary>Receives one term; the span is valid during the call only.</summary>
    public delegate void TermSink(ReadOnlySpan<char> term);

    /// <summary>The terms of <paramref name="text"/> in order, repeated as often as they stand there.</summary>
    public static List<string> Terms(string text)
    {
        var terms = new List<string>();
        Scan(text, term => terms.Add(term.ToString()));
        return terms;
    }

    /// <summary>Calls <paramref name="sink"/> for each term; allocates nothing. Time is linear in the text's length.</summary>
    public static void Scan(ReadOnlySpan<char> text, TermSink sink)
    {
        var position = 0;
        while (position < text.Length)
        {
            var c = text[position];
            if (IsUnspaced(c))
            {
                position = ScanUnspaced(text, position, sink);
            }
            else if (char.IsLetterOrDigit(c))
            {
                var end = position + 1;
                while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_') && !IsUnspaced(text[end]))
                    end++;
                Word(text[position..end], sink);
                position = end;
            }
            else
            {
                position++;
            }
        }
    }

    private static void Word(ReadOnlySpan<char> word, TermSink sink)
    {
        if (word.Length is < 2 or >= MaxLength)
            return;
        if (char.IsAsciiDigit(word[0]))
        {
            if (word.IndexOfAnyExceptInRange('0', '9') < 0)
                sink(word);
            else
                Emit(word, sink);
            return;
        }

        Emit(word, sink);
        Parts(word, sink);
    }

    /// <summary>Parts of an identifier: three letters and more, only where there are at least two parts.</summary>
    private static void Parts(ReadOnlySpan<char> word, TermSink sink)
    {
        var start = 0;
        for (var i = 1; i <= word.Length; i++)
        {
            if (i < word.Length && !IsBoundary(word, i))
                continue;
            var part = word[start..i].Trim('_');
            if (part.Length > 2 && part.Length < word.Length && !char.IsAsciiDigit(part[0]))
                Emit(part, sink);
            start = i;
        }
    }

    private static bool IsBoundary(ReadOnlySpan<char> word, int i)
    {
        var (before, here) = (word[i - 1], word[i]);
        if (here == '_' || before == '_' || char.IsAsciiDigit(before) != char.IsAsciiDigit(here))
            return true;
        return char.IsUpper(here) && (char.IsLower(before) || (i + 1 < word.Length && char.IsLower(word[i + 1])));
    }

    private static void Emit(ReadOnlySpan<char> word, TermSink sink)
    {
        Span<char> lower = stackalloc char[MaxLength];
        var length = word.ToLowerInvariant(lower);
        var term = lower[..length];
        if (length >= 2 && !StopWords.Contains(term))
            sink(Cut(term));
    }

    /// <summary>Cuts a plural or verb ending where at least four letters stay; <c>ies</c> becomes <c>y</c>.</summary>
    private static ReadOnlySpan<char> Cut(Span<char> term)
    {
        foreach (var suffix in Suffixes)
        {
            var stem = term[..Math.Max(0, term.Length - suffix.Length)];
            if (!term.EndsWith(suffix) || (suffix == "es" ? !Hisses(stem) : stem.Length < 4 || (suffix == "s" && stem[^1] == 's')))
                continue;
            if (suffix != "ies")
                return stem;
            term[stem.Length] = 'y';
            return term[..(stem.Length + 1)];
        }

        return term;
    }

    /// <summary>True where the plural adds a syllable (crashes, fixes): elsewhere the e belongs to the word (messages).</summary>
    private static bool Hisses(ReadOnlySpan<char> stem) =>
        stem.Length >= 3 && (stem[^1] == 'x' || stem.EndsWith("ss") || stem.EndsWith("ch") || stem.EndsWith("sh"));

    private static readonly string[] Suffixes = ["ings", "ing", "edly", "ies", "es", "ed", "s"];

    private static int ScanUnspaced(ReadOnlySpan<char> text, int start, TermSink sink)
    {
        var end = start + 1;
        while (end < text.Length && IsUnspaced(text[end]))
            end++;
        if (end - start == 1)
            sink(text[start..end]);
        for (var i = start; i + 2 <= end; i++)
            sink(text.Slice(i, 2));
        return end;
    }

    /// <summary>Scripts written without spaces: kana, CJK ideographs, Thai, Lao, Khmer, Myanmar.</summary>
    private static bool IsUnspaced(char c) =>
        c >= '\u0e00' && (c is (>= '\u0e00' and <= '\u0eff') or (>= '\u1000' and <= '\u109f') or (>= '\u1780' and <= '\u17ff')
            or (>= '\u3040' and <= '\u30ff') or (>= '\u3400' and <= '\u9fff')) && char.IsLetter(c);
}
