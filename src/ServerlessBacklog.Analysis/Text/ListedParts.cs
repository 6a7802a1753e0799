using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Text;

/// <summary>The pieces of work that a text lists itself: open tasks, or the entries of its longest list. Code is left out.</summary>
public static partial class ListedParts
{
    private const int Fewest = 3;

    /// <summary>At most <paramref name="most"/> entries in their order, each with its line as written; empty when the text lists fewer than three.</summary>
    public static IReadOnlyList<(string Title, string Line)> Of(string body, int most)
    {
        var text = Code().Replace(body, "\n");
        var open = Entries(Task().Matches(text).Where(m => m.Groups["mark"].Value == " "));
        if (open.Count >= Fewest)
            return [.. open.Take(most)];
        var numbered = Entries(Numbered().Matches(text));
        return numbered.Count >= Fewest && !StepsHeading().IsMatch(text) ? [.. numbered.Take(most)] : [];
    }

    private static List<(string Title, string Line)> Entries(IEnumerable<Match> matches) =>
        [.. matches.Select(m => (Title: m.Groups["text"].Value.Trim().TrimEnd('.', ':', ';'), Line: m.Groups["text"].Value.Trim())).Where(e => e.Title.Length is >= 6 and <= 200)];

    [GeneratedRegex(@"```[\s\S]*?(?:```|\z)")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[ \t]{0,3}[-*+][ \t]+\[(?<mark>[ xX])\][ \t]+(?<text>\S[^\n]*)", RegexOptions.Multiline)]
    private static partial Regex Task();

    [GeneratedRegex(@"^[ \t]{0,3}\d{1,2}[.)][ \t]+(?<text>\S[^\n]*)", RegexOptions.Multiline)]
    private static partial Regex Numbered();

    /// <summary>A numbered list is mostly how to reproduce a fault, which is no list of work.</summary>
    [GeneratedRegex(@"\b(?:steps?|reproduc\w*|repro|str|how to)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StepsHeading();
}
