namespace ServerlessBacklog.Analysis.Text;

/// <summary>The difference of two texts, line by line (longest common subsequence), as people know it from code: <c>-</c> goes, <c>+</c> comes, blank stays.</summary>
public static class LineDiff
{
    /// <summary>Lines of a text that are compared; what is beyond is left as it is.</summary>
    private const int MostLines = 400;

    /// <summary>All lines with their sign; empty when the texts are the same.</summary>
    public static IReadOnlyList<string> Of(string before, string after)
    {
        if (before == after)
            return [];
        var (old, now) = (Lines(before), Lines(after));
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        var diff = new List<string>(old.Length + now.Length);
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
                (i, j) = Kept(diff, old[i], i, j);
            else if (j < now.Length && (i == old.Length || common[i, j + 1] > common[i + 1, j]))
                diff.Add($"+ {now[j++]}");
            else
                diff.Add($"- {old[i++]}");
        }

        return diff;
    }

    private static (int, int) Kept(List<string> diff, string line, int i, int j)
    {
        diff.Add($"  {line}");
        return (i + 1, j + 1);
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : [.. text.Replace("\r", "", StringComparison.Ordinal).Split('\n').Take(MostLines)];
}
