using System.Text.RegularExpressions;
using ServerlessBacklog.StandIns.GitHub.Model;

namespace ServerlessBacklog.StandIns.GitHub.Acts;

/// <summary>What a text sets off by naming others: an issue that it names gets a cross-reference, a person that it names gets mail.</summary>
internal static partial class References
{
    public static void Follow(IssueActs acts, Issue from, Doer doer, string? text)
    {
        var plain = Code().Replace(text ?? "", " ");
        foreach (Match match in IssueName().Matches(plain))
        {
            var repo = match.Groups["repo"].Success ? acts.World.Repo(match.Groups["repo"].Value) : from.Repo;
            if (repo?.Issues.GetValueOrDefault(int.Parse(match.Groups["number"].Value)) is { } named && named != from
                && !named.Timeline.Exists(e => e.Event == "cross-referenced" && e.Other == from))
                named.Timeline.Add(new TimelineEntry(acts.World.NextId(), "cross-referenced", doer, acts.World.Now) { Other = from });
        }

        foreach (Match match in Mention().Matches(plain))
            if (acts.World.FindAccount(match.Groups["login"].Value) is { } person)
                acts.World.Mentions.Add(new GitHubMention(from.Name, person.Login, doer.Account.Login));
    }

    [GeneratedRegex(@"```.*?(```|\z)|`[^`\n]*`|<!--.*?(-->|\z)", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<![\w/#&])(?:(?<repo>[\w.-]+/[\w.-]+))?#(?<number>\d{1,9})\b")]
    private static partial Regex IssueName();

    [GeneratedRegex(@"(?<![\w@/`.-])@(?<login>[A-Za-z0-9][A-Za-z0-9-]{0,38})")]
    private static partial Regex Mention();
}
