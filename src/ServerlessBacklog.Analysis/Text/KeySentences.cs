using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Text;

/// <summary>
/// The sentences of a thread that say most of what it says: those that are like many others, by shared words (after LexRank, Erkan and Radev 2004: degree
/// centrality, here weighted by how rare a word is in the thread), with a bonus for late ones, and none that repeats one already taken.
/// </summary>
public static partial class KeySentences
{
    private const int MostSentences = 400;

    /// <summary>Sentences that share this part of their words say the same.</summary>
    private const double SameAt = 0.6;

    /// <summary>A sentence of the last comment counts so much more than one of the first.</summary>
    private const double LateBonus = 0.5;

    /// <param name="texts">Oldest first.</param>
    /// <returns>At most <paramref name="most"/> sentences with the index of their text, in the order of the thread.</returns>
    public static IReadOnlyList<(int Text, string Sentence)> Of(IReadOnlyList<string> texts, int most)
    {
        var all = texts.SelectMany((text, i) => Sentence().Matches(text).Select(m => (Text: i, Sentence: m.Value.Trim())))
            .Where(s => s.Sentence.Length is >= 20 and <= 300)
            .Select(s => (s.Text, s.Sentence, Words: Tokenizer.Terms(s.Sentence).ToHashSet(StringComparer.Ordinal)))
            .Where(s => s.Words.Count >= 4)
            .TakeLast(MostSentences)
            .ToList();
        var spread = all.SelectMany(s => s.Words).CountBy(w => w).ToDictionary(w => w.Key, w => w.Value);
        var scored = all
            .Select(s => (s.Text, s.Sentence, s.Words, Score: s.Words.Sum(w => spread[w] > 1 ? Math.Log(1 + (double)all.Count / spread[w]) * Math.Log(spread[w]) : 0)
                / Math.Sqrt(s.Words.Count) * (1 + LateBonus * (s.Text + 1) / texts.Count)))
            .OrderByDescending(s => s.Score).ThenBy(s => s.Text).ThenBy(s => s.Sentence, StringComparer.Ordinal);
        var taken = new List<(int Text, string Sentence, HashSet<string> Words)>();
        foreach (var next in scored)
        {
            if (taken.Count == most)
                break;
            if (next.Score > 0 && taken.TrueForAll(t => t.Words.Count(next.Words.Contains) < SameAt * Math.Min(t.Words.Count, next.Words.Count)))
                taken.Add((next.Text, next.Sentence, next.Words));
        }

        return [.. taken.OrderBy(t => t.Text).Select(t => (t.Text, t.Sentence))];
    }

    [GeneratedRegex(@"[^.!?\n]+[.!?]?")]
    private static partial Regex Sentence();
}
