using System.Collections.Concurrent;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;

/// <summary>
/// The recycle bin of a project: queries leave deleted items out, so a lost <c>workitem.deleted</c> shows here only. What was told once in
/// this process is not told again while it stays there.
/// </summary>
internal sealed class DeletedItems(AzureDevOpsApi api)
{
    /// <summary>Those with the highest numbers count: the youngest items.</summary>
    private const int Most = 1000;

    private readonly ConcurrentDictionary<string, IReadOnlySet<int>> told = new(StringComparer.OrdinalIgnoreCase);

    public async Task<IReadOnlyList<int>> NewAsync(AzureProject project, CancellationToken cancellation)
    {
        var bin = await ReadAsync(project, cancellation);
        var before = told.GetValueOrDefault(project.ToString());
        told[project.ToString()] = bin;
        return [.. bin.Where(id => before?.Contains(id) != true).OrderDescending().Take(Most)];
    }

    /// <summary>None where the account may not look.</summary>
    private async Task<IReadOnlySet<int>> ReadAsync(AzureProject project, CancellationToken cancellation)
    {
        try
        {
            var answer = await api.GetAsync($"{api.WorkAddressOf(project, "recyclebin")}?api-version={AzureDevOpsApi.Version}", cancellation);
            return answer.Each("value").Select(i => i.Int("id")).OfType<int>().ToHashSet();
        }
        catch (ApiRefusedException)
        {
            return new HashSet<int>();
        }
    }
}
