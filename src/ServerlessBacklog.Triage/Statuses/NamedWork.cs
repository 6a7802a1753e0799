using System.Text.RegularExpressions;

namespace ServerlessBacklog.Triage.Statuses;

/// <summary>Items that a pull request or a branch names as those that it is work on. Pure; a text from a tracker is data, and may name what there is not.</summary>
public static partial class NamedWork
{
    /// <summary>Items that one text names at most.</summary>
    private const int Most = 20;

    /// <summary>Characters of a text that are read.</summary>
    private const int Longest = 20_000;

    /// <summary>What closes an item when it is merged, in GitHub's words ("Linking a pull request to an issue"): <c>Fixes #12</c>, <c>closes owner/repo#12</c>; and <c>AB#12</c>.</summary>
    public static IReadOnlyList<NamedItem> ByKeyword(string? text) => Distinct(Plain(text), [Keyword(), Boards()]);

    /// <summary>Every item that is named, as Azure Repos links them: <c>#12</c>, <c>AB#12</c>.</summary>
    public static IReadOnlyList<NamedItem> ByNumber(string? text) => Distinct(Plain(text), [Number(), Boards()]);

    /// <summary>
    /// The item whose number a branch's name holds, as trackers name the branches that they make: <c>12-mend-login</c>, <c>feature/12-mend</c>,
    /// <c>issue-12</c>, <c>users/ada/ab#12</c>. Dates and versions are none.
    /// </summary>
    public static NamedItem? OfBranch(string name)
    {
        var part = name.StartsWith("refs/heads/", StringComparison.Ordinal) ? name["refs/heads/".Length..] : name;
        return Branch().Match(part[(part.LastIndexOf('/') + 1)..]) is { Success: true } match
            ? new NamedItem(null, match.Groups["number"].Value, match.Groups["word"].Value.StartsWith("ab", StringComparison.OrdinalIgnoreCase))
            : null;
    }

    private static IReadOnlyList<NamedItem> Distinct(string text, IEnumerable<Regex> shapes) => [.. shapes.SelectMany(s => s.Matches(text))
        .Select(m => new NamedItem(m.Groups["project"] is { Success: true } project ? project.Value : null, m.Groups["number"].Value, m.Groups["boards"].Success))
        .Distinct().Take(Most)];

    /// <summary>Without code and hidden text, which names nothing.</summary>
    private static string Plain(string? text) => Code().Replace(text is null ? "" : text.Length > Longest ? text[..Longest] : text, " ");

    [GeneratedRegex(@"```.*?(?:```|\z)|`[^`\n]*`|<!--.*?(?:-->|\z)", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<![\w-])(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:https?://[\w.-]+/(?<project>[\w.-]+/[\w.-]+)/issues/|(?<project>[\w.-]+/[\w.-]+)?#)(?<number>[1-9]\d{0,8})\b", RegexOptions.IgnoreCase)]
    private static partial Regex Keyword();

    [GeneratedRegex(@"(?<!\w)(?<boards>AB)#(?<number>[1-9]\d{0,8})\b")]
    private static partial Regex Boards();

    [GeneratedRegex(@"(?<![\w/#&])#(?<number>[1-9]\d{0,8})\b")]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?:(?<word>issues?|gh|ab#?|wi|workitem|task|bug|story|fix|fixes|ticket)[-_#]?(?<number>[1-9]\d{0,8})(?=$|[-_.])(?![-_.]\d)|(?<number>[1-9]\d{0,8})[-_](?=[A-Za-z]))", RegexOptions.IgnoreCase)]
    private static partial Regex Branch();
}

/// <param name="Project">Null for the project in which it is said.</param>
/// <param name="IsBoards">True for an item of Azure Boards, whoever names it: its number is enough.</param>
public sealed record NamedItem(string? Project, string Number, bool IsBoards)
{
    /// <summary>The sign as it is told of this item.</summary>
    /// <param name="tracker">The tracker in which it is said.</param>
    public Ports.ToldSign Told(string tracker, string project, Domain.Items.WorkSign sign) =>
        IsBoards ? new Ports.ToldSign("azuredevops", tracker == "azuredevops" ? project : null, Number, sign) : new Ports.ToldSign(tracker, Project ?? project, Number, sign);
}
