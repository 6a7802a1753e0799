using ServerlessBacklog.Analysis.Estimation;
using ServerlessBacklog.Analysis.Evaluation;

namespace ServerlessBacklog.Triage.Evaluation.Effort;

/// <summary>Errors over that of the training median, and what the intervals hold.</summary>
internal static class EffortFigures
{
    private static readonly string[] Rules = [EffortBaselines.Median, EffortBaselines.MedianOfAll, EffortBaselines.Nearest];

    public static Measured Of(EstimatedProject project) => new(project.Actual.Count, new Dictionary<string, double>
    {
        [Figure.Mae] = Mae(project, project.Ours),
        [Figure.MaeRatioToMedian] = Ratio(project, project.Ours),
        [Figure.MaeRatioRunning] = Running(project),
        [Figure.Coverage] = Covered(project).Average(c => c ? 1.0 : 0),
        [Figure.Level] = EffortModel.Level,
        [Figure.WidthRatio] = Width(project),
    })
    {
        Baselines = Rules.ToDictionary(r => r, r => (IReadOnlyDictionary<string, double>)new Dictionary<string, double>
        {
            [Figure.Mae] = Mae(project, project.Baselines[r]),
            [Figure.MaeRatioToMedian] = Ratio(project, project.Baselines[r]),
        }),
        Note = $"last 20 %; {project.Note}",
    };

    /// <summary>Ratios are geometric means over projects; coverage is over all items alike.</summary>
    public static Measured Pooled(IReadOnlyList<EstimatedProject> projects)
    {
        if (projects.Count == 0)
            return new Measured(0, new Dictionary<string, double>());
        var logs = projects.Select(p => Math.Log(Ratio(p, p.Ours))).ToList();
        var best = Rules.MinBy(r => Geometric(projects, p => Ratio(p, p.Baselines[r])))!;
        var gains = projects.Select((p, i) => logs[i] - Math.Log(Ratio(p, p.Baselines[best]))).Where(double.IsFinite).ToList();
        var interval = Bootstrap.OfMean([.. logs.Where(double.IsFinite)]);
        return new Measured(projects.Sum(p => p.Actual.Count), new Dictionary<string, double>
        {
            [Figure.MaeRatioToMedian] = Geometric(projects, p => Ratio(p, p.Ours)),
            [Figure.MaeRatioRunning] = Geometric(projects, Running),
            [Figure.Coverage] = projects.SelectMany(Covered).Average(c => c ? 1.0 : 0),
            [Figure.Level] = EffortModel.Level,
            [Figure.WidthRatio] = Geometric(projects, Width),
        })
        {
            Intervals = new Dictionary<string, Interval> { [Figure.MaeRatioToMedian] = new(Math.Exp(interval.Low), Math.Exp(interval.High)) },
            Baselines = Rules.ToDictionary(r => r, r => (IReadOnlyDictionary<string, double>)new Dictionary<string, double>
            {
                [Figure.MaeRatioToMedian] = Geometric(projects, p => Ratio(p, p.Baselines[r])),
            }),
            GainsOver = best,
            Gains = new Dictionary<string, Interval> { [Figure.MaeRatioToMedian] = Bootstrap.OfMean(gains) },
            Note = "Gains are differences of logarithms over projects; below 0 is better.",
        };
    }

    /// <summary>Of those above zero: a ratio of nothing has no logarithm.</summary>
    private static double Geometric(IEnumerable<EstimatedProject> projects, Func<EstimatedProject, double> ratio)
    {
        var logs = projects.Select(p => Math.Log(ratio(p))).Where(double.IsFinite).ToList();
        return logs.Count == 0 ? double.NaN : Math.Exp(logs.Average());
    }

    private static double Ratio(EstimatedProject project, IReadOnlyList<double> estimates) =>
        Mae(project, estimates) is var ours && Mae(project, project.Baselines[EffortBaselines.Median]) is var theirs && theirs > 0 ? ours / theirs : double.NaN;

    private static double Running(EstimatedProject project) => Ratio(project, [.. project.Running.Select(r => r.Points)]);

    private static double Mae(EstimatedProject project, IReadOnlyList<double> estimates) =>
        project.Actual.Zip(estimates, (actual, estimate) => Math.Abs(actual - estimate)).Average();

    private static IEnumerable<bool> Covered(EstimatedProject project) =>
        project.Actual.Zip(project.Running, (actual, said) => actual >= said.Low && actual <= said.High);

    private static double Width(EstimatedProject project) =>
        project.Running.Average(r => r.High - r.Low) / (project.Naive.High - project.Naive.Low);
}
