using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Hooks;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps;

/// <summary>Looks at the service hooks that lead to us: one that fails is put on probation, loses events, and is then switched off.</summary>
internal sealed class HookTending(AzureDevOpsApi api, AzureDevOpsOptions options, TimeProvider time)
{
    private readonly SubscriptionDesk desk = new(api);

    public async Task<HookReport> TendAsync(IReadOnlyList<string> projects, CancellationToken cancellation)
    {
        var alarms = new List<Alarm>();
        var cleared = new List<string>();
        var organizations = projects.Select(AzureProject.TryParse).OfType<AzureProject>().Select(p => p.Organization);
        foreach (var organization in organizations.Distinct(StringComparer.OrdinalIgnoreCase))
            await LookAsync(organization, alarms, cleared, cancellation);
        return new HookReport(0, alarms, cleared);
    }

    private async Task LookAsync(string organization, List<Alarm> alarms, List<string> cleared, CancellationToken cancellation)
    {
        var unseen = $"azuredevops:{organization}:hooks";
        IReadOnlyList<HookSubscription> subscriptions;
        try
        {
            subscriptions = await desk.ListAsync(organization, cancellation);
        }
        catch (Exception refused) when (refused is ApiRefusedException or UserErrorException)
        {
            alarms.Add(new Alarm(unseen, HookTrouble.Unseen(organization).ToString(), time.GetUtcNow()));
            return;
        }

        cleared.Add(unseen);
        foreach (var subscription in subscriptions.Where(s => s.IsOurs(options)))
        {
            var key = $"azuredevops:{organization}:hook:{subscription.Id}";
            if (subscription.Trouble(organization) is { } trouble)
                alarms.Add(new Alarm(key, trouble.ToString(), time.GetUtcNow()));
            else
                cleared.Add(key);
        }
    }
}
