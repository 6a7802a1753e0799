namespace ServerlessBacklog.Analysis.Text;

/// <summary>Finds the word that a misspelt one was meant to be.</summary>
public static class NearestWord
{
    /// <summary>The nearest of <paramref name="known"/> by edit distance (Levenshtein, 1966), case left out; null when more than a third would change, at least two letters allowed.</summary>
    public static string? To(string word, IReadOnlyList<string> known)
    {
        var (best, distance) = known
            .Select(k => (Word: k, Distance: Distance(word.ToLowerInvariant(), k.ToLowerInvariant())))
            .OrderBy(k => k.Distance)
            .FirstOrDefault();
        return best is not null && distance <= Math.Max(2, word.Length / 3) ? best : null;
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
