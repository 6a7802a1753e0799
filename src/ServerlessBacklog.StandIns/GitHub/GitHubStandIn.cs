using Microsoft.AspNetCore.Builder;
using ServerlessBacklog.StandIns.Deliveries;
using ServerlessBacklog.StandIns.GitHub.Access;
using ServerlessBacklog.StandIns.GitHub.Acts;
using ServerlessBacklog.StandIns.GitHub.GraphQl;
using ServerlessBacklog.StandIns.GitHub.Hooks;
using ServerlessBacklog.StandIns.GitHub.Model;
using ServerlessBacklog.StandIns.GitHub.Rest;

namespace ServerlessBacklog.StandIns.GitHub;

/// <summary>
/// GitHub in small, over real HTTP: repositories, issues, their webhooks, and the rules that clients must keep. It answers as GitHub documents
/// it, under the root and under <c>/api/v3</c>, and at <c>/graphql</c>. What people do there is driven by methods.
/// </summary>
public sealed partial class GitHubStandIn : IAsyncDisposable
{
    private readonly World world;
    private readonly IssueActs acts;
    private readonly HookCenter hooks;
    private readonly DeliveryPost<Attempt> post;
    private readonly FaultList faults = new();
    private readonly List<Breach> breaches = [];
    private readonly List<StandInWrite> writes = [];
    private readonly GitHubPipeline pipeline;
    private StandInServer? server;

    private GitHubStandIn(GitHubStandInOptions options)
    {
        world = new World(options.Clock, options.App);
        post = new DeliveryPost<Attempt>(options.Clock, options.Deliveries);
        hooks = new HookCenter(world, options.Deliveries, post);
        acts = new IssueActs(world, hooks);
        hooks.PointAt(options.Hooks);
        var doorman = new Doorman(world, options.Clock, options.Tokens, options.TokenTraits);
        var rates = new RateKeeper(options.Rates, options.Clock, breaches);
        pipeline = new GitHubPipeline(new Desk(world, acts, hooks, doorman, rates, options.Clock) { UnknownEvents = options.UnknownEvents.ToHashSet() }, faults, new GraphQlDesk(world, rates, () => hooks.Shapes.Root), writes);
    }

    /// <summary>Where it answers, without a slash at the end.</summary>
    public Uri Address => server!.Address;

    /// <summary>Every request over HTTP that changed content, or tried to.</summary>
    public IReadOnlyList<StandInWrite> Writes => Copy(writes);

    /// <summary>Every rule that a client broke.</summary>
    public IReadOnlyList<Breach> Breaches => Copy(breaches);

    /// <summary>Who got mail because a text named him.</summary>
    public IReadOnlyList<GitHubMention> Mentions => Copy(world.Mentions);

    /// <summary>Every attempt to deliver a webhook, oldest first.</summary>
    public IReadOnlyList<GitHubDelivery> Deliveries =>
        [.. post.Sent.Select(a => new GitHubDelivery(
            a.Id, a.Guid, a.Hook.Id, a.Hook.RepoId is null, a.Event, a.Action, a.Payload, a.IsRedelivery, a.DeliveredAt is null ? null : a.StatusCode, a.DeliveredAt))];

    public static async Task<GitHubStandIn> StartAsync(GitHubStandInOptions options, CancellationToken cancellation = default)
    {
        var standIn = new GitHubStandIn(options);
        standIn.server = await StandInServer.StartAsync(app => app.Run(standIn.pipeline.HandleAsync), cancellation);
        standIn.hooks.Shapes = new Shapes(standIn.Address.ToString().TrimEnd('/'));
        return standIn;
    }

    /// <summary>Lets something go wrong with the next requests that it fits.</summary>
    public void Fail(Fault fault) => faults.Add(fault);

    /// <summary>Where webhooks go from now on, and with which secret; null for nowhere.</summary>
    public void PointHooksAt(GitHubHookTarget? target)
    {
        lock (world.Gate)
            hooks.PointAt(target);
    }

    public void PauseDeliveries() => post.Pause(true);

    public void ResumeDeliveries() => post.Pause(false);

    /// <summary>Ends when every delivery has been sent and answered, or has failed.</summary>
    public Task DrainAsync() => post.DrainAsync();

    /// <summary>Asks for a delivery again, as a person does in the settings. It keeps its GUID.</summary>
    public void Redeliver(long deliveryId)
    {
        lock (world.Gate)
            hooks.Redeliver(post.Sent.Single(a => a.Id == deliveryId));
    }

    public async ValueTask DisposeAsync()
    {
        await post.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
    }

    private List<T> Copy<T>(List<T> list)
    {
        lock (world.Gate)
            return [.. list];
    }
}
