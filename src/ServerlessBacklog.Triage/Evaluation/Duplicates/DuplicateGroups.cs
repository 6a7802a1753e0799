using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Evaluation.Duplicates;

/// <summary>
/// Groups of items that people called duplicates of each other: everything that duplicate links join, whatever their direction. Two that are duplicates of
/// a third that the set lacks are duplicates too; the published protocol of ranking does not know that (<see cref="EarlierByLink"/>).
/// </summary>
public sealed class DuplicateGroups
{
    private readonly Joined linked;
    private readonly Joined all;

    /// <param name="items">Of one tracker; members are named by their place here.</param>
    public DuplicateGroups(IReadOnlyList<LabelledItem> items)
    {
        var places = new Dictionary<string, int>();
        for (var i = 0; i < items.Count; i++)
            places.TryAdd(items[i].Item.Ref.Number, i);
        var links = items.SelectMany((item, i) => item.Item.Linked(LinkKind.DuplicateOf).Select(t => (From: i, Target: t.Number))).ToList();
        var present = links.Where(l => places.ContainsKey(l.Target)).Select(l => (l.From, To: places[l.Target])).ToList();
        var absent = links.Where(l => !places.ContainsKey(l.Target)).GroupBy(l => l.Target).SelectMany(g => g.Skip(1).Select(l => (l.From, To: g.First().From)));
        linked = new Joined(items.Count, present);
        all = new Joined(items.Count, [.. present, .. absent]);
    }

    /// <summary>Members of the item's group that stand before it.</summary>
    public IReadOnlyList<int> Earlier(int item) => all.Earlier(item);

    /// <summary>The same of the groups that links among the items of the set make: what a ranking is measured by.</summary>
    public IReadOnlyList<int> EarlierByLink(int item) => linked.Earlier(item);

    private sealed class Joined
    {
        private readonly int[] root;
        private readonly Dictionary<int, List<int>> members;

        public Joined(int count, IReadOnlyList<(int From, int To)> pairs)
        {
            root = [.. Enumerable.Range(0, count)];
            foreach (var (from, to) in pairs)
                root[Root(from)] = Root(to);
            members = Enumerable.Range(0, count).GroupBy(Root).ToDictionary(g => g.Key, g => g.ToList());
        }

        public IReadOnlyList<int> Earlier(int item) => [.. members[Root(item)].TakeWhile(m => m < item)];

        private int Root(int item)
        {
            while (root[item] != item)
                item = root[item] = root[root[item]];
            return item;
        }
    }
}
