using Microsoft.AspNetCore.Builder;
using ServerlessBacklog.StandIns.AzureDevOps.Acts;
using ServerlessBacklog.StandIns.AzureDevOps.Hooks;
using ServerlessBacklog.StandIns.AzureDevOps.Model;
using ServerlessBacklog.StandIns.AzureDevOps.Rest;

namespace ServerlessBacklog.StandIns.AzureDevOps;

/// <summary>
/// Azure DevOps in small, over real HTTP: the work items of one organization, its service hooks, and the rules that clients must keep. It answers
/// as the service documents it, under <c>/{organization}</c>. What people do there is driven by methods.
/// </summary>
public sealed partial class AzureDevOpsStandIn : IAsyncDisposable
{
    private readonly Organization organization;
    private readonly HookDesk hooks;
    private readonly ItemActs acts;
    private readonly FaultList faults = new();
    private readonly List<Breach> breaches = [];
    private readonly List<StandInWrite> writes = [];
    private readonly AdoPipeline pipeline;
    private StandInServer? server;

    private AzureDevOpsStandIn(AzureDevOpsStandInOptions options)
    {
        organization = new Organization(options.Organization, options.Clock);
        hooks = new HookDesk(organization, options);
        acts = new ItemActs(organization, hooks);
        foreach (var name in options.Tokens.Values)
            organization.Identity(name);
        pipeline = new AdoPipeline(acts, options, faults, new AdoRateKeeper(options.Rates, options.Clock, breaches), writes);
    }

    /// <summary>Where it answers, without the organization and without a slash at the end.</summary>
    public Uri Address => server!.Address;

    /// <summary>Every request over HTTP that changed something, or tried to.</summary>
    public IReadOnlyList<StandInWrite> Writes => Copy(writes);

    /// <summary>Every rule that a client broke.</summary>
    public IReadOnlyList<Breach> Breaches => Copy(breaches);

    /// <summary>Every try to deliver an event, oldest first.</summary>
    public IReadOnlyList<AzureDevOpsDelivery> Deliveries =>
        [.. hooks.Post.Sent.Select(n => new AzureDevOpsDelivery(n.EventId, n.Subscription.Id, n.Number, n.Subscription.EventType, n.Payload, n.Attempt, n.StatusCode))];

    public IReadOnlyList<AzureDevOpsSubscription> Subscriptions
    {
        get
        {
            lock (organization.Gate)
                return [.. hooks.Subscriptions.Select(s => new AzureDevOpsSubscription(s.Id, s.Project.Name, s.EventType, s.Target.Url, s.Status))];
        }
    }

    public static async Task<AzureDevOpsStandIn> StartAsync(AzureDevOpsStandInOptions options, CancellationToken cancellation = default)
    {
        var standIn = new AzureDevOpsStandIn(options);
        standIn.server = await StandInServer.StartAsync(app => app.Run(standIn.pipeline.HandleAsync), cancellation);
        standIn.acts.Root = $"{standIn.Address.ToString().TrimEnd('/')}/{options.Organization}";
        standIn.hooks.Payloads.Shapes = new AdoShapes(standIn.acts.Root);
        return standIn;
    }

    /// <summary>Lets something go wrong with the next requests that it fits.</summary>
    public void Fail(Fault fault) => faults.Add(fault);

    public void PauseDeliveries() => hooks.Post.Pause(true);

    public void ResumeDeliveries() => hooks.Post.Pause(false);

    /// <summary>Ends when every delivery has been sent and answered, or has failed to the last.</summary>
    public Task DrainAsync() => hooks.Post.DrainAsync();

    public async ValueTask DisposeAsync()
    {
        await hooks.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
    }

    private List<T> Copy<T>(List<T> list)
    {
        lock (organization.Gate)
            return [.. list];
    }
}
