using System.Collections.Concurrent;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Evaluation.Effort;

/// <summary>How large is an item?</summary>
public sealed class EffortEvaluation : IEvaluation
{
    /// <summary>Items with a size that a project needs to be measured.</summary>
    public const int FewestItems = 100;

    public string Task => "effort";

    public string Protocol =>
        "How large is an item? Per project the sized items by creation: learned from the first 80 % (or the set's own train and validation parts), the last 20 % estimated without learning on. "
        + "Intervals learn on: each is made from all sizes before it. Compared with the medians of the first 60 % and 80 %, and the median of the nearest items, their number chosen on the fifth before.";

    public EvaluationResult Run(LabelledData data, IProgress<string> progress, CancellationToken cancellation)
    {
        var projects = data.Items.Where(i => i.Item.StoryPoints is not null).GroupBy(i => i.Project).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        if (projects.Count == 0)
            throw new UserErrorException("No item of the data has a size, so no estimate can be compared. Give a set with story points.");
        if (!data.HasTitles)
            throw new UserErrorException("The data has no titles, so nothing is known of an item that is to be estimated. Give a set with titles.");
        var leftOut = projects.Where(p => p.Count() < FewestItems).ToDictionary(p => p.Key, p => $"{p.Count()} items have a size; {FewestItems} are needed.");
        var estimated = new ConcurrentDictionary<string, EstimatedProject>();
        Parallel.ForEach(projects.Where(p => !leftOut.ContainsKey(p.Key)), new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = 2 }, project =>
        {
            progress.Report(project.Key);
            estimated[project.Key] = EstimatedProject.Of(SplitItems.Of([.. project]));
        });
        var sorted = estimated.OrderBy(e => e.Key, StringComparer.Ordinal).ToList();
        return new EvaluationResult
        {
            Pooled = EffortFigures.Pooled([.. sorted.Select(s => s.Value)]),
            Projects = sorted.ToDictionary(s => s.Key, s => EffortFigures.Of(s.Value)),
            LeftOut = leftOut,
            Cases = [.. sorted.SelectMany(s => s.Value.Cases)],
        };
    }
}
