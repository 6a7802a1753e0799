using ServerlessBacklog.Analysis.Forecasting;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Evaluation.Flow;

/// <summary>When will the next items be done, and how many by a date?</summary>
public sealed class ForecastEvaluation : IEvaluation
{
    /// <summary>Closed items that a project needs to be measured.</summary>
    public const int FewestItems = 100;

    /// <summary>Share of the answers that shall hold.</summary>
    public const double Level = 0.85;

    private const int At85 = 1;

    private const int FewestCutOffs = 20;

    private const int Items = 10;
    private const int Later = 25;
    private const int Days = DoneReplay.Days;

    public string Task => "forecast";

    public string Protocol =>
        $"When will the next {Items} items be done, and how many within {Days} days, each with a bound that shall hold in 85 % of cases? Asked every {DoneReplay.Every} days of a project's history by the closings before "
        + "(while there were enough of them, and the answer is known by the end of the data). Compared with the plain quantiles of all such waits and counts so far.";

    public EvaluationResult Run(LabelledData data, IProgress<string> progress, CancellationToken cancellation)
    {
        var closings = data.Items.Where(i => i.Item.ClosedAt is not null).GroupBy(i => i.Project).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        if (closings.Count == 0)
            throw new UserErrorException("No item of the data has a closing date, so nothing can be forecast. Give a set with closing dates.");
        var (projects, leftOut) = (new Dictionary<string, List<AskedForecast>>(), new Dictionary<string, string>());
        foreach (var project in closings)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(project.Key);
            if (project.Count() < FewestItems)
            {
                leftOut[project.Key] = $"{project.Count()} items have a closing date; {FewestItems} are needed.";
                continue;
            }

            var asked = Ask([.. project.Select(i => i.Item.ClosedAt!.Value).Order()]);
            if (asked.Count >= FewestCutOffs)
                projects[project.Key] = asked;
            else
                leftOut[project.Key] = $"Only at {asked.Count} moments there was enough before and after; {FewestCutOffs} are needed.";
        }

        return new EvaluationResult
        {
            Pooled = Figures([.. projects.Values.SelectMany(p => p)]),
            Projects = projects.ToDictionary(p => p.Key, p => Figures(p.Value)),
            LeftOut = leftOut,
        };
    }

    private static List<AskedForecast> Ask(List<DateTimeOffset> closings)
    {
        var first = closings[0].UtcDateTime.Date;
        var days = closings.Select(c => (int)(c.UtcDateTime.Date - first).TotalDays).ToList();
        var done = new int[days[^1] + 1];
        foreach (var day in days)
            done[day]++;
        var later = new DoneReplay(done, Later).Asked.ToDictionary(a => a.Cut);
        return
        [
            .. new DoneReplay(done, Items).Asked.Where(a => a.Days is not null && a.Cut + Days < done.Length).Select(a =>
            {
                var passed = days.Count(d => d < a.Cut);
                return new AskedForecast(
                    a.SaidDays.Select(said => a.Days <= said).ToList(),
                    a.SaidCounts.Select(said => a.Count >= said).ToList(),
                    a.Days!.Value,
                    a.SaidDays[At85],
                    Quantile([.. Enumerable.Range(0, passed - Items).Select(i => days[i + Items] - days[i])], Level),
                    a.Count!.Value,
                    a.Cut <= Days ? 0 : Quantile([.. Enumerable.Range(0, a.Cut - Days).Select(i => done.AsSpan(i, Days).ToArray().Sum())], 1 - Level),
                    later.TryGetValue(a.Cut, out var far) && far.Days is { } actual ? actual <= far.SaidDays[At85] / far.DateFactors[At85] * a.DateFactors[At85] : null);
            }),
        ];
    }

    private static int Quantile(List<int> values, double share)
    {
        values.Sort();
        return values[Math.Clamp((int)Math.Ceiling(share * values.Count) - 1, 0, values.Count - 1)];
    }

    private static Measured Figures(List<AskedForecast> asked) => asked.Count == 0
        ? new Measured(0, new Dictionary<string, double>())
        : new Measured(asked.Count, new Dictionary<string, double>
        {
            [Figure.Coverage] = asked.Average(a => a.HeldWhen[At85] ? 1.0 : 0),
            [Figure.Level] = Level,
            [Figure.WidthRatio] = Math.Exp(asked.Average(a => Math.Log((a.SaidDays + 1) / (a.NaiveDays + 1)))),
            [Figure.CountCoverage] = asked.Average(a => a.HeldMany[At85] ? 1.0 : 0),
            [Figure.At(Figure.Coverage, 0.5)] = asked.Average(a => a.HeldWhen[0] ? 1.0 : 0),
            [Figure.At(Figure.Coverage, 0.95)] = asked.Average(a => a.HeldWhen[2] ? 1.0 : 0),
            [Figure.LaterCoverage] = asked.Where(a => a.HeldLater is not null).Select(a => a.HeldLater!.Value ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average(),
        })
        {
            Baselines = new Dictionary<string, IReadOnlyDictionary<string, double>>
            {
                ["quantile"] = new Dictionary<string, double>
                {
                    [Figure.Coverage] = asked.Average(a => a.Days <= a.NaiveDays ? 1.0 : 0),
                    [Figure.CountCoverage] = asked.Average(a => a.Count >= a.NaiveCount ? 1.0 : 0),
                },
            },
            Note = $"coverage: the next {Items} items by the date; count_coverage: so many within {Days} days; coverage_next_{Later}: the next {Later}, corrected by what the next {Items} taught",
        };
}
