using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.StandIns.GitHub;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Demo;

/// <summary>Plays happening after happening, says what comes of each, and adds up at the end.</summary>
internal sealed class LivePlay(PlayedGitHub tracker, TimeSpan pace, bool quiet)
{
    private readonly Lock gate = new();
    private readonly List<Played> played = [];

    public static IReadOnlyList<Happening> Script { get; } = [.. Reports.All, .. Turns.All];

    public PlayedGitHub Tracker => tracker;

    /// <summary>What has happened so far, oldest first.</summary>
    public IReadOnlyList<Played> Played
    {
        get
        {
            lock (gate)
                return [.. played];
        }
    }

    /// <returns>True when all came to its expected end and no rule was broken.</returns>
    public async Task<bool> RunAsync(LiveStage stage, CancellationToken cancellation)
    {
        foreach (var (happening, i) in Script.Select((h, i) => (h, i)))
        {
            await Task.Delay(pace, cancellation);
            var now = new Played(TimeProvider.System.GetUtcNow(), happening.Title, null, IsAsExpected: true);
            Set(i, now);
            now = await PlayAsync(happening, now, stage, cancellation);
            Set(i, now);
            if (!quiet || !now.IsAsExpected)
                Say($"{i + 1,2}. {now.Title} → {(now.IsAsExpected ? "" : "NOT AS EXPECTED: ")}{now.CameOf}");
        }

        return Sum(stage);
    }

    private static async Task<Played> PlayAsync(Happening happening, Played now, LiveStage stage, CancellationToken cancellation)
    {
        try
        {
            return now with { CameOf = await happening.PlayAsync(stage, cancellation) };
        }
        catch (UnexpectedException unexpected)
        {
            return now with { CameOf = unexpected.Message, IsAsExpected = false };
        }
    }

    private void Set(int index, Played now)
    {
        lock (gate)
        {
            if (index < played.Count)
                played[index] = now;
            else
                played.Add(now);
        }
    }

    private bool Sum(LiveStage stage)
    {
        var (gitHub, bot) = (tracker.GitHub, tracker.App.BotLogin);
        var commented = gitHub.Issues(PlayedGitHub.Repository).Select(i => i.Comments.Count(c => c.Author == bot && IsOfTriage(c))).ToList();
        var mentions = gitHub.Mentions.Count(m => m.By == bot);
        var breaches = gitHub.Breaches;
        var good = Played.Count(p => p.IsAsExpected);
        Say("");
        Say($"{good} of {Script.Count} happenings came to their expected end.");
        Say($"{Show.Count(commented.Count(c => c > 0), "issue")} with a comment of triage, {commented.Count(c => c > 1)} with more than one; "
            + $"{Show.Count(mentions, "person", "people")} mentioned; {Show.Count(gitHub.Writes.Count, "write")}, {Show.Count(breaches.Count, "rule")} of GitHub broken.");
        foreach (var breach in breaches.Take(5))
            Say($"  broken: {breach.Rule} ({breach.Request})");
        if (!quiet)
        {
            Say("");
            Say("Your own repository: set GitHub__Token and GitHub__WebhookSecrets__0, run 'backlog triage github:owner/repo', then 'backlog serve', and point");
            Say("its webhook at /hooks/github. It begins in shadow mode: nothing is written until you say so. All of it: docs/live.md");
        }

        return good == Script.Count && mentions == 0 && breaches.Count == 0 && commented.All(c => c <= 1);
    }

    /// <summary>Neither a notice nor an answer to a command.</summary>
    internal static bool IsOfTriage(GitHubComment comment) => comment.Body.Contains("<!-- serverless-backlog -->", StringComparison.Ordinal);

    private static void Say(string line) => AnsiConsole.WriteLine(line);
}
