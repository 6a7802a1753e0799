using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;

/// <summary>What changes seldom, asked once per process: states of a type, kinds of links, names of projects. A failed question is asked again.</summary>
internal sealed class ProcessFacts(AzureDevOpsApi api)
{
    private readonly ConcurrentDictionary<string, Task<IReadOnlyList<TypeState>>> states = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Task<IReadOnlySet<string>>> fields = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Task<LinkEnds>> ends = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Task<string?>> projects = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The states of a type, in the order of its process; none for a type that is not there any more.</summary>
    public Task<IReadOnlyList<TypeState>> StatesAsync(AzureProject project, string type, CancellationToken cancellation) =>
        OnceAsync(states, $"{project}/{type}", () => ReadStatesAsync(project, type, cancellation));

    /// <summary>Reference names of the fields that a type has.</summary>
    public Task<IReadOnlySet<string>> FieldsAsync(AzureProject project, string type, CancellationToken cancellation) =>
        OnceAsync(fields, $"{project}/{type}", () => ReadFieldsAsync(project, type, cancellation));

    public Task<LinkEnds> LinkEndsAsync(string organization, CancellationToken cancellation) =>
        OnceAsync(ends, organization, () => ReadLinkEndsAsync(organization, cancellation));

    /// <summary>The name of a project by its id; null when it cannot be seen.</summary>
    public Task<string?> ProjectNameAsync(string organization, string id, CancellationToken cancellation) =>
        OnceAsync(projects, $"{organization}/{id}", () => ReadProjectNameAsync(organization, id, cancellation));

    private async Task<IReadOnlyList<TypeState>> ReadStatesAsync(AzureProject project, string type, CancellationToken cancellation)
    {
        try
        {
            var answer = await api.GetAsync($"{api.WorkAddressOf(project, "workitemtypes", type, "states")}?api-version={AzureDevOpsApi.Version}", cancellation);
            return [.. answer.Each("value").Select(StateOf).OfType<TypeState>()];
        }
        catch (ApiRefusedException refused) when (refused.Status == HttpStatusCode.NotFound)
        {
            return [];
        }
    }

    private static TypeState? StateOf(JsonElement state) => state.Text("name") is { } name
        ? new TypeState(name, state.Text("category") ?? "")
        : null;

    private async Task<IReadOnlySet<string>> ReadFieldsAsync(AzureProject project, string type, CancellationToken cancellation)
    {
        var answer = await api.GetAsync($"{api.WorkAddressOf(project, "workitemtypes", type, "fields")}?api-version={AzureDevOpsApi.Version}", cancellation);
        return answer.Each("value").Select(f => f.Text("referenceName")).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private async Task<LinkEnds> ReadLinkEndsAsync(string organization, CancellationToken cancellation)
    {
        var answer = await api.GetAsync($"{api.AddressOf(organization, "_apis", "wit", "workitemrelationtypes")}?api-version={AzureDevOpsApi.Version}", cancellation);
        return LinkEnds.Of(answer);
    }

    private async Task<string?> ReadProjectNameAsync(string organization, string id, CancellationToken cancellation)
    {
        try
        {
            var answer = await api.GetAsync($"{api.AddressOf(organization, "_apis", "projects", id)}?api-version={AzureDevOpsApi.Version}", cancellation);
            return answer.Text("name");
        }
        catch (ApiRefusedException)
        {
            return null;
        }
    }

    private static async Task<T> OnceAsync<T>(ConcurrentDictionary<string, Task<T>> known, string key, Func<Task<T>> ask)
    {
        var answer = known.GetOrAdd(key, _ => ask());
        try
        {
            return await answer;
        }
        catch
        {
            known.TryRemove(new KeyValuePair<string, Task<T>>(key, answer));
            throw;
        }
    }
}

/// <param name="Category"><c>Proposed</c>, <c>InProgress</c>, <c>Resolved</c>, <c>Completed</c> or <c>Removed</c>.</param>
internal sealed record TypeState(string Name, string Category)
{
    public WorkItemState? Meaning => Category switch
    {
        "Proposed" => WorkItemState.Open,
        "InProgress" or "Resolved" => WorkItemState.Started,
        "Completed" or "Removed" => WorkItemState.Closed,
        _ => null,
    };
}
