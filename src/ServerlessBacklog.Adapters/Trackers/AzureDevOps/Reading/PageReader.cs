using System.Collections.Concurrent;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;

/// <summary>
/// Pages of a project by the time of the last change. The numbers are asked for once and kept while this process goes on reading; after
/// that the mark tells from when on to ask again. An item that changes while pages are read comes (again) in a later one.
/// </summary>
internal sealed class PageReader(AzureDevOpsApi api, IdQuery query, ItemReader items, DeletedItems deleted)
{
    /// <summary>As many as <c>workitemsbatch</c> takes.</summary>
    public const int PageSize = 200;

    private readonly ConcurrentDictionary<string, Rest> rests = new(StringComparer.OrdinalIgnoreCase);

    public async Task<TrackerPage> ReadAsync(AzureProject project, TrackerPageRequest request, CancellationToken cancellation)
    {
        var mark = request.Continuation is { } text ? PageMark.Parse(text) : null;
        var (rest, asOf) = await RestAsync(project, mark, request, cancellation);
        var ids = rest.Take(PageSize).ToList();
        var raw = ids.Count == 0 ? [] : await BatchAsync(project, ids, cancellation);
        var here = raw.Where(i => IsIn(project, i)).ToList();
        var read = await items.MapAsync(project, here, cancellation);

        IReadOnlyList<int> left = [.. rest.Skip(PageSize)];
        var next = left.Count == 0 ? null : Advance(mark ?? new PageMark(request.Since, 0), here, asOf);
        if (next is null)
            rests.TryRemove(project.ToString(), out _);
        else
            rests[project.ToString()] = new Rest(next.ToString(), request.Since, new FoundIds(left, asOf));

        var found = here.Select(i => i.Int("id")).OfType<int>().ToHashSet();
        var gone = ids.Where(id => !found.Contains(id)).ToList();
        if (mark is null && request.Since is not null)
            gone.AddRange(await deleted.NewAsync(project, cancellation));
        return new TrackerPage
        {
            Items = read.Items,
            Problems = read.Problems,
            Gone = [.. gone.Distinct().Select(id => project.Item(id))],
            Next = next?.ToString(),
            Left = left.Count,
        };
    }

    /// <summary>The numbers that are still to come, from memory or asked for.</summary>
    private async Task<FoundIds> RestAsync(AzureProject project, PageMark? mark, TrackerPageRequest request, CancellationToken cancellation)
    {
        if (mark is not null && rests.TryGetValue(project.ToString(), out var kept) && kept.Mark == request.Continuation && kept.Since == request.Since)
            return kept.Ids;
        return mark?.At is { } at
            ? await query.RunAsync(project, at, mark.After, cancellation)
            : await query.RunAsync(project, request.Since, cancellation);
    }

    private async Task<IReadOnlyList<JsonElement>> BatchAsync(AzureProject project, IReadOnlyList<int> ids, CancellationToken cancellation)
    {
        // "$expand" and "fields" exclude each other. Items that went meanwhile are null in the answer, or not there.
        var question = new Dictionary<string, object> { ["ids"] = ids, ["$expand"] = "Relations", ["errorPolicy"] = "omit" };
        var address = $"{api.WorkAddressOf(project, "workitemsbatch")}?api-version={AzureDevOpsApi.Version}";
        var answer = await api.QueryAsync(address, question, cancellation);
        var byId = answer.Each("value").Where(i => i.Int("id") is not null).ToLookup(i => i.Int("id")!.Value);
        return [.. ids.Where(byId.Contains).Select(id => byId[id].First())];
    }

    /// <summary>The last item that has not changed since the numbers were asked for: one that has stands later by now.</summary>
    private static PageMark Advance(PageMark mark, IReadOnlyList<JsonElement> page, DateTimeOffset asOf)
    {
        foreach (var item in page.Reverse())
        {
            if (item.Int("id") is { } id && item.Part("fields")?.Time(Fields.ChangedDate) is { } at && at < asOf)
                return new PageMark(at, id);
        }

        return mark;
    }

    private static bool IsIn(AzureProject project, JsonElement item) =>
        item.Part("fields")?.Text(Fields.TeamProject) is not { } name || name.Equals(project.Name, StringComparison.OrdinalIgnoreCase);

    /// <param name="Mark">The continuation that it belongs to.</param>
    private sealed record Rest(string Mark, DateTimeOffset? Since, FoundIds Ids);
}
