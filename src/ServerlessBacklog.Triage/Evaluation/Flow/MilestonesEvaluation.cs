using ServerlessBacklog.Analysis.Forecasting;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Evaluation.Flow;

/// <summary>When will the next items of a milestone be done, at its own pace?</summary>
public sealed class MilestonesEvaluation : IEvaluation
{
    private const int Items = 5;
    private const int At85 = 1;

    public string Task => "milestones";

    public string Protocol =>
        $"When will the next {Items} items of a milestone be done, by its own pace and what forecasts of the whole project taught, with a date that shall hold in 85 % of cases? Asked every "
        + $"{DoneReplay.Every} days while ten of its items were closed within half a year. Items count to the milestone that they had in the end.";

    public EvaluationResult Run(LabelledData data, IProgress<string> progress, CancellationToken cancellation)
    {
        var closed = data.Items.Where(i => i.Item.ClosedAt is not null).GroupBy(i => i.Project).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        if (!data.Items.Any(i => i.Item is { ClosedAt: not null, Milestone: not null }))
            throw new UserErrorException("No item of the data has both a milestone and a closing date. Give a set with both.");
        var (projects, leftOut) = (new Dictionary<string, Measured>(), new Dictionary<string, string>());
        var all = new List<bool>();
        foreach (var project in closed)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(project.Key);
            var held = Ask([.. project]);
            all.AddRange(held);
            if (held.Count > 0)
                projects[project.Key] = Figures(held);
            else
                leftOut[project.Key] = "No milestone has enough closings.";
        }

        return new EvaluationResult { Pooled = Figures(all), Projects = projects, LeftOut = leftOut };
    }

    private static List<bool> Ask(List<LabelledItem> closed)
    {
        var first = closed.Min(i => i.Item.ClosedAt!.Value).UtcDateTime.Date;
        var last = (int)(closed.Max(i => i.Item.ClosedAt!.Value).UtcDateTime.Date - first).TotalDays;
        var whole = new DoneReplay(Days(closed), 2 * Items).Asked.ToDictionary(a => a.Cut);
        return
        [
            .. closed.Where(i => i.Item.Milestone is not null).GroupBy(i => i.Item.Milestone!, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 2 * Items)
                .SelectMany(g => new DoneReplay(Days(g), Items).Asked)
                .Where(a => a.Days is not null && whole.ContainsKey(a.Cut))
                .Select(a => a.Days <= a.SaidDays[At85] / a.DateFactors[At85] * whole[a.Cut].DateFactors[At85]),
        ];

        int[] Days(IEnumerable<LabelledItem> items)
        {
            var done = new int[last + 1];
            foreach (var item in items)
                done[(int)(item.Item.ClosedAt!.Value.UtcDateTime.Date - first).TotalDays]++;
            return done;
        }
    }

    private static Measured Figures(List<bool> held) => held.Count == 0
        ? new Measured(0, new Dictionary<string, double>())
        : new Measured(held.Count, new Dictionary<string, double> { [Figure.Coverage] = held.Average(h => h ? 1.0 : 0), [Figure.Level] = ForecastEvaluation.Level });
}
