using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Analysis.Learning;

namespace ServerlessBacklog.Triage.Evaluation.Flow;

/// <summary>One closed item with what was said of it, in days.</summary>
internal sealed record AskedTime(double Actual, double Said, double Bound, double Low, double High, double NaiveBound, double Median, double MedianOfType);

/// <summary>The last fifth of a project's closed items.</summary>
internal sealed record TimedProject(IReadOnlyList<AskedTime> Asked)
{
    private const int FewestOfType = 10;

    /// <summary>How far one outcome moves a bound, as a logarithm.</summary>
    private const double Step = 0.2;

    /// <summary>Half a day, so that bounds of minutes can grow.</summary>
    private const double Slack = 0.5;

    /// <summary>Null where too few items were closed before the test period.</summary>
    public static TimedProject? Of(IReadOnlyList<LabelledItem> items)
    {
        var closed = items.Where(i => i.Item.ClosedAt >= i.Item.CreatedAt).OrderBy(i => i.Item.CreatedAt).ThenBy(i => i.Place).Select(Timed).ToList();
        var first = (int)(0.8 * closed.Count);
        var start = closed[first].Created;
        var before = closed.Take(first).Where(i => i.Closed <= start).ToList();
        if (before.Count < CycleTimeModel.Fewest)
            return null;
        var atStart = new CycleTimeModel(closed, start);
        var bounds = Bounds(closed, first);
        var median = Middle(before.Select(Days));
        return new TimedProject([.. closed.Skip(first).Select((item, i) =>
        {
            var ofType = before.Where(b => b.Type == item.Type).Select(Days).ToList();
            var (bound, low, high) = bounds[i];
            var past = closed.Where(c => c.Closed <= item.Created).Select(Days).Order().ToList();
            return new AskedTime(
                Days(item), atStart.Quantile(0.5, item.Type), bound, low, high,
                past[Math.Min(past.Count - 1, (int)Math.Ceiling(CycleTimeEvaluation.Level * past.Count) - 1)],
                median, ofType.Count >= FewestOfType ? Middle(ofType) : median);
        })]);
    }

    /// <summary>The bounds of the test part. Their quantiles learn from the bounds of all items before, as soon as it shows whether one held.</summary>
    private static List<(double Bound, double Low, double High)> Bounds(List<TimedItem> closed, int first)
    {
        var levels = new[] { CycleTimeEvaluation.Level, (1 - CycleTimeEvaluation.IntervalLevel) / 2, (1 + CycleTimeEvaluation.IntervalLevel) / 2 }
            .Select(l => (Share: l, Factor: new AdaptiveFactor(l, Step))).ToList();
        var pending = new List<(TimedItem Item, int Level, double Bound)>();
        var bounds = new List<(double, double, double)>();
        for (var i = Math.Min(closed.Count / 10, first); i < closed.Count; i++)
        {
            var (item, now) = (closed[i], closed[i].Created);
            foreach (var said in pending.Where(p => Shows(p.Item, p.Bound, now)))
                levels[said.Level].Factor.Learn(Days(said.Item) <= said.Bound);
            pending.RemoveAll(p => Shows(p.Item, p.Bound, now));
            var model = new CycleTimeModel(closed, now);
            var said3 = levels.Select(l => ((model.Quantile(l.Share, item.Type) + Slack) * l.Factor.Factor) - Slack).ToList();
            pending.AddRange(said3.Select((bound, level) => (item, level, bound)));
            if (i >= first)
                bounds.Add((said3[0], Math.Min(said3[1], said3[2]), said3[2]));
        }

        return bounds;
    }

    /// <summary>Closed by now, or open for longer than the bound.</summary>
    private static bool Shows(TimedItem item, double bound, DateTimeOffset now) => item.Closed <= now || (now - item.Created).TotalDays > bound;

    private static TimedItem Timed(LabelledItem item) => new(item.Item.CreatedAt!.Value, item.Item.ClosedAt, item.Item.Type);

    private static double Days(TimedItem item) => (item.Closed!.Value - item.Created).TotalDays;

    private static double Middle(IEnumerable<double> values) => Effort.EffortBaselines.Middle([.. values]);
}
