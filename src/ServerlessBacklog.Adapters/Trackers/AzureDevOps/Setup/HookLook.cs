using System.Runtime.CompilerServices;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Hooks;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Setup;

/// <summary>Looks at the service hooks of one project that lead here: are all there, are they on, and did their newest call get through.</summary>
internal sealed class HookLook(SubscriptionDesk desk, AzureDevOpsOptions options, AzureProject project)
{
    private readonly string connect = $"'backlog connect azuredevops \"{project}\" --url https://YOUR-HOST'";

    public async IAsyncEnumerable<SetupFinding> LookAsync(IReadOnlyList<HookSubscription> ours, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var missing = HookSubscription.Events.Except(ours.Select(s => s.EventType), StringComparer.OrdinalIgnoreCase).ToList();
        if (ours.Count == 0)
            yield return SetupFinding.Warning($"No service hook of '{project}' leads here: what changes is found once an hour, by the timer Reconcile.", $"{connect} makes them.");
        else if (missing.Count > 0)
            yield return SetupFinding.Warning($"'{project}' has no service hook for {string.Join(", ", missing)}.", $"{connect} makes what is missing.");

        var good = new List<(HookSubscription Hook, bool WasCalled)>();
        foreach (var hook in ours)
        {
            var (faults, wasCalled) = await FaultsAsync(hook, cancellation);
            foreach (var fault in faults)
                yield return fault;
            if (faults.Count == 0)
                good.Add((hook, wasCalled));
        }

        foreach (var place in good.GroupBy(g => g.Hook.Url?.GetLeftPart(UriPartial.Path) ?? $"the queue '{g.Hook.Queue}'"))
        {
            var called = place.Count(g => g.WasCalled);
            yield return SetupFinding.Ok(
                $"Service hooks of '{project}' to {place.Key}: {place.Count()} in order, {(called == 0 ? "none called so far" : $"the newest call of {called} got through")}.");
        }
    }

    private async Task<(IReadOnlyList<SetupFinding> Faults, bool WasCalled)> FaultsAsync(HookSubscription hook, CancellationToken cancellation)
    {
        var faults = new List<SetupFinding>();
        if (hook.Trouble(project.Organization) is { } trouble)
            faults.Add(SetupFinding.Wrong(trouble.What, trouble.Mend));
        faults.AddRange(Inputs(hook));
        if (!hook.IsOn || await NewestCallAsync(hook, cancellation) is not { } call)
            return (faults, false);
        if (!call.IsGood)
            faults.Add(CallFaults.Of(hook, call, project));
        return (faults, true);
    }

    /// <summary>The newest call since the hook was last changed: what happened before says nothing of it as it is now.</summary>
    private async Task<HookCall?> NewestCallAsync(HookSubscription hook, CancellationToken cancellation)
    {
        try
        {
            var call = await desk.NewestCallAsync(project.Organization, hook, cancellation);
            return call?.At < hook.ModifiedAt ? null : call;
        }
        catch (ApiRefusedException)
        {
            // The history is kept for 14 days, and not shown to everybody.
            return null;
        }
    }

    private IEnumerable<SetupFinding> Inputs(HookSubscription hook)
    {
        var name = $"The service hook for '{hook.EventType}' of '{project}' (subscription {hook.Id})";
        if (options.Subscriptions.Count > 0 && !options.Subscriptions.Contains(hook.Id, StringComparer.OrdinalIgnoreCase))
            yield return SetupFinding.Wrong($"{name} is not among AzureDevOps:Subscriptions: what it tells is ignored.", "Add its id there, or take the setting away.");
        if (hook is { IsCall: true, SendsSecret: false })
            yield return SetupFinding.Wrong($"{name} sends no secret: its calls are refused.", $"{connect} gives it the secret.");
        if (!hook.SendsAllDetails)
            yield return SetupFinding.Wrong($"{name} does not send all resource details: what it tells names no project, and is ignored.", $"{connect} mends it.");
        if (hook.Filters.Count > 0)
            yield return SetupFinding.Warning(
                $"{name} has a filter ({string.Join(", ", hook.Filters)}): of other items it tells nothing.", $"Leave it if that is meant; {connect} takes the filter away.");
    }
}
