using ServerlessBacklog.Analysis.Grooming;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Comments;

/// <summary>
/// The draft of a description as our comment shows it: a difference to what is there, in which nothing goes and only lines come (FEATURES G1, Q2). Outlines by
/// rules are not shown: they say nothing that the item does not.
/// </summary>
internal static class DraftPart
{
    /// <summary>Lines of the description that are shown around the draft.</summary>
    private const int Context = 3;

    public static IReadOnlyList<string> Of(IReadOnlyCollection<Finding> findings, WorkItem item, DecisionPolicy policy)
    {
        if (policy.For(StepName.Story).Autonomy is Autonomy.Off or Autonomy.Shadow
            || findings.FirstOrDefault(f => f is { Step: StepName.Story, IsAdvised: true }) is not { } finding
            || StoryStep.DraftIn(finding) is not { Criteria.Count: >= DraftGate.LeastCriteria } draft)
            return [];
        var text = DraftText.Of(draft);
        if (WrittenText.For(item, text) is { } written && item.Blocks.GetValueOrDefault(StoryStep.Block) == written)
            return [];
        var accept = finding.Proposals.Any(p => p.Change is SetBlock && p.Confidence.Value >= policy.For(StepName.Story).AskAt) ? $"\n\n{Accept}" : "";
        return [$"**Draft** of what could follow the description:\n\n```diff\n{string.Join('\n', Diff(item.Body, text))}\n```{accept}"];
    }

    private const string Accept =
        "It is accepted by approving the decision: then it stands in a block of its own at the end of the description, and can be taken out again. Nothing else there is touched.";

    /// <summary>The end of the description, and what would come after it.</summary>
    public static IReadOnlyList<string> Diff(string body, string draft)
    {
        var kept = body.TrimEnd();
        var diff = LineDiff.Of(kept, kept.Length == 0 ? draft : $"{kept}\n\n{draft}");
        var first = diff.TakeWhile(l => l[0] != '+').Count();
        // A fence inside of the lines would end ours.
        return [.. diff.Skip(Math.Max(0, first - Context)).Select(l => l.Replace("```", "'''", StringComparison.Ordinal))];
    }
}
