using ServerlessBacklog.Analysis.Flow;
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
        + "when each item was created. Only closed items are asked, so late ones are biased to short times. Compared with the medians of all and of the type.";

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
