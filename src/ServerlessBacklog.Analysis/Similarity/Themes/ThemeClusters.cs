using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Similarity.Themes;

/// <summary>
/// Groups items that ask for the same kind of thing. Average linkage over the nearest neighbours of each item (Sokal and Michener 1958): two groups become one
/// while their members resemble each other well on average, so that a single item between two groups joins neither to the other. The same input gives the
/// same groups, in whatever order it comes.
/// </summary>
public static class ThemeClusters
{
    /// <summary>Neighbours of an item that count.</summary>
    public const int Neighbours = 24;

    /// <summary>Resemblance below which two items have nothing to do with each other.</summary>
    private const double LeastEdge = 0.1;

    /// <summary>Items of a group from which it is a theme.</summary>
    public const int Fewest = 3;

    /// <param name="near">The nearest of the other items with their resemblance, 0 … 1; asked once of each item, from several threads.</param>
    /// <param name="joinAt">Mean resemblance from which two groups are one, 0 … 1.</param>
    /// <returns>Groups of <see cref="Fewest"/> items or more, the largest first; members most central first.</returns>
    public static IReadOnlyList<ThemeCluster> Of(IReadOnlyCollection<WorkItemRef> items, Func<WorkItemRef, IReadOnlyList<SearchHit>> near, double joinAt)
    {
        var sorted = items.Distinct().OrderBy(i => i.ToKey(), StringComparer.Ordinal).ToArray();
        var place = sorted.Select((item, at) => (item, at)).ToDictionary(p => p.item, p => p.at);
        var hits = new IReadOnlyList<SearchHit>[sorted.Length];
        Parallel.For(0, sorted.Length, i => hits[i] = near(sorted[i]));
        var edges = new Dictionary<int, double>[sorted.Length];
        for (var i = 0; i < sorted.Length; i++)
            edges[i] = [];
        for (var i = 0; i < sorted.Length; i++)
        {
            foreach (var hit in hits[i].Where(h => h.Score >= LeastEdge))
            {
                if (place.TryGetValue(hit.Item, out var other) && other != i)
                    edges[i][other] = edges[other][i] = Math.Max(edges[i].GetValueOrDefault(other), hit.Score);
            }
        }

        var groups = Join([.. edges.Select(e => new Dictionary<int, double>(e))], joinAt);
        return [.. groups.Where(g => g.Count >= Fewest)
            .Select(g => Cluster(g, edges, sorted))
            .OrderByDescending(c => c.Members.Count).ThenBy(c => c.Members[0].ToKey(), StringComparer.Ordinal)];
    }

    /// <summary>Joins the two most alike groups again and again. A pair that has changed since it was queued is queued anew.</summary>
    private static IEnumerable<List<int>> Join(Dictionary<int, double>[] sums, double joinAt)
    {
        var members = sums.Select((_, i) => (List<int>?)[i]).ToArray();
        var queue = new PriorityQueue<(int A, int B, int SizeA, int SizeB), (double, int, int)>();
        for (var a = 0; a < sums.Length; a++)
            Queue(a, above: a);
        while (queue.TryDequeue(out var pair, out _))
        {
            var (a, b) = (pair.A, pair.B);
            if (members[a] is not { } left || members[b] is not { } right || left.Count != pair.SizeA || right.Count != pair.SizeB)
                continue;
            left.AddRange(right);
            members[b] = null;
            sums[a].Remove(b);
            foreach (var (other, sum) in sums[b].Where(s => s.Key != a))
            {
                sums[other].Remove(b);
                sums[a][other] = sums[other][a] = sums[a].GetValueOrDefault(other) + sum;
            }

            sums[b].Clear();
            Queue(a, above: -1);
        }

        return members.OfType<List<int>>();

        void Queue(int a, int above)
        {
            foreach (var (b, sum) in sums[a])
            {
                var (low, high) = a < b ? (a, b) : (b, a);
                if (b > above && Mean(sum, members[low]!.Count, members[high]!.Count) is var mean && mean >= joinAt)
                    queue.Enqueue((low, high, members[low]!.Count, members[high]!.Count), (-mean, low, high));
            }
        }
    }

    /// <summary>Of an item no more neighbours are known than are looked for: pairs beyond those do not count against it.</summary>
    private static double Mean(double sum, int left, int right) => sum / Math.Min((double)left * right, Neighbours / 2.0 * Math.Min(left, right));

    private static ThemeCluster Cluster(List<int> group, Dictionary<int, double>[] edges, WorkItemRef[] items)
    {
        var inside = group.ToHashSet();
        var ranked = group.Select(i => (Item: i, Weight: edges[i].Where(e => inside.Contains(e.Key)).Sum(e => e.Value)))
            .OrderByDescending(m => Math.Round(m.Weight, 9)).ThenBy(m => m.Item).ToList();
        return new ThemeCluster([.. ranked.Select(m => items[m.Item])], Math.Round(ranked.Sum(m => m.Weight) / Math.Max(1, group.Count * Math.Min(group.Count - 1, Neighbours)), 4));
    }
}

/// <param name="Members">Most central first.</param>
/// <param name="Cohesion">How much the members resemble each other: 0 … 1.</param>
public sealed record ThemeCluster(IReadOnlyList<WorkItemRef> Members, double Cohesion);
