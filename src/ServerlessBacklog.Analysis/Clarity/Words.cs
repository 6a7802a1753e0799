using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Clarity;

/// <summary>Words that carry content, and whether a text is one that these rules can read at all.</summary>
internal static partial class Words
{
    private static readonly HashSet<string> Empty = new(
        ("a an and any are as at be been but by can could did do does doing done for from had has have he her his how i if in into is it its just may me "
         + "might more most my no not now of on one only or other our out own please same see she should so some such than that the their them then there "
         + "these they this those to too up us very via was we were what when where which while who why will with would you your "
         + "s t d ll re ve don doesn isn didn cc thanks thank hello hi regards").Split(' '),
        StringComparer.Ordinal);

    private static readonly HashSet<string> English = new("the is to a of in and it on for that with when this not be i".Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> OtherLatin = new(
        ("der das und ist nicht ein eine mit auf zu den im von für le la les des est une dans pour que pas sur avec el los las en por para una del "
         + "os um uma não em na da de het een van niet voor il di che per").Split(' '),
        StringComparer.Ordinal);

    /// <summary>Distinct lower-case words of three or more letters that are no function words.</summary>
    public static HashSet<string> Content(string text) => [.. Of(text, 2_000).Where(w => w.Length > 2 && !Empty.Contains(w))];

    /// <summary>
    /// False when the text holds no Latin words, or looks like another language than English: the rules know English only.
    /// </summary>
    public static bool AreReadable(string text)
    {
        var letters = text.Count(char.IsLetter);
        if (letters < 3 || text.Count(c => char.IsLetter(c) && c < 0x250) < letters * 0.6)
            return false;
        var words = Of(text, 400);
        var english = words.Count(English.Contains);
        var other = words.Count(OtherLatin.Contains);
        return words.Count < 12 || other < Math.Max(4, words.Count * 0.15) || english >= other;
    }

    private static List<string> Of(string text, int limit)
    {
        var words = new List<string>();
        foreach (var match in Word().EnumerateMatches(text))
        {
            words.Add(text.Substring(match.Index, match.Length).ToLowerInvariant());
            if (words.Count == limit)
                break;
        }

        return words;
    }

    [GeneratedRegex(@"\p{L}[\p{L}\p{N}]*")]
    private static partial Regex Word();
}
