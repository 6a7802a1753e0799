using ServerlessBacklog.Analysis.Dependencies;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Priorities;

/// <summary>
/// All open items, what to do first first: by score; of equal scores a blocker before what it holds up, then the older, then by ref.
/// The same input gives the same order.
/// </summary>
public sealed class Ranking
{
    private readonly Dictionary<WorkItemRef, int> ranks = [];

    private Ranking(IReadOnlyList<PriorityScore> items)
    {
        Items = items;
        for (var i = 0; i < items.Count; i++)
            ranks[items[i].Item.Ref] = i + 1;
    }

    public IReadOnlyList<PriorityScore> Items { get; }

    /// <summary>1 for the first; null for an item that is not open or not in the snapshot.</summary>
    public int? RankOf(WorkItemRef item) => ranks.TryGetValue(item, out var rank) ? rank : null;

    /// <summary>Scores count to nine decimals, so that the noise of arithmetic orders nothing.</summary>
    internal static Ranking Of(IEnumerable<PriorityScore> scores) => new(
    [
        .. scores
            .OrderByDescending(s => Math.Round(s.Value, 9))
            .ThenByDescending(s => s.Inherited.Steps)
            .ThenBy(s => s.Item.CreatedAt ?? DateTimeOffset.MaxValue)
            .ThenBy(s => s.Item.Ref, RefOrder.Instance),
    ]);
}
