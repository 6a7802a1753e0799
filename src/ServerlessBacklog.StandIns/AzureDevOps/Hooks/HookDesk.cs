using System.Text;
using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.AzureDevOps.Model;
using ServerlessBacklog.StandIns.Deliveries;

namespace ServerlessBacklog.StandIns.AzureDevOps.Hooks;

/// <summary>
/// Service hooks with their rules of retry, made simple: what may pass by itself is tried again at once up to eight times; 410 disables; any
/// other failure puts the subscription on probation, where one success restores it and seven more failures end it.
/// Source: "Troubleshoot service hooks".
/// </summary>
internal sealed class HookDesk : IAsyncDisposable
{
    private const int Tries = 8;
    private const int FailuresOnProbation = 7;
    private readonly Organization organization;
    private readonly DeliveryFaults faults;
    private readonly Random losing;
    private readonly Random dropping;
    private readonly DeliveryPost<Notification> post;

    public HookDesk(Organization organization, AzureDevOpsStandInOptions options)
    {
        this.organization = organization;
        faults = options.Deliveries;
        losing = new Random(faults.Seed);
        dropping = new Random(faults.Seed + 1);
        post = new DeliveryPost<Notification>(options.Clock, faults, Settle);
        Payloads = new HookPayloads(options);
    }

    public HookPayloads Payloads { get; }

    public DeliveryPost<Notification> Post => post;

    public List<Subscription> Subscriptions { get; } = [];

    public void Raise(string eventType, WorkItem item, Identity by, Update? update = null)
    {
        var eventId = Guid.NewGuid();
        foreach (var subscription in Subscriptions.Where(s => s.IsOn && s.Project == item.Project && s.EventType == eventType))
        {
            if (losing.NextDouble() < faults.LoseShare)
                continue;
            var number = ++subscription.LastNotification;
            var payload = Encoding.UTF8.GetBytes(Payloads.Of(subscription, eventId, number, item, by, update, organization.Now).ToJsonString());
            for (var i = 0; i < Math.Max(1, faults.RepeatTimes); i++)
                post.Queue(new Notification(subscription, eventId, number, payload, dropping.NextDouble() < faults.DropShare, 1, organization.Now));
        }
    }

    /// <summary>Tells what happened in a repository of a project.</summary>
    public void Raise(string eventType, Project project, JsonObject resource)
    {
        var eventId = Guid.NewGuid();
        foreach (var subscription in Subscriptions.Where(s => s.IsOn && s.Project == project && s.EventType == eventType))
        {
            var number = ++subscription.LastNotification;
            var payload = Encoding.UTF8.GetBytes(Payloads.Of(subscription, eventId, number, project, (JsonObject)resource.DeepClone(), "Something happened in a repository.", organization.Now).ToJsonString());
            post.Queue(new Notification(subscription, eventId, number, payload, false, 1, organization.Now));
        }
    }

    public ValueTask DisposeAsync() => post.DisposeAsync();

    private void Settle(Notification done)
    {
        lock (organization.Gate)
        {
            var subscription = done.Subscription;
            if (done.IsGood)
            {
                subscription.Failures = 0;
                if (subscription.Status == "onProbation")
                    subscription.Status = "enabled";
            }
            else if (done.StatusCode == 410)
                subscription.Status = "disabledBySystem";
            else if (done.IsTransient && !done.IsDropped && done.Attempt < Tries)
                post.Queue(new Notification(subscription, done.EventId, done.Number, done.Payload, false, done.Attempt + 1, done.CreatedAt));
            else if (!done.IsDropped && subscription.IsOn)
                subscription.Status = ++subscription.Failures > FailuresOnProbation ? "disabledBySystem" : "onProbation";
        }
    }
}
