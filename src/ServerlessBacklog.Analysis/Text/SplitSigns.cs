using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Text;

/// <summary>Signs that a text asks for several things at once. Code is left out; limits are own choices.</summary>
public static partial class SplitSigns
{
    private const int ManyTasks = 6;
    private const int ManyBullets = 12;
    private const int ManyAlso = 4;
    private const int LongText = 6_000;

    /// <summary>The signs in words, strongest first; empty for a text about one thing.</summary>
    public static IReadOnlyList<string> Of(string body)
    {
        var text = Code().Replace(body, " ");
        var signs = new List<string>();
        var tasks = Tasks().Count(text);
        var bullets = Bullets().Count(text) - tasks;
        var also = Also().Count(text);
        if (tasks >= ManyTasks)
            signs.Add($"{tasks} tasks");
        if (bullets >= ManyBullets)
            signs.Add($"{bullets} list entries");
        if (also >= ManyAlso)
            signs.Add($"'also' {also} times");
        if (signs.Count > 0 && text.Length >= LongText)
            signs.Add($"{text.Length} characters");
        return signs;
    }

    [GeneratedRegex(@"```[\s\S]*?(?:```|\z)")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[ \t]*[-*+][ \t]+\[[ xX]\]", RegexOptions.Multiline)]
    private static partial Regex Tasks();

    [GeneratedRegex(@"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+\S", RegexOptions.Multiline)]
    private static partial Regex Bullets();

    [GeneratedRegex(@"\b(?:also|additionally|furthermore)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Also();
}
