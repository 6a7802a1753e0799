using System.Text.RegularExpressions;

namespace ServerlessBacklog.Triage.Commands;

/// <summary>
/// Finds commands in a comment. Pure. A command stands at the beginning of a line of its own; what is quoted, indented as code, fenced or inside of an HTML
/// comment is somebody's text about commands, and none.
/// </summary>
public static partial class CommandText
{
    /// <summary>What a command begins with.</summary>
    public const string Prefix = "/backlog";

    /// <summary>Commands of one comment that are carried out; more is a script, not a person.</summary>
    public const int Most = 5;

    /// <returns>What follows the prefix, in order; at most <see cref="Most"/>.</returns>
    public static IReadOnlyList<string> Find(string comment)
    {
        if (!comment.Contains(Prefix, StringComparison.OrdinalIgnoreCase))
            return [];
        var found = new List<string>();
        var fence = "";
        foreach (var line in HtmlComment().Replace(comment, "").ReplaceLineEndings("\n").Split('\n'))
        {
            if (fence.Length > 0)
                fence = Closes(fence, line) ? "" : fence;
            else if (Fence().Match(line) is { Success: true } opening)
                fence = opening.Groups["fence"].Value;
            else if (found.Count < Most && Line().Match(line) is { Success: true } match)
                found.Add(match.Groups["rest"].Value.Trim());
        }

        return found;
    }

    /// <summary>As many signs of the same kind or more, and nothing else (CommonMark 0.31, 4.5).</summary>
    private static bool Closes(string fence, string line) =>
        line.Trim(' ', '\t') is var signs && signs.Length >= fence.Length && signs.All(c => c == fence[0]) && line.Length - line.TrimStart(' ').Length <= 3;

    /// <summary>With whatever stands behind it, and up to three spaces before it (CommonMark 0.31, 4.5).</summary>
    [GeneratedRegex(@"\A {0,3}(?:(?<fence>`{3,})[^`]*|(?<fence>~{3,}).*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Fence();

    /// <summary>Up to three spaces: four make it code.</summary>
    [GeneratedRegex(@"\A {0,3}/backlog(?:[ \t\u00A0]+(?<rest>.*))?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex("<!--.*?(?:-->|\\z)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex HtmlComment();
}
