using System.Collections.Concurrent;
using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>
/// The items most like each item, pull requests left out: searched once, read by every step that compares items.
/// Get it with <c>snapshot.Model(Neighbours.Of)</c>.
/// </summary>
public sealed class Neighbours
{
    /// <summary>Neighbours kept of one item.</summary>
    public const int Limit = 50;

    private readonly BacklogSnapshot backlog;
    private readonly ConcurrentDictionary<WorkItemRef, IReadOnlyList<SearchHit>> found = new();

    private Neighbours(BacklogSnapshot backlog) => this.backlog = backlog;

    public static Neighbours Of(BacklogSnapshot backlog) => new(backlog);

    /// <summary>At most <see cref="Limit"/> hits, best first; the item itself is never among them.</summary>
    public IReadOnlyList<SearchHit> this[WorkItemRef item] => found.GetOrAdd(item, Search);

    private IReadOnlyList<SearchHit> Search(WorkItemRef item) =>
        backlog.Index.Search(item, Limit, hit => backlog.Find(hit) is { Item.Kind: WorkItemKind.Item });
}
