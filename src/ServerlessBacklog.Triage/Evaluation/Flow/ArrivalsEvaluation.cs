using ServerlessBacklog.Analysis.Evaluation;
using ServerlessBacklog.Analysis.Forecasting;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Evaluation.Flow;

/// <summary>How many items do the next weeks bring?</summary>
public sealed class ArrivalsEvaluation : IEvaluation
{
    /// <summary>Whole weeks that a project needs to be measured.</summary>
    public const int FewestWeeks = 40;

    public string Task => "arrivals";

    public string Protocol =>
        $"How many items does each of the next {ArrivalsModel.Ahead} weeks bring, with bounds that shall hold in 80 % of cases? Asked every week of a project's history by the weeks before. "
        + "Compared with the same week of the last year (or the last week, where the past is shorter).";

    public EvaluationResult Run(LabelledData data, IProgress<string> progress, CancellationToken cancellation)
    {
        var arrivals = data.Items.Where(i => i.Item.CreatedAt is not null).GroupBy(i => i.Project).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        if (arrivals.Count == 0)
            throw new UserErrorException("No item of the data has a creation date, so arrivals cannot be counted. Give a set with creation dates.");
        var (projects, leftOut) = (new Dictionary<string, List<AskedWeek>>(), new Dictionary<string, string>());
        foreach (var project in arrivals)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(project.Key);
            var times = project.Select(i => i.Item.CreatedAt!.Value).Order().ToList();
            var weeks = Weeks.Count(times, times[0], times[^1]).Counts;
            if (weeks.Count < FewestWeeks)
                leftOut[project.Key] = $"{weeks.Count} whole weeks are known; {FewestWeeks} are needed.";
            else
                projects[project.Key] = Ask(weeks);
        }

        return new EvaluationResult
        {
            Pooled = Figures([.. projects.Values.SelectMany(p => p)]),
            Projects = projects.ToDictionary(p => p.Key, p => Figures(p.Value)),
            LeftOut = leftOut,
        };
    }

    private static List<AskedWeek> Ask(IReadOnlyList<int> weeks)
    {
        var asked = new List<AskedWeek>();
        for (var known = ArrivalsModel.Fewest; known < weeks.Count; known++)
        {
            var said = ArrivalsModel.Forecast([.. weeks.Take(known)]);
            for (var ahead = 0; ahead < said.Count && known + ahead < weeks.Count; ahead++)
                asked.Add(new AskedWeek(weeks[known + ahead], said[ahead]));
        }

        return asked;
    }

    private static Measured Figures(IReadOnlyList<AskedWeek> asked) => asked.Count == 0
        ? new Measured(0, new Dictionary<string, double>())
        : new Measured(asked.Count, new Dictionary<string, double>
        {
            [Figure.Mae] = asked.Average(a => Math.Abs(a.Actual - a.Said.Expected)),
            [Figure.IntervalCoverage] = asked.Average(a => a.Actual >= Math.Round(a.Said.Low) && a.Actual <= Math.Round(a.Said.High) ? 1.0 : 0),
            [Figure.IntervalLevel] = ArrivalsModel.Level,
        })
        {
            Baselines = new Dictionary<string, IReadOnlyDictionary<string, double>>
            {
                ["seasonal_naive"] = new Dictionary<string, double> { [Figure.Mae] = asked.Average(a => Math.Abs(a.Actual - a.Said.Naive)) },
            },
            GainsOver = "seasonal_naive",
            Gains = new Dictionary<string, Interval>
            {
                [Figure.Mae] = Bootstrap.OfMean([.. asked.Select(a => Math.Abs(a.Actual - a.Said.Expected) - Math.Abs(a.Actual - a.Said.Naive))]),
            },
        };

    private sealed record AskedWeek(int Actual, ExpectedWeek Said);
}
