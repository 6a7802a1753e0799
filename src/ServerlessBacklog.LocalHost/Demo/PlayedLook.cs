using ServerlessBacklog.Adapters.Live;
using ServerlessBacklog.StandIns.GitHub;

namespace ServerlessBacklog.LocalHost.Demo;

/// <summary>The played tracker as its own web page would show it.</summary>
internal static class PlayedLook
{
    private const int MostIssues = 14;

    public static PlayedView Of(LivePlay play)
    {
        var issues = play.Tracker.GitHub.Issues(PlayedGitHub.Repository).OrderByDescending(i => i.Number).ToList();
        var shown = issues.Where(i => i.Number > play.Tracker.LastOlder).Take(MostIssues).ToList();
        return new PlayedView(
            PlayedGitHub.Repository,
            [.. play.Played.Reverse().Select(p => new PlayedAct(p.At, p.Title, p.CameOf, p.IsAsExpected))],
            LivePlay.Script.Count,
            [.. shown.Select(i => IssueOf(i, play.Tracker.App.BotLogin))],
            issues.Count - shown.Count);
    }

    private static PlayedIssue IssueOf(GitHubIssue issue, string bot) => new(
        issue.Number, issue.Title, issue.Author, issue.Body ?? "", issue.IsOpen, issue.IsOpen ? null : issue.StateReason, issue.Labels,
        [.. issue.Comments.Select(c => new PlayedComment(c.Author, c.Body, c.Author == bot, c.UpdatedAt > c.CreatedAt))]);
}
