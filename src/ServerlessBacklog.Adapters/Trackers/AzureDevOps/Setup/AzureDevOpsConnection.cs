using System.Net;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Hooks;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Setup;

/// <summary>Connects a project: makes the service hooks that lead to a host, or mends those that do. Others are never touched.</summary>
public sealed class AzureDevOpsConnection(AzureDevOpsOptions options, AzureDevOpsCredentials credentials, ITrackerHttp http) : IDisposable
{
    private readonly AzureDevOpsApi api = new(options, credentials, http);

    /// <summary>Looks what is there; changes nothing.</summary>
    /// <param name="project"><c>org/project</c>; its name is taken as the service spells it.</param>
    /// <param name="host">See <see cref="HookAddress"/>.</param>
    /// <exception cref="UserErrorException">The project or its service hooks cannot be seen, or the address cannot be called.</exception>
    public async Task<HookPlan> PlanAsync(string project, string host, CancellationToken cancellation)
    {
        var asked = AzureProject.Parse(project);
        var url = HookAddress.Of(host, options.BaseUrl);
        if (credentials.IsAnonymous)
            throw new UserErrorException(
                "Nobody is signed in to Azure DevOps. Set AzureDevOps:UseIdentity to true ('az login' does on this machine), or AzureDevOps:Token to a personal access "
                + $"token with the scope {ApiErrors.Scope}; docs/azure-devops.md says more.");
        var (id, name) = await ProjectAsync(asked, cancellation);
        var subscriptions = await ListAsync(asked.Organization, cancellation);
        return new HookPlan(asked with { Name = name }, id, url, [.. subscriptions.Where(IsSame)]);

        bool IsSame(HookSubscription s) => s is { IsCall: true, Url: { } known }
            && Uri.Compare(known, url, UriComponents.HttpRequestUrl, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
            && string.Equals(s.ProjectId, id, StringComparison.OrdinalIgnoreCase)
            && HookSubscription.Events.Contains(s.EventType, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Makes what is missing, and gives all the secret; doing it again changes nothing more.</summary>
    /// <exception cref="UserErrorException">The account may not; what was made before stays.</exception>
    public async Task<HookChanges> ApplyAsync(HookPlan plan, string secret, CancellationToken cancellation)
    {
        if (secret.Any(c => c is < '!' or > '~'))
            throw new UserErrorException("The secret of service hooks (AzureDevOps:HookSecrets:0) holds a blank, or what is not ASCII: no header can carry it. Set one of letters and digits.");
        var desk = new SubscriptionDesk(api);
        var made = 0;
        try
        {
            foreach (var hook in plan.Existing)
                await desk.MendAsync(plan.Project.Organization, hook, plan.ProjectId, plan.Url, secret, cancellation);
            foreach (var missing in HookSubscription.Events.Except(plan.Existing.Select(s => s.EventType), StringComparer.OrdinalIgnoreCase))
            {
                await desk.CreateAsync(plan.Project.Organization, plan.ProjectId, missing, plan.Url, secret, cancellation);
                made++;
            }
        }
        catch (Exception refused) when (refused is UserErrorException or ApiRefusedException { Status: HttpStatusCode.Forbidden })
        {
            throw new UserErrorException(
                $"This account may not change the service hooks of '{plan.Project}'. A project administrator has that right (Project settings, Permissions), or let one allow it "
                + $"'Edit subscriptions' of service hooks; a token needs the scope {ApiErrors.Scope}.",
                refused);
        }
        catch (ApiRefusedException refused)
        {
            throw new UserErrorException($"Azure DevOps does not take the service hooks to {plan.Url} (HTTP {(int)refused.Status}): {Quoted(refused, secret)}. Check --url.", refused);
        }

        return new HookChanges(made, plan.Existing.Count);
    }

    /// <summary>Asks the host itself whether it takes the secret, with a call that it refuses for its body alone: nothing stays behind there.</summary>
    public static Task<SetupFinding> AskHostAsync(HookPlan plan, string secret, CancellationToken cancellation) => HookProbe.AskAsync(plan.Url, secret, cancellation);

    public void Dispose() => api.Dispose();

    private async Task<(string Id, string Name)> ProjectAsync(AzureProject project, CancellationToken cancellation)
    {
        try
        {
            var answer = await api.GetAsync($"{api.AddressOf(project.Organization, "_apis", "projects", project.Name)}?api-version={AzureDevOpsApi.Version}", cancellation);
            return (answer.Text("id") ?? throw new HttpRequestException("Azure DevOps tells no id of the project."), answer.Text("name") ?? project.Name);
        }
        catch (ApiRefusedException refused)
        {
            throw ApiErrors.Explain(refused, project);
        }
    }

    private async Task<IReadOnlyList<HookSubscription>> ListAsync(string organization, CancellationToken cancellation)
    {
        try
        {
            return await new SubscriptionDesk(api).ListAsync(organization, cancellation);
        }
        catch (ApiRefusedException refused)
        {
            throw new UserErrorException($"{HookTrouble.Unseen(organization).What} Give the account the permissions 'View subscriptions' and 'Edit subscriptions' of service hooks; project administrators have them.", refused);
        }
    }

    private static string Quoted(ApiRefusedException refused, string secret) =>
        refused.Sentence.Length == 0 ? "no reason is given" : refused.Sentence.Replace(secret, "…", StringComparison.Ordinal).TrimEnd('.');
}

/// <summary>What <see cref="AzureDevOpsConnection"/> found of one project and one host.</summary>
public sealed record HookPlan
{
    internal HookPlan(AzureProject project, string projectId, Uri url, IReadOnlyList<HookSubscription> existing) =>
        (Project, ProjectId, Url, Existing) = (project, projectId, url, existing);

    /// <summary><c>org/project</c>.</summary>
    public string Name => Project.ToString();

    /// <summary>The address that the hooks call.</summary>
    public Uri Url { get; }

    internal AzureProject Project { get; }

    internal string ProjectId { get; }

    internal IReadOnlyList<HookSubscription> Existing { get; }
}

/// <param name="Made">Service hooks that were created.</param>
/// <param name="Mended">Service hooks that were there, and now have the secret and are on.</param>
public sealed record HookChanges(int Made, int Mended);
