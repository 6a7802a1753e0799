namespace ServerlessBacklog.Triage.Questions;

/// <summary>
/// Mends misspelt words of the grammar, one letter in short words and two in long ones (optimal string alignment: Damerau 1964), where just one word is so
/// near. What was understood is shown with every answer. Names are never mended. Pure.
/// </summary>
internal static class Spelling
{
    private const int Shortest = 4;
    private const int Long = 8;

    private static readonly string[] Words =
    [
        .. """
        about activity after archive archived area assigned assignee backlog before blocked blocking blocks blockers busiest called closed compare component count created closing
        days done duplicate duplicates during estimate fewest finished first fixed from high highest idle importance issue issues item items largest last latest least left longest many
        mention mentions milestone milestones month months more most newest next nobody number older oldest open opened owner overloaded people person points possible priority progress
        quarter quiet reported resolved release silence silent size smallest sprint stale start started status stuck summary than this ticket tickets today top touched unassigned
        unblocked unclear unestimated untouched updated urgent vague waiting week weeks what when where which without working year years yesterday
        january february march april june july august september october november december
        bug bugs feature features task tasks story stories defect defects
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];

    private static readonly HashSet<string> Known = [.. Words];

    public static void Mend(Phrase phrase, BacklogWords words)
    {
        var names = words.People.Concat(words.Areas).Concat(words.Types).Concat(words.Milestones)
            .SelectMany(n => Phrase.Plain(n).Split(' ')).SelectMany(n => new[] { n, $"{n}s" }).ToHashSet(StringComparer.Ordinal);
        phrase.Replace(word => word.Length < Shortest || !word.All(char.IsAsciiLetter) || Known.Contains(word) || names.Contains(word) || Phrase.Filler.Contains(word) ? word : Nearest(word) ?? word);
    }

    /// <summary>Null when none is near enough, or several are.</summary>
    internal static string? Nearest(string word)
    {
        var most = word.Length >= Long ? 2 : 1;
        var near = Words.Where(w => Math.Abs(w.Length - word.Length) <= most && w[0] == word[0]).Select(w => (Word: w, Distance: Distance(word, w))).Where(w => w.Distance <= most).OrderBy(w => w.Distance).Take(2).ToList();
        return near switch
        {
            [var only] => only.Word,
            [var best, var second] when best.Distance < second.Distance => best.Word,
            _ => null,
        };
    }

    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[a.Length, b.Length];
    }
}
