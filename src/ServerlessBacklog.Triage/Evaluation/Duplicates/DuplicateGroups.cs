using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Evaluation.Duplicates;

/// <summary>Groups of items that people called duplicates of each other: everything that duplicate links join, whatever their direction.</summary>
public sealed class DuplicateGroups
{
    private readonly int[] root;
    private readonly Dictionary<int, List<int>> members;

    /// <param name="items">Of one tracker; members are named by their place here. Links to items that are not among them are left out.</param>
    public DuplicateGroups(IReadOnlyList<LabelledItem> items)
    {
        root = [.. Enumerable.Range(0, items.Count)];
        var places = new Dictionary<string, int>();
        for (var i = 0; i < items.Count; i++)
            places.TryAdd(items[i].Item.Ref.Number, i);
        for (var i = 0; i < items.Count; i++)
        {
            foreach (var target in items[i].Item.Linked(LinkKind.DuplicateOf))
            {
                if (places.TryGetValue(target.Number, out var other))
                    root[Root(i)] = Root(other);
            }
        }

        members = Enumerable.Range(0, items.Count).GroupBy(Root).ToDictionary(g => g.Key, g => g.ToList());
    }

    /// <summary>Members of the item's group that stand before it.</summary>
    public IReadOnlyList<int> Earlier(int item) => [.. members[Root(item)].TakeWhile(m => m < item)];

    private int Root(int item)
    {
        while (root[item] != item)
            item = root[item] = root[root[item]];
        return item;
    }
}
