namespace ServerlessBacklog.Adapters.Trackers.Files.Mapping;

/// <summary>Finds the valid word that a misspelt one most likely means.</summary>
internal static class Nearest
{
    /// <summary>The word with the smallest Levenshtein distance, the first of equals.</summary>
    public static string To(string word, IEnumerable<string> valid) => valid.MinBy(v => Distance(word.ToLowerInvariant(), v))!;

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
