using System.Security.Cryptography;
using ServerlessBacklog.StandIns.GitHub;

namespace ServerlessBacklog.LocalHost.Demo;

/// <summary>A GitHub that is played on this machine, over real HTTP and with GitHub's limits, with one repository that has a past.</summary>
internal sealed class PlayedGitHub : IAsyncDisposable
{
    public const string Repository = "octo-labs/lighthouse";

    /// <summary>Leads the project: takes labels off, answers what is asked.</summary>
    public const string Maintainer = "ines";

    private const string HookSecretPrefix = "played-";

    private readonly string secret = HookSecretPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
    private readonly string key;

    private PlayedGitHub(GitHubStandIn gitHub, GitHubAppIdentity app, string key) => (GitHub, App, this.key) = (gitHub, app, key);

    public GitHubStandIn GitHub { get; }

    /// <summary>Whom the program acts as there.</summary>
    public GitHubAppIdentity App { get; }

    /// <summary>Number of the newest issue that was there before the play began.</summary>
    public int LastOlder { get; private init; }

    public static async Task<PlayedGitHub> StartAsync(CancellationToken cancellation)
    {
        using var pair = RSA.Create(2048);
        var app = new GitHubAppIdentity { PublicKeyPem = pair.ExportSubjectPublicKeyInfoPem() };
        var clock = new PlayedClock();
        var gitHub = await GitHubStandIn.StartAsync(new GitHubStandInOptions { Clock = clock, App = app }, cancellation);
        var last = await PlayThePastAsync(gitHub, clock);
        return new PlayedGitHub(gitHub, app, pair.ExportPkcs8PrivateKeyPem()) { LastOlder = last };
    }

    /// <summary>How a host is set up for it: what a user writes into settings for the real one.</summary>
    public IReadOnlyDictionary<string, string?> Settings() => new Dictionary<string, string?>
    {
        ["GitHub:ApiBaseUrl"] = $"{GitHub.Address.ToString().TrimEnd('/')}/api/v3",
        ["GitHub:ClientId"] = App.ClientId,
        ["GitHub:AppSlug"] = App.Slug,
        ["GitHub:PrivateKey"] = key,
        ["GitHub:WebhookSecrets:0"] = secret,
        ["Triage:Autonomy"] = "suggest",
        ["Triage:WithoutGate"] = "true",
        ["Triage:Steps:type"] = "auto",
    };

    /// <summary>Lets its webhooks come to the pages of this machine.</summary>
    public void PointHooksAt(int port) => GitHub.PointHooksAt(new GitHubHookTarget(new Uri($"http://localhost:{port}/hooks/github"), secret));

    public ValueTask DisposeAsync() => GitHub.DisposeAsync();

    private static async Task<int> PlayThePastAsync(GitHubStandIn gitHub, PlayedClock clock)
    {
        var issues = OlderIssue.ReadAll();
        clock.PutBack(TimeSpan.FromDays(issues[0].Day + 1));
        await gitHub.CreateRepositoryAsync(Repository, new GitHubRepositorySetup
        {
            Labels = [.. issues.SelectMany(i => i.Labels).Distinct(), "needs-info", "no-backlog-bot"],
            IssueTypes = [],
            Roles = new Dictionary<string, string> { [Maintainer] = "maintain", ["tomas"] = "write", ["kaito"] = "write" },
        });
        var acts = issues.SelectMany((issue, i) => ActsOf(gitHub, issue, number: i + 1));
        foreach (var (daysAgo, act) in acts.OrderByDescending(a => a.DaysAgo))
        {
            clock.PutBack(TimeSpan.FromDays(daysAgo));
            await act();
        }

        clock.PutBack(TimeSpan.Zero);
        return issues.Count;
    }

    private static IEnumerable<(double DaysAgo, Func<Task> Act)> ActsOf(GitHubStandIn gitHub, OlderIssue issue, int number)
    {
        yield return (issue.Day, async () =>
        {
            await gitHub.OpenIssueAsync(Repository, issue.By, issue.Title, issue.Body, [.. issue.Labels]);
            if (issue.Assignee is { } assignee)
                await gitHub.AssignAsync(Repository, number, Maintainer, assignee);
        });
        foreach (var (comment, i) in issue.Comments.Select((c, i) => (c, i)))
            yield return (issue.Day - 0.5 - (0.1 * i), () => gitHub.CommentAsync(Repository, number, comment.By, comment.Text));
        if (issue.Closed is { } days)
            yield return (issue.Day - days, () => gitHub.CloseAsync(Repository, number, issue.Assignee ?? Maintainer));
    }
}
