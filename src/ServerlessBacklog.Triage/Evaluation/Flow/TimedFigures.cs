using ServerlessBacklog.Analysis.Evaluation;

namespace ServerlessBacklog.Triage.Evaluation.Flow;

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
            [Figure.WidthRatio] = Math.Exp(asked.Average(a => Math.Log((a.Bound + Slack) / (a.NaiveBound + Slack)))),
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
