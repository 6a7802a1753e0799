using ServerlessBacklog.Analysis.Text;

namespace ServerlessBacklog.Analysis.Classification;

/// <summary>The features of a text by name, a name being a hash of where it was found and what. May repeat.</summary>
internal static class TextFeatures
{
    private const int OpeningWords = 12;

    /// <summary>Kinds of features: equal words in other places are other features.</summary>
    private const uint TitleWord = 1, AnyWord = 2, TitlePair = 3, TitleTriple = 4, BodyWord = 5, BodyPair = 6, Opening = 7, HeadingWord = 8, CodeWord = 9, Line = 10, Shape = 11, Characters = 12, Stem = 13;

    private const uint Start = 0x1000001;

    /// <summary>Words and pairs of title and body apart, the opening of the body, headings, lines of templates as one each, and the shape.</summary>
    public static IEnumerable<uint> Phrases(FieldText text, IReadOnlySet<uint> boilerplate)
    {
        var title = TitleTokens(text.Title);
        for (var i = 0; i < title.Length; i++)
        {
            yield return StableHash.Mix(TitleWord, title[i]);
            yield return StableHash.Mix(AnyWord, title[i]);
            yield return StableHash.Mix(TitlePair, i == 0 ? Start : title[i - 1], title[i]);
            if (i > 1)
                yield return StableHash.Mix(TitleTriple, title[i - 2], title[i - 1], title[i]);
        }

        var read = 0;
        foreach (var line in text.Body.Lines())
        {
            if (line.Kind != LineKind.Code && boilerplate.Contains(line.Hash))
            {
                yield return StableHash.Mix(Line, line.Hash);
                if (line.Kind == LineKind.Prose)
                    continue;
            }

            for (var i = 0; i < line.Tokens.Length; i++)
            {
                var token = line.Tokens[i];
                yield return StableHash.Mix(KindOf(line.Kind), token);
                if (line.Kind != LineKind.Prose)
                    continue;
                yield return StableHash.Mix(AnyWord, token);
                if (i > 0)
                    yield return StableHash.Mix(BodyPair, line.Tokens[i - 1], token);
                if (read++ < OpeningWords)
                    yield return StableHash.Mix(Opening, token);
            }
        }

        foreach (var shape in Shapes(text, title.Length))
            yield return shape;
    }

    /// <summary>Runs of three to five characters of the title: parts of words, also of words never seen.</summary>
    public static IEnumerable<uint> TitleCharacters(FieldText text)
    {
        var title = $" {text.Title.ToLowerInvariant()} ";
        for (var length = 3; length <= 5; length++)
        {
            for (var i = 0; i + length <= title.Length; i++)
                yield return StableHash.Mix(Characters, StableHash.Of(title.AsSpan(i, length)));
        }
    }

    /// <summary>Plain words wherever they stand, those of the title twice.</summary>
    public static IEnumerable<uint> Words(FieldText text)
    {
        foreach (var token in TitleTokens(text.Title))
        {
            yield return StableHash.Mix(Stem, token);
            yield return StableHash.Mix(Stem, token);
        }

        foreach (var token in text.Body.Lines().SelectMany(l => l.Tokens))
            yield return StableHash.Mix(Stem, token);
    }

    public static uint[] TitleTokens(string title)
    {
        var tokens = new List<string>();
        SpeechTokens.Scan(title, tokens);
        return [.. tokens.Select(t => BodySketch.Name(t))];
    }

    /// <summary>Features that a word of the text takes part in alone; for reasons that people read.</summary>
    public static IEnumerable<uint> OfWord(uint token) =>
        [StableHash.Mix(TitleWord, token), StableHash.Mix(AnyWord, token), StableHash.Mix(BodyWord, token), StableHash.Mix(HeadingWord, token), StableHash.Mix(CodeWord, token)];

    /// <summary>Lines that many texts share come from templates: they tell which template was used, and their words tell nothing.</summary>
    public static HashSet<uint> Boilerplate(IReadOnlyCollection<FieldText> texts)
    {
        var counts = new Dictionary<uint, int>();
        foreach (var line in texts.SelectMany(t => t.Body.Lines().Where(l => l.Kind != LineKind.Code && l.Tokens.Length > 1).Select(l => l.Hash).Distinct()))
            counts[line] = counts.GetValueOrDefault(line) + 1;
        var least = Math.Max(4, 0.02 * texts.Count);
        return [.. counts.Where(c => c.Value >= least).Select(c => c.Key)];
    }

    private static IEnumerable<uint> Shapes(FieldText text, int titleWords)
    {
        var buckets = text.Body.Shape.ToArray();
        for (var i = 0; i < buckets.Length; i++)
            yield return StableHash.Mix(Shape, (uint)i, buckets[i]);
        yield return StableHash.Mix(Shape, 100, (uint)Math.Min(20, titleWords));
        if (text.Title.AsSpan().TrimEnd().EndsWith('?'))
            yield return StableHash.Mix(Shape, 101);
        if (text.Title.Length > 0 && char.IsLower(text.Title[0]))
            yield return StableHash.Mix(Shape, 102);
    }

    private static uint KindOf(LineKind kind) => kind switch { LineKind.Heading => HeadingWord, LineKind.Code => CodeWord, _ => BodyWord };
}
