using System.Collections.Concurrent;
using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>
/// The items most like each item, searched once and read by every step that compares items, each through its own filter.
/// Get it with <see cref="SimilarItems.SimilarTo"/>.
/// </summary>
public sealed class Neighbours
{
    /// <summary>Hits kept of one item: enough for the filters of the steps, which leave out what is not sized, not assigned, or no item.</summary>
    private const int Width = 200;

    /// <summary>Items whose hits are kept at a time: all steps look at one page before the next one comes.</summary>
    private const int Kept = 1000;

    private readonly SearchIndex index;
    private readonly ConcurrentDictionary<WorkItemRef, IReadOnlyList<SearchHit>> found = new();

    private Neighbours(SearchIndex index) => this.index = index;

    public static Neighbours Of(BacklogSnapshot backlog) => new(backlog.Index);

    /// <summary>The hits that pass the filter, best first, at most <paramref name="limit"/>; the item itself is never among them.</summary>
    /// <param name="item">An indexed item.</param>
    public IReadOnlyList<SearchHit> Nearest(WorkItemRef item, int limit, Func<WorkItemRef, bool> accept)
    {
        var widest = Widest(item);
        var nearest = new List<SearchHit>(limit);
        foreach (var hit in widest)
        {
            if (nearest.Count < limit && accept(hit.Item))
                nearest.Add(hit);
        }

        return nearest.Count == limit || widest.Count < Width ? nearest : index.Search(item, limit, accept);
    }

    private IReadOnlyList<SearchHit> Widest(WorkItemRef item)
    {
        if (found.TryGetValue(item, out var known))
            return known;
        var hits = index.Search(item, Width);
        if (found.Count >= Kept)
            found.Clear();
        return found.GetOrAdd(item, hits);
    }
}
