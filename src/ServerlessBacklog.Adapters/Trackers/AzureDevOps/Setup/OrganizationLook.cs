using System.Runtime.CompilerServices;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Hooks;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Setup;

/// <summary>Looks at one organization (or collection) and at projects in it, as the account that signs in sees them.</summary>
internal sealed class OrganizationLook(AzureDevOpsApi api, AzureDevOpsOptions options, AzureDevOpsCredentials credentials, string organization)
{
    private readonly SubscriptionDesk desk = new(api);

    public async IAsyncEnumerable<SetupFinding> LookAsync(IReadOnlyList<AzureProject> projects, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!credentials.IsAnonymous)
        {
            var account = await AccountAsync(projects[0], cancellation);
            yield return account;
            if (account.State == SetupState.Wrong)
                yield break;
        }

        var seen = new List<(AzureProject Project, string Id)>();
        foreach (var project in projects)
        {
            var (finding, id) = await ProjectAsync(project, cancellation);
            yield return finding;
            if (id is not null)
                seen.Add((project, id));
        }

        if (seen.Count == 0)
            yield break;
        if (await LinkEndsAsync(cancellation) is { } missing)
            yield return missing;
        if (credentials.IsAnonymous)
            yield break;
        foreach (var (project, _) in seen)
        {
            if (await TeamsAsync(project, cancellation) is { } unread)
                yield return unread;
        }

        var (unseen, subscriptions) = await SubscriptionsAsync(cancellation);
        if (unseen is not null)
            yield return unseen;
        foreach (var (project, id) in unseen is null ? seen : [])
        {
            await foreach (var finding in new HookLook(desk, options, project).LookAsync(Of(id), cancellation))
                yield return finding;
        }

        List<HookSubscription> Of(string id) => [.. subscriptions.Where(s => s.IsOurs(options) && string.Equals(s.ProjectId, id, StringComparison.OrdinalIgnoreCase))];
    }

    private async Task<SetupFinding> AccountAsync(AzureProject project, CancellationToken cancellation)
    {
        try
        {
            var answer = await api.GetAsync($"{api.AddressOf(organization, "_apis", "connectionData")}?api-version=7.1-preview.1", cancellation);
            return Account(answer.Part("authenticatedUser") ?? default);
        }
        catch (Exception refused) when (refused is ApiRefusedException or UserErrorException)
        {
            return Sentences.Wrong(refused, project);
        }
    }

    private SetupFinding Account(JsonElement user)
    {
        var id = user.Text("id");
        var account = user.Part("properties")?.Part("Account")?.Text("$value");
        var name = user.Text("customDisplayName") ?? user.Text("providerDisplayName") ?? account ?? id ?? "an account without a name";
        string?[] names = [id, account, user.Text("providerDisplayName")];
        var signedIn = $"Signed in to '{organization}' as {name}{(credentials.IsIdentity ? "" : ", by a personal access token")}.";
        if (options.OwnIdentity is { } own && !names.Contains(own, StringComparer.OrdinalIgnoreCase))
            return SetupFinding.Warning($"{signedIn} AzureDevOps:OwnIdentity names another account.", $"Set it to {account ?? id}, so that what this program does is no news to it.");
        var hint = !credentials.IsIdentity ? "A token expires, and its limits are a person's: a managed identity or service principal is better (docs/azure-devops.md)."
            : options.OwnIdentity is null ? $"Set AzureDevOps:OwnIdentity to {account ?? id}, so that what this program does is no news to it."
            : null;
        return new SetupFinding(SetupState.Ok, signedIn, hint);
    }

    private async Task<(SetupFinding Finding, string? Id)> ProjectAsync(AzureProject project, CancellationToken cancellation)
    {
        try
        {
            var answer = await api.GetAsync($"{api.AddressOf(organization, "_apis", "projects", project.Name)}?api-version={AzureDevOpsApi.Version}", cancellation);
            await api.QueryAsync(
                $"{api.WorkAddressOf(project, "wiql")}?$top=1&api-version={AzureDevOpsApi.Version}",
                new { query = "SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project" },
                cancellation);
            return (SetupFinding.Ok($"The project '{project}' is seen, and its work items can be read."), answer.Text("id"));
        }
        catch (Exception refused) when (refused is ApiRefusedException or UserErrorException)
        {
            return (Sentences.Wrong(refused, project), null);
        }
    }

    /// <summary>Null when all is well.</summary>
    private async Task<SetupFinding?> LinkEndsAsync(CancellationToken cancellation)
    {
        try
        {
            return (await new ProcessFacts(api).LinkEndsAsync(organization, cancellation)).ReferenceOf(LinkKind.DuplicateOf) is not null ? null : SetupFinding.Warning(
                $"The organization '{organization}' has no kind of link named 'Duplicate Of': duplicates are found, and not linked.",
                "On a server of your own the kinds of links may have been renamed or deleted: restore 'Duplicate / Duplicate Of'.");
        }
        catch (ApiRefusedException)
        {
            return SetupFinding.Warning(
                $"The kinds of links of '{organization}' cannot be read: links are neither seen nor made.", $"Give the token the scope {ApiErrors.Scope}.");
        }
    }

    /// <summary>Null when they can be read.</summary>
    private async Task<SetupFinding?> TeamsAsync(AzureProject project, CancellationToken cancellation)
    {
        try
        {
            await api.GetAsync($"{api.AddressOf(organization, "_apis", "projects", project.Name, "teams")}?$top=1&api-version={AzureDevOpsApi.Version}", cancellation);
            return null;
        }
        catch (Exception refused) when (refused is ApiRefusedException or UserErrorException)
        {
            return SetupFinding.Warning(
                $"The teams of '{project}' cannot be read: nobody is known as one who may answer by a command.", $"Give the token the scope {Teams.Scope} beside {ApiErrors.Scope}.");
        }
    }

    private async Task<(SetupFinding? Unseen, IReadOnlyList<HookSubscription> Found)> SubscriptionsAsync(CancellationToken cancellation)
    {
        try
        {
            return (null, await desk.ListAsync(organization, cancellation));
        }
        catch (Exception refused) when (refused is ApiRefusedException or UserErrorException)
        {
            var trouble = HookTrouble.Unseen(organization);
            return (SetupFinding.Warning(trouble.What, trouble.Mend), []);
        }
    }
}
