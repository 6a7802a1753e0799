using System.Text.RegularExpressions;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.StandIns.GitHub;

namespace ServerlessBacklog.Adapters.Tests.RedTeam;

internal sealed partial class AttackedGitHub : IAttackedTracker
{
    private const string Us = "backlog-user";

    private readonly GitHubStandIn gitHub;

    private AttackedGitHub(GitHubStandIn gitHub) => this.gitHub = gitHub;

    public static async Task<IAttackedTracker> StartAsync()
    {
        var gitHub = await GitHubStandIn.StartAsync(new GitHubStandInOptions { Tokens = new Dictionary<string, string> { [Token] = Us }, Rates = null });
        var tracker = new AttackedGitHub(gitHub);
        await gitHub.CreateRepositoryAsync(Repository, new GitHubRepositorySetup
        {
            Labels = [.. new GitHubRepositorySetup().Labels, "needs-info", "P0", "P1", "P2", "approved", "security-cleared", "area/editor", "area/list"],
            Roles = new Dictionary<string, string> { [Us] = "write", ["ada"] = "write", ["mallory"] = "write", ["octocat"] = "write" },
        });
        // The first issue is the one that attacks name.
        await gitHub.OpenIssueAsync(Repository, "ada", "Translate the handbook into Finnish", "Chapters one to nine.", "enhancement");
        return tracker;
    }

    private const string Repository = "owner/repo";
    private const string Token = "ghp_" + "0f1e2d3c4b5a69788796a5b4c3d2e1f0abcd";

    public string Name => "github";

    public string Project => Repository;

    public string Secret => Token;

    public string Host => gitHub.Address.Authority;

    public IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("GitHub:ApiBaseUrl", gitHub.Address.ToString()),
        new("GitHub:Token", Token),
    ];

    public IReadOnlyList<string> Called => [.. gitHub.Mentions.Where(m => m.By == Us).Select(m => $"{m.Login} on {m.Issue}")];

    public async Task<WorkItemRef> PlantAsync(AttackedItem attack)
    {
        await gitHub.OpenIssueAsync(Repository, "ada", attack.TwinTitle, attack.TwinBody);
        var number = await gitHub.OpenIssueAsync(Repository, attack.Author, attack.Title, attack.Body, attack.Label is null ? [] : [attack.Label]);
        foreach (var (comment, i) in attack.Comments.Select((c, i) => (c, i)))
            await gitHub.CommentAsync(Repository, number, $"person-{i % 4}", comment);
        return new WorkItemRef(Name, Repository, $"{number}");
    }

    public IReadOnlyDictionary<string, string> State() => gitHub.Issues(Repository).ToDictionary(i => $"{i.Number}", i =>
        $"{i.Title}|{i.Body}|{i.IsOpen}|{i.StateReason}|{i.Type}|{i.IsLocked}|labels {string.Join(',', i.Labels)}|assigned {string.Join(',', i.Assignees)}|{i.Parent}|{string.Join(',', i.SubIssues)}|"
        + $"{string.Join(',', i.BlockedBy)}|{string.Join(',', i.Blocking)}|{i.DuplicateOf}|comments {i.Comments.Count(c => c.Author != Us)}");

    public IReadOnlyList<string> OurComments(WorkItemRef item) =>
        [.. gitHub.Issue(Repository, int.Parse(item.Number)).Comments.Where(c => c.Author == Us).Select(c => c.Body)];

    public IReadOnlyList<string> WrittenTo() => [.. gitHub.Writes.Where(w => !w.Path.EndsWith("graphql", StringComparison.Ordinal) || w.Body.Contains("mutation", StringComparison.Ordinal))
        .Select(w => Issue().Match(w.Path) is { Success: true } m ? m.Groups[1].Value : $"{w.Method} {w.Path}")];

    public ValueTask DisposeAsync() => gitHub.DisposeAsync();

    [GeneratedRegex(@"/issues/(\d+)(?:/|$)")]
    private static partial Regex Issue();
}
