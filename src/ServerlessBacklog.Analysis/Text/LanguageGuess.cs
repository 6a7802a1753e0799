using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Text;

/// <summary>
/// Guesses in which language a text is written: by its script, and for Latin script by the little words that every sentence has. Says <see cref="Unknown"/> where a
/// text is short, mixed, or mostly code. Good enough to compare groups of items, not to treat one item by it.
/// </summary>
public static partial class LanguageGuess
{
    public const string Unknown = "unknown";

    /// <summary>Little words without which Latin text is not guessed.</summary>
    private const int LeastWords = 4;

    /// <summary>How much more the first language must have than the second.</summary>
    private const double Lead = 1.5;

    /// <summary>Words that no two of these languages share are best; shared ones count for each.</summary>
    private static readonly IReadOnlyDictionary<string, FrozenSet<string>> LittleWords = new Dictionary<string, string>
    {
        ["en"] = "the and is are was were of to in that this with for not have has when from but it you which would should there",
        ["de"] = "der die das und ist sind war nicht ein eine einen mit für auf wenn ich wird werden dem den von zu bei auch aber wie kann",
        ["fr"] = "le la les des est sont une dans pour pas que qui avec sur je il elle nous vous mais lorsque quand être cette aux du et",
        ["es"] = "el los las una es son para con que por pero cuando como está no se del al este esta hay más muy y lo",
        ["pt"] = "os as uma é são para com que por mas quando como não está do da dos das ao este esta há mais muito e um em",
        ["it"] = "il gli una è sono per con che non di del della nel quando come questo questa ma anche più si le un e ho",
        ["nl"] = "de het een en is zijn niet met voor van op als ik wordt dat die bij ook maar naar er kan te aan om",
        ["pl"] = "nie jest się na do to że jak dla przy po od ale czy gdy oraz może tego przez być w z i są",
    }.ToDictionary(l => l.Key, l => l.Value.Split(' ').ToFrozenSet(StringComparer.Ordinal));

    /// <returns>A code such as <c>en</c>, <c>de</c>, <c>ja</c>, <c>zh</c>, <c>ko</c>, <c>cyrillic</c>, <c>arabic</c>, <c>hebrew</c>, <c>greek</c>; else <see cref="Unknown"/>.</returns>
    public static string Of(string text)
    {
        var prose = Code().Replace(text.Length > 20_000 ? text[..20_000] : text, " ");
        var scripts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var rune in prose.EnumerateRunes().Where(Rune.IsLetter))
            scripts[ScriptOf(rune.Value)] = scripts.GetValueOrDefault(ScriptOf(rune.Value)) + 1;
        if (scripts.Count == 0)
            return Unknown;
        // A Japanese text has Chinese characters too, and any text has Latin names in it: a sign of those scripts says as much as three Latin letters.
        var letters = scripts.Sum(s => s.Key == "latin" ? s.Value / 3.0 : s.Value);
        if (scripts.GetValueOrDefault("ja") * 10 >= letters && scripts.GetValueOrDefault("ja") >= 5)
            return "ja";
        var (script, count) = scripts.MaxBy(s => s.Key == "latin" ? s.Value / 3.0 : s.Value);
        return script == "latin" ? Latin(prose) : count >= 10 ? script : Unknown;
    }

    private static string Latin(string prose)
    {
        var hits = LittleWords.ToDictionary(l => l.Key, _ => 0);
        foreach (Match word in Word().Matches(prose.ToLowerInvariant()))
        {
            foreach (var (language, words) in LittleWords)
                hits[language] += words.Contains(word.Value) ? 1 : 0;
        }

        var ranked = hits.OrderByDescending(h => h.Value).ToList();
        return ranked[0].Value >= LeastWords && ranked[0].Value >= Lead * ranked[1].Value ? ranked[0].Key : Unknown;
    }

    private static string ScriptOf(int code) => code switch
    {
        < 0x0250 => "latin",
        >= 0x0370 and < 0x0400 => "greek",
        >= 0x0400 and < 0x0530 => "cyrillic",
        >= 0x0590 and < 0x0600 => "hebrew",
        >= 0x0600 and < 0x0780 => "arabic",
        >= 0x0900 and < 0x0980 => "hindi",
        >= 0x0E00 and < 0x0E80 => "thai",
        >= 0x3040 and < 0x3100 => "ja",
        >= 0x3400 and < 0xA000 => "zh",
        >= 0xAC00 and < 0xD7B0 => "ko",
        _ => Unknown,
    };

    [GeneratedRegex(@"```.*?(```|\z)|`[^`\n]*`|https?://\S+|<[^>\n]{1,200}>", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();
}
