using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;

/// <summary>
/// What people may do, by the teams of a project (https://learn.microsoft.com/rest/api/azure/devops/core/teams): its members write, its
/// administrators may everything, all others read. Rights on areas are not asked for: that would need the right to administer. Members of a
/// group within a team are not told.
/// </summary>
internal sealed class Teams(AzureDevOpsApi api, TimeProvider time)
{
    /// <summary>The scope that a personal access token needs for it.</summary>
    public const string Scope = "Project and Team (Read)";

    private const int PageSize = 100;

    private const int MaxPages = 50;

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (IReadOnlyDictionary<string, bool> IsAdmin, DateTimeOffset Until)> known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whoever is in no team has no role here: whether they may read the project is not told to others.</summary>
    /// <exception cref="UserErrorException">The teams may not be seen.</exception>
    public async Task<TrackerRole> RoleOfAsync(AzureProject project, Person person, CancellationToken cancellation) =>
        !(await MembersAsync(project, cancellation)).TryGetValue(person.Login, out var isAdmin) ? TrackerRole.None
        : isAdmin ? TrackerRole.Admin
        : TrackerRole.Writer;

    /// <summary>By unique name and by id, never by the name that is shown: that one anybody may give himself.</summary>
    private async Task<IReadOnlyDictionary<string, bool>> MembersAsync(AzureProject project, CancellationToken cancellation)
    {
        var key = project.ToString();
        if (known.TryGetValue(key, out var kept) && kept.Until > time.GetUtcNow())
            return kept.IsAdmin;
        try
        {
            var members = await ReadAsync(project, cancellation);
            known[key] = (members, time.GetUtcNow() + Life);
            return members;
        }
        catch (ApiRefusedException refused) when (refused.Status is HttpStatusCode.Forbidden)
        {
            throw NotShown(project, refused);
        }
        catch (UserErrorException refused)
        {
            // A token without the scope is refused like one that is wrong.
            throw NotShown(project, refused);
        }
        catch (ApiRefusedException refused)
        {
            throw ApiErrors.Explain(refused, project);
        }
    }

    private async Task<IReadOnlyDictionary<string, bool>> ReadAsync(AzureProject project, CancellationToken cancellation)
    {
        var isAdmin = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        await foreach (var team in AllAsync(project, cancellation, "teams"))
        {
            if (team.Text("id") is not { } id)
                continue;
            await foreach (var member in AllAsync(project, cancellation, "teams", id, "members"))
                Add(member);
        }

        return isAdmin;

        void Add(JsonElement member)
        {
            if (member.Part("identity") is not { } identity || identity.Text("isContainer") == "true" || identity.Text("inactive") == "true")
                return;
            foreach (var name in new[] { identity.Text("uniqueName"), identity.Text("id") }.OfType<string>())
                isAdmin[name] = isAdmin.GetValueOrDefault(name) || member.Text("isTeamAdmin") == "true";
        }
    }

    private async IAsyncEnumerable<JsonElement> AllAsync(
        AzureProject project, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation, params string[] path)
    {
        var address = api.AddressOf(project.Organization, ["_apis", "projects", project.Name, .. path]);
        for (var page = 0; page < MaxPages; page++)
        {
            List<JsonElement> some = [.. (await api.GetAsync($"{address}?$top={PageSize}&$skip={page * PageSize}&api-version={AzureDevOpsApi.Version}", cancellation)).Each("value")];
            foreach (var one in some)
                yield return one;
            if (some.Count < PageSize)
                break;
        }
    }

    private static UserErrorException NotShown(AzureProject project, Exception refused) => new(
        $"Azure DevOps does not show this account the teams of '{project}', by which it is told who may approve. Give the token the scope {Scope} "
        + "beside the others, or add the account to the project.",
        refused);
}
