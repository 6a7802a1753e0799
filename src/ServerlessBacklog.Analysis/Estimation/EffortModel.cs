using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Analysis.Estimation;

/// <summary>
/// Estimates size from similar sized items: the median of the nearest, weighted by similarity. Whether that beats the plain median is
/// tried on the backlog's own history, and where it does not, the median is what the model answers (FEATURES F1).
/// </summary>
public sealed class EffortModel
{
    /// <summary>Sized items that a model needs.</summary>
    public const int Fewest = 20;

    /// <summary>Nominal share of items whose size lies in the interval.</summary>
    public const double Level = 0.80;

    /// <summary>Most similar items that are looked up.</summary>
    public const int MostNeighbours = 40;

    private const int LongestBackTest = 1000;

    private readonly Dictionary<WorkItemRef, SizedItem> known;
    private readonly SizeMedians medians;
    private readonly double[] scale;
    private readonly ResidualInterval interval;
    private readonly Confidence confidence;

    private EffortModel(IReadOnlyList<SizedItem> history, SizeMedians medians, EffortBackTest backTest, IReadOnlyList<(double Estimate, double Actual)> tried)
    {
        known = history.ToDictionary(h => h.Ref);
        scale = [.. history.Select(h => h.Points).Distinct().Order()];
        this.medians = medians;
        BackTest = backTest;
        interval = ResidualInterval.From(tried, Level);
        confidence = Confidence.Clamp((double)tried.Count(t => SizeScale.StepsBetween(t.Estimate, t.Actual) <= 1) / tried.Count);
    }

    public EffortBackTest BackTest { get; }

    public int Count => known.Count;

    public bool Knows(WorkItemRef item) => known.ContainsKey(item);

    /// <summary>Learns from sized items of one project, oldest first; at least <see cref="Fewest"/>.</summary>
    public static EffortModel Learn(IReadOnlyList<SizedItem> history, SearchIndex index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(history.Count, Fewest);
        var order = history.Select((h, i) => (h.Ref, i)).ToDictionary(p => p.Ref, p => p.i);
        var first = Math.Max(history.Count * 3 / 5, history.Count - LongestBackTest);
        var medians = new SizeMedians();
        foreach (var item in history.Take(first))
            medians.Add(item);
        var byMedian = new List<(double Estimate, double Actual)>();
        foreach (var item in history.Skip(first))
        {
            byMedian.Add((medians.For(item.Type), item.Points));
            medians.Add(item);
        }

        var hits = new IReadOnlyList<SearchHit>[history.Count - first];
        Parallel.For(0, hits.Length, i => hits[i] = index.Search(history[first + i].Ref, MostNeighbours, r => order.TryGetValue(r, out var at) && at < first + i));
        var byNeighbours = hits.Select((h, i) => h.Count == 0
            ? byMedian[i]
            : (Estimate: WeightedMedian.Of(h.Select(x => (history[order[x.Item]].Points, x.Score))), byMedian[i].Actual)).ToList();
        var backTest = new EffortBackTest(hits.Length, Error(byMedian), Error(byNeighbours));
        return new EffortModel(history, medians, backTest, backTest.NeighboursWin ? byNeighbours : byMedian);
    }

    /// <param name="hits">The most similar items for which <see cref="Knows"/> holds, best first, at most <see cref="MostNeighbours"/>; never the item itself.</param>
    public EffortEstimate Estimate(string? type, IReadOnlyList<SearchHit> hits)
    {
        var neighbours = BackTest.NeighboursWin
            ? hits.Select(h => new SizedNeighbour(known[h.Item], h.Score)).ToList()
            : [];
        var points = neighbours.Count > 0
            ? WeightedMedian.Of(neighbours.Select(n => (n.Item.Points, n.Similarity)))
            : medians.For(type);
        var (low, high) = interval.Around(points);
        return new EffortEstimate(points, Inward(low, points, up: true), Inward(high, points, up: false), confidence, neighbours);
    }

    /// <summary>The bound moved to the next size in use towards the estimate, which changes nothing of what it holds.</summary>
    private double Inward(double bound, double points, bool up) => up
        ? scale.FirstOrDefault(s => s >= bound && s <= points, points)
        : scale.LastOrDefault(s => s <= bound && s >= points, points);

    private static double Error(List<(double Estimate, double Actual)> tried) => tried.Average(t => Math.Abs(t.Estimate - t.Actual));
}
