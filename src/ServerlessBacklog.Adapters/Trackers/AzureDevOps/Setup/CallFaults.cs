using System.Text.RegularExpressions;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Hooks;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Setup;

/// <summary>What a call that failed says about the set-up.</summary>
internal static partial class CallFaults
{
    private const string Again = "The next call that gets through ends this.";
    private const int MaxWords = 120;

    public static SetupFinding Of(HookSubscription hook, HookCall call, AzureProject project)
    {
        var place = hook.Url?.GetLeftPart(UriPartial.Path) ?? $"the queue '{hook.Queue}'";
        var name = $"The newest call of the service hook for '{hook.EventType}' of '{project}'";
        return call.Status switch
        {
            401 => SetupFinding.Wrong(
                $"{name} was refused (401): its secret is none of those that are set at {place}.",
                $"Run 'backlog connect azuredevops \"{project}\" --url {hook.Url?.GetLeftPart(UriPartial.Authority)}' with the secret that is set there. {Again}"),
            403 => SetupFinding.Wrong($"{name} was refused (403): no secret is set at {place}.", $"Set AzureDevOps:HookSecrets:0 there and start it anew. {Again}"),
            404 => SetupFinding.Wrong($"{name} found nothing that takes hooks in at {place} (404).", $"Check the address, and that the app is deployed there. {Again}"),
            { } code => SetupFinding.Wrong($"{name} was answered {code} at {place}.", $"See what that host logs, and Project settings, Service hooks, History. {Again}"),
            null => SetupFinding.Wrong($"{name} did not reach {place}{Words(call.Error)}.", $"Check that the host runs and can be reached from outside. {Again}"),
        };
    }

    private static string Words(string? error)
    {
        var line = Blanks().Replace(error ?? "", " ").Trim().TrimEnd('.');
        return line.Length == 0 ? "" : $" ({(line.Length > MaxWords ? line[..MaxWords] + "…" : line)})";
    }

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Blanks();
}
