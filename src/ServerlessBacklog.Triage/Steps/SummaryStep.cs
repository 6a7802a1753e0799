using ServerlessBacklog.Analysis.Clarity;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>
/// Purpose: says where a long thread stands, for whoever has to decide and has not read it. By rules it picks the sentences that say most of what the thread
/// says; a language model (<see cref="Advice.SummaryAdvice"/>) sums it up in words. It proposes no change. The score is the number of comments by people.
/// </summary>
public sealed class SummaryStep : ItemStep
{
    /// <summary>Comments by people from which a thread is long (own choice).</summary>
    public const int LongThread = 8;

    private const int MostPoints = 5;

    public override string Name => StepName.Summary;

    public override int Version => 1;

    public override StepReads Reads => StepReads.Content;

    public override Finding Examine(WorkItem item, StepContext context)
    {
        if (!item.IsOpen || item.Kind == WorkItemKind.PullRequest)
            return Finding.Nothing(Name, item.Ref, "Only threads of open work items are summed up.");
        var comments = item.History.WrittenByPeople().ToList();
        if (comments.Count < LongThread)
            return Finding.Nothing(Name, item.Ref, comments.Count == 0 ? "There is no thread." : $"The thread is short: {comments.Count} comments by people.");
        var points = KeySentences.Of([.. comments.Select(c => PlainText.Of(c.Body).Prose)], MostPoints);
        var people = comments.Select(c => c.Author).Distinct().Count();
        return new Finding
        {
            Step = Name,
            Item = item.Ref,
            Status = FindingStatus.Decided,
            Confidence = new Confidence(0.5),
            Score = comments.Count,
            Reason = $"{comments.Count} comments by {people} people, the last on {comments.Max(c => c.At):yyyy-MM-dd}; these sentences say most of it.",
            Evidence = [.. points.Select(p => new Evidence(EvidenceKind.Point, $"comment {p.Text + 1}: {p.Sentence}") { Quote = p.Sentence })],
        };
    }
}
