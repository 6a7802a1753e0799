using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.StandIns.GitHub;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalHost.Demo;

/// <summary>What the play acts on: the played tracker, and the running program as anybody sees it from outside.</summary>
internal sealed class LiveStage(PlayedGitHub played, IServiceProvider services, int port)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly IBacklogStore store = services.GetRequiredService<IBacklogStore>();
    private readonly IDeliveryStore deliveries = services.GetRequiredService<IDeliveryStore>();

    public PlayedGitHub Played => played;

    public GitHubStandIn GitHub => played.GitHub;

    public IServiceProvider Services => services;

    public Uri Address { get; } = new($"http://localhost:{port}");

    /// <summary>Numbers of issues that later happenings come back to.</summary>
    public Dictionary<string, int> Numbers { get; } = [];

    public GitHubIssue Issue(int number) => GitHub.Issue(PlayedGitHub.Repository, number);

    public GitHubIssue Issue(string name) => Issue(Numbers[name]);

    public async Task<int> OpenAsync(string name, string by, string title, string body, params string[] labels) =>
        Numbers[name] = await GitHub.OpenIssueAsync(PlayedGitHub.Repository, by, title, body, labels);

    public string? OurComment(int number) => OurComments(number) is [var first, ..] ? first.Body : null;

    /// <summary>What triage says on an issue: one comment, edited in place.</summary>
    public IReadOnlyList<GitHubComment> OurComments(int number) => [.. AllOurs(number).Where(LivePlay.IsOfTriage)];

    /// <summary>With notices and answers to commands, which are comments of their own.</summary>
    public IEnumerable<GitHubComment> AllOurs(int number) => Issue(number).Comments.Where(c => c.Author == played.App.BotLogin);

    public static WorkItemRef RefOf(int number) => new("github", PlayedGitHub.Repository, $"{number}");

    public async Task<Decision?> DecisionAsync(int number, CancellationToken cancellation) =>
        await store.DecisionsAsync(PlayedGitHub.Repository, RefOf(number), cancellation) is [var newest, ..] ? newest : null;

    public Task<IReadOnlyList<DecisionOutcome>> OutcomesAsync(int number, CancellationToken cancellation) =>
        store.OutcomesAsync(PlayedGitHub.Repository, RefOf(number), cancellation);

    /// <summary>The decision that a person is asked about; null when nobody is.</summary>
    public async Task<string?> AskedAsync(int number, CancellationToken cancellation) =>
        await StateAsync(number, cancellation) is { HasEnded: false, CustomStatus: { } status } ? WorkflowJson.Read<AskStatus>(status, "status").Decision : null;

    /// <summary>Waits until all that was told is triaged and written, and our own writes have been told too.</summary>
    public async Task SettleAsync(int number, CancellationToken cancellation)
    {
        var quiet = 0;
        await UntilAsync(async () => (quiet = await IsQuietAsync(number, cancellation) ? quiet + 1 : 0) >= 3, $"#{number} comes to rest", cancellation);
    }

    public static Task UntilAsync(Func<bool> holds, string what, CancellationToken cancellation) => UntilAsync(() => Task.FromResult(holds()), what, cancellation);

    /// <exception cref="UnexpectedException">It does not come to hold.</exception>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(Patience);
        try
        {
            while (!await holds())
                await Task.Delay(LookEvery, end.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new UnexpectedException($"for {Patience.TotalSeconds:0} seconds it was waited in vain that {what}");
        }
    }

    /// <exception cref="UnexpectedException">It does not hold.</exception>
    public static void Expect(bool holds, string otherwise)
    {
        if (!holds)
            throw new UnexpectedException(otherwise);
    }

    private async Task<bool> IsQuietAsync(int number, CancellationToken cancellation)
    {
        await GitHub.DrainAsync();
        if ((await deliveries.CountAsync(cancellation)).Pending > 0)
            return false;
        return await StateAsync(number, cancellation) is null or { HasEnded: true } || await AskedAsync(number, cancellation) is not null;
    }

    private Task<InstanceState?> StateAsync(int number, CancellationToken cancellation) =>
        services.GetRequiredService<IOrchestrationClient>().FindAsync(InstanceIds.OfItem(PlayedGitHub.Repository, RefOf(number)), cancellation);
}
