using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.StandIns.GitHub;

namespace ServerlessBacklog.Adapters.Tests.People;

internal sealed class PlayedGitHub : IPlayedTracker
{
    private const string Us = "backlog-user";
    private const string Repository = "owner/repo";
    private const string Token = "ghp_" + "0f1e2d3c4b5a69788796a5b4c3d2e1f0abcd";
    private const string HookSecret = "a-secret-of-hooks-4711-cccccccccccc";

    private readonly GitHubStandIn gitHub;
    private Uri? hooks;

    private PlayedGitHub(GitHubStandIn gitHub) => this.gitHub = gitHub;

    public static async Task<IPlayedTracker> StartAsync(TimeProvider clock)
    {
        var gitHub = await GitHubStandIn.StartAsync(new GitHubStandInOptions { Tokens = new Dictionary<string, string> { [Token] = Us }, Rates = null, Clock = clock });
        await gitHub.CreateRepositoryAsync(Repository, new GitHubRepositorySetup
        {
            Labels = [.. new GitHubRepositorySetup().Labels, "P1", "P3", "keep-open", "status: in progress", "status: in review", "status: on hold"],
            Roles = new Dictionary<string, string> { [Us] = "write", [IPlayedTracker.Ada] = "write", [IPlayedTracker.Grace] = "triage" },
        });
        return new PlayedGitHub(gitHub);
    }

    public string Name => "github";

    public string Project => Repository;

    public IReadOnlyList<string> Secrets => [Token, HookSecret];

    public IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("GitHub:ApiBaseUrl", gitHub.Address.ToString()),
        new("GitHub:Token", Token),
        new("GitHub:WebhookSecrets:0", HookSecret),
    ];

    public (string High, string Low) Priorities => ("P1", "P3");

    public bool KnowsBots => true;

    public string Login(string person) => person;

    public Task PointHooksAsync(Uri host)
    {
        hooks = new Uri(host, "/hooks/github");
        gitHub.PointHooksAt(new GitHubHookTarget(hooks, HookSecret, AppHook: false, RepositoryHook: true));
        return Task.CompletedTask;
    }

    public Task DrainAsync() => gitHub.DrainAsync();

    public Task<int> OpenAsync(string by, string title, string body) => gitHub.OpenIssueAsync(Repository, by, title, body);

    public Task<long> CommentAsync(int number, string by, string text) => gitHub.CommentAsync(Repository, number, by, text);

    public Task QuoteAsync(int number, string by, string text) => CommentAsync(number, by, $"> {text}\n\nWhat does this do?");

    public Task ShowCodeAsync(int number, string by, string text) => CommentAsync(number, by, $"One could write:\n\n```\n{text}\n```\n");

    public Task BotCommentsAsync(int number, string text) => CommentAsync(number, "helper[bot]", text);

    public Task EditCommentAsync(int number, long comment, string by, string text) => gitHub.EditCommentAsync(Repository, comment, by, text);

    public Task DeleteCommentAsync(int number, long comment, string by) => gitHub.DeleteCommentAsync(Repository, comment, by);

    public Task ThumbsDownAsync(int number, long comment, string by) => gitHub.ReactToCommentAsync(Repository, comment, by, "-1");

    public Task EditBodyAsync(int number, string by, string body) => gitHub.EditAsync(Repository, number, by, body: body);

    public Task LabelAsync(int number, string by, string label) => gitHub.LabelAsync(Repository, number, by, label);

    public Task UnlabelAsync(int number, string by, string label) => gitHub.UnlabelAsync(Repository, number, by, label);

    public (string Doing, string Review, string Aside) Statuses => ("status: in progress", "status: in review", "status: on hold");

    public string? Status(int number) => Labels(number).SingleOrDefault(l => l.StartsWith("status", StringComparison.Ordinal));

    public async Task MoveAsync(int number, string by, string status)
    {
        if (Status(number) is { } before)
            await UnlabelAsync(number, by, before);
        await LabelAsync(number, by, status);
    }

    public Task<int> OpenPullRequestAsync(string by, int item) => gitHub.OpenPullRequestAsync(Repository, by, "Keep the basket", $"Fixes #{item}");

    public Task MergeAsync(int pull, string by) => gitHub.MergePullRequestAsync(Repository, pull, by);

    public Task DropPullRequestAsync(int pull, string by) => gitHub.ClosePullRequestAsync(Repository, pull, by);

    public Task BranchAsync(string by, string branch) => gitHub.CreateBranchAsync(Repository, by, branch);

    public Task AssignAsync(int number, string by, string to) => gitHub.AssignAsync(Repository, number, by, to);

    public Task BlockAsync(int blocked, int blocking, string by) => gitHub.AddBlockedByAsync(Repository, blocked, blocking, by);

    public Task UnblockAsync(int blocked, int blocking, string by) => gitHub.RemoveBlockedByAsync(Repository, blocked, blocking, by);

    public async Task SetPriorityAsync(int number, string by, string priority)
    {
        if (Priority(number) is { } before)
            await UnlabelAsync(number, by, before);
        await LabelAsync(number, by, priority);
    }

    public Task MakeChildAsync(int parent, int child, string by) => gitHub.AddSubIssueAsync(Repository, parent, child, by);

    public Task CloseAsync(int number, string by) => gitHub.CloseAsync(Repository, number, by);

    public async Task RepeatAllAsync(Func<HttpRequestMessage, Task> send)
    {
        foreach (var told in gitHub.Deliveries.Reverse().ToList())
        {
            foreach (var id in (string[])[$"{told.Delivery}", $"{Guid.NewGuid()}"])
            {
                using var request = Again(told.Event, id, told.Payload);
                await send(request);
            }
        }
    }

    public async Task RepeatCommentAsync(Func<HttpRequestMessage, Task> send)
    {
        var told = gitHub.Deliveries.Last(d => d.Event == "issue_comment" && !Encoding.UTF8.GetString(d.Payload.Span).Contains("serverless-backlog", StringComparison.Ordinal));
        gitHub.Redeliver(told.Id);
        await gitHub.DrainAsync();
        using var request = Again(told.Event, $"{Guid.NewGuid()}", told.Payload);
        await send(request);
    }

    public string State(int number)
    {
        var i = gitHub.Issue(Repository, number);
        return $"{i.Title}|{i.Body}|{i.IsOpen}|{i.Type}|{i.IsLocked}|labels {string.Join(',', i.Labels.Order())}|assigned {string.Join(',', i.Assignees.Order())}|"
            + $"{i.Parent}|{string.Join(',', i.SubIssues)}|{string.Join(',', i.BlockedBy)}|{string.Join(',', i.Blocking)}|{i.DuplicateOf}";
    }

    public bool IsOpen(int number) => gitHub.Issue(Repository, number).IsOpen;

    public int? DuplicateOf(int number) => gitHub.Issue(Repository, number).DuplicateOf is { } other ? int.Parse(other.Split('#')[1]) : null;

    public IReadOnlyList<string> Labels(int number) => gitHub.Issue(Repository, number).Labels;

    public string? Priority(int number) => Labels(number).SingleOrDefault(l => l.StartsWith('P'));

    public IReadOnlyList<(long Id, string Text)> OurComments(int number) =>
        [.. gitHub.Issue(Repository, number).Comments.Where(c => c.Author == Us).Select(c => (c.Id, c.Body))];

    public IReadOnlyList<string> Called => [.. gitHub.Mentions.Where(m => m.By == Us).Select(m => $"{m.Login} on {m.Issue}")];

    public int Writes => gitHub.Writes.Count(w => !w.Path.EndsWith("graphql", StringComparison.Ordinal) || w.Body.Contains("mutation", StringComparison.Ordinal));

    public ValueTask DisposeAsync() => gitHub.DisposeAsync();

    private HttpRequestMessage Again(string name, string delivery, ReadOnlyMemory<byte> payload)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, hooks) { Content = new ByteArrayContent(payload.ToArray()) };
        request.Content.Headers.Add("Content-Type", "application/json");
        request.Headers.Add("X-GitHub-Event", name);
        request.Headers.Add("X-GitHub-Delivery", delivery);
        request.Headers.Add("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(HookSecret), payload.Span))}");
        return request;
    }
}
