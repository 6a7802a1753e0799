using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Evaluation.Duplicates;

/// <summary>Do we find the earlier report that a new one repeats, and are we right when we say so?</summary>
public sealed class DuplicatesEvaluation : IEvaluation
{
    /// <summary>The part that is asked, where it holds <see cref="FewestQueries"/> duplicates; else all of the tracker.</summary>
    private const double LastPart = 0.2;
    private const int FewestQueries = 50;

    public string Task => "duplicates";

    public string Protocol =>
        "each duplicate among the last 20 % (or all, where these are fewer than 50) ranks all earlier reports; one is right when it belongs to the same group.";

    public EvaluationResult Run(LabelledData data, IProgress<string> progress, CancellationToken cancellation)
    {
        var items = data.Test is null ? data.Items : [.. data.Items, .. data.Test];
        if (!data.HasTitles)
            throw new UserErrorException("These records have no titles: duplicates are found by their text. Give a set with title and body (docs/evaluation.md).");
        var measured = new Dictionary<string, RankedTracker>();
        var leftOut = new Dictionary<string, string>();
        foreach (var (name, given) in TrackerGroups.Of(items))
        {
            progress.Report(name);
            var ordered = given.Where(i => i.Item.Title.Length > 0).OrderBy(i => i.Item, Chronology.Order).ToList();
            var groups = new DuplicateGroups(ordered);
            var duplicates = Enumerable.Range(0, ordered.Count).Where(i => groups.EarlierByLink(i).Count > 0).ToList();
            var last = (int)(ordered.Count * (1 - LastPart));
            var start = duplicates.Count(d => d >= last) >= FewestQueries ? last : 0;
            if (duplicates.Count == 0)
                leftOut[name] = $"none of its {ordered.Count} items is marked as a duplicate of an earlier one.";
            else
                measured[name] = RankedTracker.Measure(ordered, groups, start, data.Encoder, cancellation);
        }

        if (measured.Count == 0)
            throw new UserErrorException("No item is marked as a duplicate (duplicate_of) of an earlier one in the same tracker: there is nothing to measure.");
        var all = RankedTracker.Pooled([.. measured.Values]);
        return new EvaluationResult
        {
            Pooled = all.Summary(null),
            Projects = measured.ToDictionary(m => m.Key, m => m.Value.Summary(m.Value.IsWhole ? "all" : "last 20 %")),
            LeftOut = leftOut,
            Cases = all.Verdicts,
            Notes =
            [
                "Cases are all reports of the asked part, duplicates or not: the confidence of the likeliest candidate, and whether it is one.",
                $"precision, recall: answers from a confidence of {DuplicateModel.CommentAt:0.00} on (comment level).",
                "For them two reports that are duplicates of a third are duplicates, also where the set lacks the third; the ranking counts links inside the set only.",
                "A duplicate mark is taken as known from the moment its later report came in: the sets do not say when it was made.",
            ],
        };
    }
}
