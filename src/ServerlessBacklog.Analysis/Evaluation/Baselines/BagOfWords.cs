using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Evaluation.Baselines;

/// <summary>
/// Words of a text as the published baselines count them (<c>scripts/textir.py</c> beside the data): words and numbers, lower-cased, English stop words
/// dropped, a light suffix cut, CamelCase also split. Kept apart from our own tokenizer so that a baseline never moves with it.
/// </summary>
public static partial class BagOfWords
{
    private const int MaxLength = 40;

    private static readonly string[] Suffixes = ["ings", "ing", "edly", "ies", "es", "ed", "s"];

    private static readonly HashSet<string> Stop = [.. """
        a about above after again all also am an and any are as at be because been before being below between both but by can could did do does doing down during each few for from further
        had has have having he her here hers him his how i if in into is it its itself just me more most my no nor not now of off on once only or other our out over own same she should so some such than that the their
        them then there these they this those through to too under until up very was we were what when where which while who whom why will with would you your yours
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Terms with their counts; a term of the title counts <paramref name="titleWeight"/> times.</summary>
    public static Dictionary<string, int> Of(string title, string body, int titleWeight)
    {
        var bag = new Dictionary<string, int>();
        foreach (var term in Terms(title))
            bag[term] = bag.GetValueOrDefault(term) + titleWeight;
        foreach (var term in Terms(body))
            bag[term] = bag.GetValueOrDefault(term) + 1;
        return bag;
    }

    public static IEnumerable<string> Terms(string text)
    {
        foreach (Match match in Token().Matches(text))
        {
            var word = match.Value;
            var lower = word.ToLowerInvariant();
            if (!Stop.Contains(lower) && lower.Length < MaxLength)
                yield return Stem(lower);
            if (word.All(char.IsAsciiDigit) || !word.Any(char.IsAsciiLetterLower) || !word.Any(char.IsAsciiLetterUpper))
                continue;
            var parts = Camel().Matches(word);
            if (parts.Count < 2)
                continue;
            foreach (Match part in parts)
            {
                if (part.Length > 2 && part.Value.ToLowerInvariant() is var small && !Stop.Contains(small))
                    yield return Stem(small);
            }
        }
    }

    private static string Stem(string word)
    {
        foreach (var suffix in Suffixes)
        {
            if (word.EndsWith(suffix, StringComparison.Ordinal) && word.Length - suffix.Length >= 4)
                return suffix == "ies" ? word[..^3] + "y" : word[..^suffix.Length];
        }

        return word;
    }

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9_]+|\d{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex("[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Camel();
}
