using ServerlessBacklog.Analysis.Evaluation;
using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Analysis.Learning;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Evaluation.Flow;

/// <summary>How long does an item take?</summary>
public sealed class CycleTimeEvaluation : IEvaluation
{
    /// <summary>Closed items that a project needs to be measured.</summary>
    public const int FewestItems = 200;

    /// <summary>Share of the items that the upper bound shall hold.</summary>
    public const double Level = 0.85;

    /// <summary>Share that the interval between two bounds shall hold.</summary>
    public const double IntervalLevel = 0.80;

    public string Task => "cycle-time";

    public string Protocol =>
        "How long from creation to closing? Per project the closed items by creation, the last 20 % asked; points by what was known when the test period began, bounds by what was known "
        + "when each item was created (items still open then count with their age). Only closed items are asked, so late ones are biased to short times. Compared with the medians of all and of the type.";

    public EvaluationResult Run(LabelledData data, IProgress<string> progress, CancellationToken cancellation)
    {
        var timed = data.Items.Where(i => i.Item.ClosedAt >= i.Item.CreatedAt).GroupBy(i => i.Project).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        if (timed.Count == 0)
            throw new UserErrorException("No item of the data has both a creation and a closing date, so no time can be measured. Give a set with both.");
        var (projects, leftOut) = (new Dictionary<string, TimedProject>(), new Dictionary<string, string>());
        var all = data.Items.Where(i => i.Item.CreatedAt is not null).ToLookup(i => i.Project);
        foreach (var project in timed)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(project.Key);
            if (project.Count() < FewestItems)
                leftOut[project.Key] = $"{project.Count()} items have both dates; {FewestItems} are needed.";
            else if (TimedProject.Of([.. all[project.Key]]) is { } measured)
                projects[project.Key] = measured;
            else
                leftOut[project.Key] = $"Fewer than {CycleTimeModel.Fewest} items were closed before the test period (imported or closed in bulk).";
        }

        return new EvaluationResult
        {
            Pooled = TimedFigures.Of([.. projects.Values.SelectMany(p => p.Asked)]),
            Projects = projects.ToDictionary(p => p.Key, p => TimedFigures.Of(p.Value.Asked)),
            LeftOut = leftOut,
        };
    }
}

/// <summary>One closed item with what was said of it, in days.</summary>
internal sealed record AskedTime(double Actual, double Said, double Bound, double Low, double High, double NaiveBound, double Median, double MedianOfType);

/// <summary>The last fifth of a project's closed items.</summary>
internal sealed record TimedProject(IReadOnlyList<AskedTime> Asked)
{
    private const int FewestOfType = 10;

    /// <summary>Null where too few items were closed before the test period.</summary>
    public static TimedProject? Of(IReadOnlyList<LabelledItem> items)
    {
        // An item of which the set does not say whether it is closed is neither: it may have been closed long ago.
        var closed = items.Where(i => i.Item.ClosedAt >= i.Item.CreatedAt).OrderBy(i => i.Item.CreatedAt).ThenBy(i => i.Place).Select(Timed).ToList();
        var known = closed.Concat(items.Where(i => i.Item is { ClosedAt: null, IsOpen: true, TrackerState: not null }).Select(Timed)).ToList();
        var first = (int)(0.8 * closed.Count);
        var start = closed[first].Created;
        var before = closed.Take(first).Where(i => i.Closed <= start).ToList();
        if (before.Count < CycleTimeModel.Fewest)
            return null;
        var atStart = new CycleTimeModel(known, start);
        var bounds = Bounds(closed, known, first);
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
    private static List<(double Bound, double Low, double High)> Bounds(List<TimedItem> closed, List<TimedItem> known, int first)
    {
        var levels = new[] { CycleTimeEvaluation.Level, (1 - CycleTimeEvaluation.IntervalLevel) / 2, (1 + CycleTimeEvaluation.IntervalLevel) / 2 }
            .Select(l => new AdaptiveLevel(l)).ToList();
        var pending = new List<(TimedItem Item, int Level, double Bound)>();
        var bounds = new List<(double, double, double)>();
        for (var i = Math.Min(closed.Count / 10, first); i < closed.Count; i++)
        {
            var (item, now) = (closed[i], closed[i].Created);
            foreach (var said in pending.Where(p => Shows(p.Item, p.Bound, now)))
                levels[said.Level].Learn(Days(said.Item) <= said.Bound);
            pending.RemoveAll(p => Shows(p.Item, p.Bound, now));
            var model = new CycleTimeModel(known, now);
            var said3 = levels.Select(l => model.Quantile(l.Quantile, item.Type)).ToList();
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

/// <summary>Errors of points, and what bounds hold.</summary>
internal static class TimedFigures
{
    /// <summary>Half a day of slack, so that items of minutes do not decide.</summary>
    private const double Slack = 0.5;

    public static Measured Of(IReadOnlyList<AskedTime> asked) => asked.Count == 0
        ? new Measured(0, new Dictionary<string, double>())
        : new Measured(asked.Count, new Dictionary<string, double>
        {
            [Figure.MedianError] = Error(asked, a => a.Said),
            [Figure.Within2x] = Within(asked, a => a.Said),
            [Figure.Coverage] = asked.Average(a => a.Actual <= a.Bound ? 1.0 : 0),
            [Figure.Level] = CycleTimeEvaluation.Level,
            [Figure.WidthRatio] = asked.Average(a => a.Bound) / asked.Average(a => a.NaiveBound),
            [Figure.IntervalCoverage] = asked.Average(a => a.Actual >= a.Low && a.Actual <= a.High ? 1.0 : 0),
            [Figure.IntervalLevel] = CycleTimeEvaluation.IntervalLevel,
        })
        {
            Intervals = new Dictionary<string, Interval> { [Figure.Within2x] = Bootstrap.OfMean([.. asked.Select(a => Near(a.Actual, a.Said))]) },
            Baselines = new Dictionary<string, IReadOnlyDictionary<string, double>>
            {
                ["median"] = Simple(asked, a => a.Median),
                ["median_by_type"] = Simple(asked, a => a.MedianOfType),
                ["quantile"] = new Dictionary<string, double> { [Figure.Coverage] = asked.Average(a => a.Actual <= a.NaiveBound ? 1.0 : 0) },
            },
            GainsOver = "median",
            Gains = new Dictionary<string, Interval>
            {
                [Figure.Within2x] = Bootstrap.OfMean([.. asked.Select(a => Near(a.Actual, a.Said) - Near(a.Actual, a.Median))]),
            },
            Note = "last 20 % of the closed items; times in days",
        };

    private static Dictionary<string, double> Simple(IReadOnlyList<AskedTime> asked, Func<AskedTime, double> said) =>
        new() { [Figure.MedianError] = Error(asked, said), [Figure.Within2x] = Within(asked, said) };

    private static double Error(IReadOnlyList<AskedTime> asked, Func<AskedTime, double> said) =>
        Effort.EffortBaselines.Middle([.. asked.Select(a => Math.Abs(said(a) - a.Actual))]);

    private static double Within(IReadOnlyList<AskedTime> asked, Func<AskedTime, double> said) => asked.Average(a => Near(a.Actual, said(a)));

    private static double Near(double actual, double said) => (said + Slack) / (actual + Slack) is >= 0.5 and <= 2 ? 1 : 0;
}
