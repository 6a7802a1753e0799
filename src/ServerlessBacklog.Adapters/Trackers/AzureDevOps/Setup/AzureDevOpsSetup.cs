using System.Runtime.CompilerServices;
using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Setup;

/// <summary>Whether Azure DevOps is connected: who signs in, what that account sees, and whether service hooks lead here and get through.</summary>
public sealed class AzureDevOpsSetup(AzureDevOpsOptions options, AzureDevOpsCredentials credentials, ITrackerHttp http, IEnumerable<IHookQueue> queues)
    : ISetupCheck, IDisposable
{
    /// <summary>A shorter secret can be guessed.</summary>
    private const int ShortestSecret = 16;

    private readonly AzureDevOpsApi api = new(options, credentials, http);

    public string Area => "Azure DevOps";

    public string? Tracker => AzureDevOpsTracker.TrackerName;

    public async IAsyncEnumerable<SetupFinding> CheckAsync(IReadOnlyList<string> projects, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (projects.Count == 0 && credentials.IsAnonymous && options.HookSecrets.Count == 0 && options.HookQueue is null)
        {
            yield return SetupFinding.Off("Not connected.", "'backlog connect azuredevops ORG/PROJECT --url https://YOUR-HOST' does it (docs/azure-devops.md).");
            yield break;
        }

        yield return Secrets(projects.Count > 0);
        foreach (var queue in queues.OfType<AzureHookQueue>())
            yield return await QueueAsync(queue, cancellation);
        if (credentials.IsAnonymous)
            yield return SetupFinding.Warning(
                "Nobody is signed in: only public projects are read, nothing is written, and service hooks cannot be looked after.",
                "Let the program sign in as itself (AzureDevOps:UseIdentity=true), or set AzureDevOps:Token (docs/azure-devops.md).");
        if (projects.Count == 0)
            yield return SetupFinding.Off("No project is kept yet, so that none was looked at.", "'backlog triage azuredevops:org/project' begins one.");
        foreach (var organization in projects.Select(AzureProject.TryParse).OfType<AzureProject>().GroupBy(p => p.Organization, StringComparer.OrdinalIgnoreCase))
        {
            await foreach (var finding in new OrganizationLook(api, options, credentials, organization.Key).LookAsync([.. organization], cancellation))
                yield return finding;
        }
    }

    public void Dispose() => api.Dispose();

    private SetupFinding Secrets(bool isNeeded) => options.HookSecrets switch
    {
        [] when options.HookQueue is not null => SetupFinding.Ok("Service hooks deliver into a queue; calls of others are refused, no secret is set."),
        [] when !isNeeded => SetupFinding.Off("No secret of service hooks is set: their calls are refused."),
        [] => SetupFinding.Warning(
            "No secret of service hooks is set: their calls are refused.",
            "'backlog connect azuredevops ORG/PROJECT --url https://YOUR-HOST' makes one, and the hooks; or set AzureDevOps:HookSecrets:0."),
        var secrets when secrets.Any(s => s.Length < ShortestSecret) => SetupFinding.Warning(
            $"A secret of service hooks has less than {ShortestSecret} characters: it can be guessed.",
            "Set one of 32 random bytes as AzureDevOps:HookSecrets:0, give it to the hooks with 'backlog connect azuredevops', then take the short one away."),
        { Count: var count } => SetupFinding.Ok(count == 1 ? "A secret of service hooks is set." : $"{count} secrets of service hooks are set; each of them is good."),
    };

    private static async Task<SetupFinding> QueueAsync(AzureHookQueue queue, CancellationToken cancellation)
    {
        try
        {
            return await queue.CountAsync(cancellation) switch
            {
                (null, _) => SetupFinding.Warning(
                    $"The queue '{queue.Name}' of AzureDevOps:HookQueue is not there.", "Create it in the storage account, and service hooks that deliver into it (docs/azure-devops.md)."),
                (_, > 0 and var aside) => SetupFinding.Warning(
                    $"{aside:N0} messages that could not be handled lie in the queue '{queue.Name}-poison'.", "Look at them and delete them; the next reconcile repairs what they told."),
                var (waiting, _) => SetupFinding.Ok($"In the queue '{queue.Name}' {waiting:N0} messages wait; none was put aside."),
            };
        }
        catch (UserErrorException wrong)
        {
            return Sentences.Wrong(wrong);
        }
    }
}
