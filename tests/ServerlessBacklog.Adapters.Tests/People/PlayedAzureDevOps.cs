using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ServerlessBacklog.StandIns;
using ServerlessBacklog.StandIns.AzureDevOps;

namespace ServerlessBacklog.Adapters.Tests.People;

internal sealed partial class PlayedAzureDevOps : IPlayedTracker
{
    private const string Us = "backlog.bot@contoso.com";
    private const string Token = "hush-token-of-the-azure-bot";
    private const string HookSecret = "a-secret-of-hooks-0815-dddddddddddd";
    private const string Shop = "Shop";

    private readonly AzureDevOpsStandIn devOps;
    private readonly bool isNamed;
    private Uri? hooks;

    private PlayedAzureDevOps(AzureDevOpsStandIn devOps, bool isNamed) => (this.devOps, this.isNamed) = (devOps, isNamed);

    public static Task<IPlayedTracker> StartAsync(TimeProvider clock) => StartAsync(clock, isNamed: true);

    /// <summary>Without the setting that names our account, which is recommended and not needed.</summary>
    public static Task<IPlayedTracker> StartUnnamedAsync(TimeProvider clock) => StartAsync(clock, isNamed: false);

    private static async Task<IPlayedTracker> StartAsync(TimeProvider clock, bool isNamed)
    {
        var devOps = await AzureDevOpsStandIn.StartAsync(new AzureDevOpsStandInOptions { Tokens = new Dictionary<string, string> { [Token] = Us }, Rates = null, Clock = clock });
        await devOps.CreateProjectAsync(Shop, new AzureDevOpsProjectSetup { Members = [Unique(IPlayedTracker.Ada), Unique(IPlayedTracker.Grace)] });
        return new PlayedAzureDevOps(devOps, isNamed);
    }

    public string Name => "azuredevops";

    public string Project => $"contoso/{Shop}";

    public IReadOnlyList<string> Secrets => [Token, HookSecret];

    public IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("AzureDevOps:BaseUrl", devOps.Address.ToString()),
        new("AzureDevOps:Token", Token),
        new("AzureDevOps:OwnIdentity", isNamed ? Us : null),
        new("AzureDevOps:HookSecrets:0", HookSecret),
    ];

    public (string High, string Low) Priorities => ("1", "3");

    public bool KnowsBots => false;

    public string Login(string person) => Unique(person);

    public Task PointHooksAsync(Uri host)
    {
        hooks = new Uri(host, "/hooks/azuredevops");
        return devOps.SubscribeAsync(Shop, new AzureDevOpsHookTarget(hooks) { Headers = new Dictionary<string, string> { ["X-Backlog-Secret"] = HookSecret }, EventTypes = [.. new AzureDevOpsHookTarget(hooks).EventTypes, .. AzureDevOpsHookTarget.CodeEvents] });
    }

    public Task DrainAsync() => devOps.DrainAsync();

    public Task<int> OpenAsync(string by, string title, string body) => devOps.CreateItemAsync(Shop, Unique(by), "Bug", title, body);

    /// <summary>The editor there makes HTML of what is typed.</summary>
    public async Task<long> CommentAsync(int number, string by, string text) =>
        await devOps.CommentAsync(number, Unique(by), string.Concat(text.Split('\n').Select(l => $"<div>{WebUtility.HtmlEncode(l)}</div>")));

    public Task QuoteAsync(int number, string by, string text) => devOps.CommentAsync(number, Unique(by), $"<blockquote>{text}</blockquote><div>What does this do?</div>");

    public Task ShowCodeAsync(int number, string by, string text) => devOps.CommentAsync(number, Unique(by), $"<div>One could write:</div><pre><code>{text}\n</code></pre>");

    public Task BotCommentsAsync(int number, string text) => CommentAsync(number, "helper.bot", text);

    public Task EditCommentAsync(int number, long comment, string by, string text) => devOps.EditCommentAsync(number, (int)comment, Unique(by), $"<div>{text}</div>");

    public Task DeleteCommentAsync(int number, long comment, string by) => devOps.DeleteCommentAsync(number, (int)comment, Unique(by));

    public Task ThumbsDownAsync(int number, long comment, string by) => devOps.ReactToCommentAsync(number, (int)comment, Unique(by), "dislike");

    public Task EditBodyAsync(int number, string by, string body) => devOps.SetAsync(number, Unique(by), "System.Description", body);

    public Task LabelAsync(int number, string by, string label) => devOps.TagAsync(number, Unique(by), string.Join("; ", devOps.Item(number).Tags.Append(label)));

    public Task UnlabelAsync(int number, string by, string label) => devOps.TagAsync(number, Unique(by), string.Join("; ", devOps.Item(number).Tags.Where(t => t != label)));

    /// <remarks>The service repeats nothing by itself; a proxy between may, and two subscriptions tell of the same.</remarks>
    public async Task RepeatCommentAsync(Func<HttpRequestMessage, Task> send)
    {
        var told = devOps.Deliveries.Last(d => d.EventType == "workitem.commented" && !Encoding.UTF8.GetString(d.Payload.Span).Contains("serverless-backlog", StringComparison.Ordinal));
        var payload = Encoding.UTF8.GetString(told.Payload.Span);
        foreach (var body in (string[])[payload, payload.Replace($"{told.EventId}", $"{Guid.NewGuid()}", StringComparison.OrdinalIgnoreCase)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, hooks) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add("X-Backlog-Secret", HookSecret);
            await send(request);
        }
    }

    public (string Doing, string Review, string Aside) Statuses => ("Active", "Resolved", "New");

    public string? Status(int number) => devOps.Item(number).State;

    public Task MoveAsync(int number, string by, string status) => devOps.SetStateAsync(number, Unique(by), status);

    public Task<int> OpenPullRequestAsync(string by, int item) => devOps.OpenPullRequestAsync(Shop, Unique(by), "Keep the basket", linked: item);

    public Task MergeAsync(int pull, string by) => devOps.CompletePullRequestAsync(pull);

    public Task DropPullRequestAsync(int pull, string by) => devOps.AbandonPullRequestAsync(pull);

    public Task BranchAsync(string by, string branch) => devOps.PushBranchAsync(Shop, Unique(by), branch);

    public Task AssignAsync(int number, string by, string to) => devOps.AssignAsync(number, Unique(by), Unique(to));

    public Task BlockAsync(int blocked, int blocking, string by) => devOps.LinkAsync(blocked, Unique(by), "System.LinkTypes.Dependency-Reverse", blocking);

    public Task UnblockAsync(int blocked, int blocking, string by) => devOps.UnlinkAsync(blocked, Unique(by), "System.LinkTypes.Dependency-Reverse", blocking);

    public Task SetPriorityAsync(int number, string by, string priority) => devOps.SetAsync(number, Unique(by), "Microsoft.VSTS.Common.Priority", priority);

    public Task MakeChildAsync(int parent, int child, string by) => devOps.LinkAsync(parent, Unique(by), "System.LinkTypes.Hierarchy-Forward", child);

    public Task CloseAsync(int number, string by) => devOps.SetStateAsync(number, Unique(by), "Closed");

    public async Task RepeatAllAsync(Func<HttpRequestMessage, Task> send)
    {
        foreach (var told in devOps.Deliveries.Reverse().ToList())
        {
            var payload = Encoding.UTF8.GetString(told.Payload.Span);
            foreach (var body in (string[])[payload, payload.Replace($"{told.EventId}", $"{Guid.NewGuid()}", StringComparison.OrdinalIgnoreCase)])
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, hooks) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
                request.Headers.Add("X-Backlog-Secret", HookSecret);
                await send(request);
            }
        }
    }

    /// <summary>Somebody changes an item just before the next change that we make there.</summary>
    public void BeforeNextWrite(int number, Func<Task> act) => devOps.Fail(new Fault { Method = "PATCH", Path = $"workitems/{number}", Performed = true, Before = act });

    /// <summary>Changes of an item that the service refused because of its revision.</summary>
    public int Conflicts => devOps.Writes.Count(w => w.Method == "PATCH" && w.Status is 409 or 412);

    /// <summary>Bodies of our changes that were taken.</summary>
    public IReadOnlyList<string> Patches(int number) => [.. devOps.Writes.Where(w => w.Method == "PATCH" && w.Status == 200 && w.Path.EndsWith($"workitems/{number}", StringComparison.OrdinalIgnoreCase)).Select(w => w.Body)];

    public string State(int number)
    {
        var i = devOps.Item(number);
        return $"{i.Title}|{i.Type}|{i.State}|{i.AssignedTo}|{string.Join(',', i.Tags.Order())}|{string.Join(',', i.Links.Select(l => $"{l.Rel} {l.Target}").Order())}|{i.IsDeleted}|"
            + string.Join('|', i.Fields.Where(f => !Moving().IsMatch(f.Key)).OrderBy(f => f.Key).Select(f => $"{f.Key}={f.Value}"));
    }

    public bool IsOpen(int number) => devOps.Item(number).State is not ("Closed" or "Removed" or "Resolved");

    public int? DuplicateOf(int number) => devOps.Item(number).Links.FirstOrDefault(l => l.Rel.Contains("Duplicate", StringComparison.Ordinal))?.Target;

    public IReadOnlyList<string> Labels(int number) => devOps.Item(number).Tags;

    public string? Priority(int number) => devOps.Item(number).Fields.GetValueOrDefault("Microsoft.VSTS.Common.Priority");

    public IReadOnlyList<(long Id, string Text)> OurComments(int number) =>
        [.. devOps.Item(number).Comments.Where(c => c.By == Us).Select(c => ((long)c.Id, c.Text))];

    public IReadOnlyList<string> Called => [.. devOps.Items(Shop).SelectMany(i => i.Comments).Where(c => c.By == Us && c.Text.Contains("data-vss-mention", StringComparison.Ordinal)).Select(c => c.Text)];

    public int Writes => devOps.Writes.Count(w => !w.Path.Contains("/wiql", StringComparison.OrdinalIgnoreCase) && !w.Path.Contains("workitemsbatch", StringComparison.OrdinalIgnoreCase));

    public ValueTask DisposeAsync() => devOps.DisposeAsync();

    private static string Unique(string person) => $"{person}@contoso.com";

    [GeneratedRegex(@"Changed|Rev$|CommentCount|Watermark|System\.History|AuthorizedDate|RevisedDate|StateChange|Resolved|Closed|Activated|System\.Reason")]
    private static partial Regex Moving();
}
