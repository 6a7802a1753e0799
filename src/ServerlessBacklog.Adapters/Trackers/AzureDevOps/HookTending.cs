using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps;

/// <summary>Looks at the service hooks that lead to us: one that fails is put on probation, loses events, and is then switched off.</summary>
internal sealed class HookTending(AzureDevOpsApi api, AzureDevOpsOptions options, TimeProvider time)
{
    private const string Path = "/hooks/azuredevops";

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
        JsonElement answer;
        try
        {
            answer = await api.GetAsync($"{api.AddressOf(organization, "_apis", "hooks", "subscriptions")}?api-version={AzureDevOpsApi.Version}", cancellation);
        }
        catch (Exception refused) when (refused is ApiRefusedException or UserErrorException)
        {
            alarms.Add(new Alarm(
                unseen,
                $"The service hooks of the organization '{organization}' cannot be looked after. Give the account the permission 'View subscriptions' of "
                + "service hooks (project administrators have it), and a token all scopes that this needs; until then look at Project settings, Service hooks yourself.",
                time.GetUtcNow()));
            return;
        }

        cleared.Add(unseen);
        foreach (var subscription in answer.Each("value").Where(IsOurs))
        {
            var key = $"azuredevops:{organization}:hook:{subscription.Text("id")}";
            if (Trouble(subscription, organization) is { } trouble)
                alarms.Add(new Alarm(key, trouble, time.GetUtcNow()));
            else
                cleared.Add(key);
        }
    }

    private bool IsOurs(JsonElement subscription)
    {
        var inputs = subscription.Part("consumerInputs") ?? default;
        return subscription.Text("consumerId") switch
        {
            "webHooks" => Uri.TryCreate(inputs.Text("url"), UriKind.Absolute, out var url)
                && url.AbsolutePath.TrimEnd('/').EndsWith(Path, StringComparison.OrdinalIgnoreCase),
            "azureStorageQueue" => options.HookQueue is { } queue && string.Equals(inputs.Text("queueName"), queue, StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
    }

    private static string? Trouble(JsonElement subscription, string organization)
    {
        var hook = $"The service hook for '{subscription.Text("eventType") ?? "?"}' in the organization '{organization}' (subscription {subscription.Text("id") ?? "?"})";
        return subscription.Text("status")?.ToLowerInvariant() switch
        {
            "onprobation" =>
                $"{hook} is on probation: its calls fail, and events are being lost. See why in Project settings, Service hooks, History; one call that goes through ends it.",
            "disabledbysystem" =>
                $"{hook} was switched off since its calls failed for too long. Mend the cause (Project settings, Service hooks, History), then enable it there.",
            "disabledbyuser" => $"{hook} was switched off by a person. Enable it in Project settings, Service hooks, or delete it.",
            "disabledbyinactiveidentity" =>
                $"{hook} was switched off since its creator has left the project or lost the right to it. Create it anew under an account that stays.",
            _ => null,
        };
    }
}
