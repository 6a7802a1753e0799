using ServerlessBacklog.Analysis.Clarity;
using ServerlessBacklog.Analysis.Grooming;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Models;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>
/// Purpose: puts an item that lacks something into the house's form: a user story with criteria, what is open, and what it rests on. By rules it holds only what
/// the item says; a language model (<see cref="Advice.StoryAdvice"/>) writes the story. The item's own text is never replaced. The score is the share of the
/// form that is filled.
/// </summary>
public sealed class StoryStep : ItemStep
{
    /// <summary>Name of the block that a draft is put into.</summary>
    public const string Block = "draft";

    private const double Passing = 0.8;
    private const double Failing = 0.3;

    public override string Name => StepName.Story;

    public override int Version => 3;

    public override StepReads Reads => StepReads.Content | StepReads.Findings;

    public override int Stage => 2;

    public override Finding Examine(WorkItem item, StepContext context)
    {
        if (!item.IsOpen || item.Kind == WorkItemKind.PullRequest)
            return Finding.Nothing(Name, item.Ref, "Only open work items are put into a form.");
        if (context.EarlierFinding(item.Ref, StepName.Clarity) is not { } clarity)
            return Finding.NotYet(Name, item.Ref, "Whether the item is clear is not known yet.");
        if (clarity.Status != FindingStatus.Decided || !clarity.EvidenceOf(EvidenceKind.Missing).Any())
            return Finding.Nothing(Name, item.Ref, "Nothing is missing that a draft would show.");
        var kind = ItemKinds.Infer(item.Type, item.Labels.Select(l => l.Name), item.Title, item.Body);
        var human = item.History.WrittenByPeople().Select(c => c.Body).ToList();
        var report = ClarityExaminer.Examine(kind, item.Title, item.Body, human);
        var draft = RuleDraft.Of(report, item.Title, item.Body, []) with { Questions = [.. clarity.EvidenceOf(EvidenceKind.Question).Select(e => e.Text)] };
        // It says nothing that the item does not: nobody is asked to put that there.
        return Of(item, draft, [item.Title, item.Body, .. human], "An outline by rules") with { Proposals = [] };
    }

    /// <summary>The finding on a draft, whoever wrote it. One without a fault is proposed for the description.</summary>
    /// <param name="texts">What quotes must stand in.</param>
    public static Finding Of(WorkItem item, StoryDraft draft, IReadOnlyList<string> texts, string what)
    {
        var faults = DraftGate.Faults(draft, texts, quote => Quotes.Holds(quote, texts)).ToList();
        var filled = new[] { draft.Role.Length > 0, draft.Want.Length > 0, draft.Benefit.Length > 0, draft.Criteria.Count > 0, draft.Criteria.Count >= DraftGate.LeastCriteria };
        return new Finding
        {
            Step = StepName.Story,
            Item = item.Ref,
            Status = FindingStatus.Decided,
            Confidence = new Confidence(faults.Count == 0 ? Passing : Failing),
            Score = filled.Count(f => f) / (double)filled.Length,
            Reason = faults.Count == 0
                ? $"{what}: {draft.Criteria.Count} acceptance criteria, {draft.Questions.Count} open {(draft.Questions.Count == 1 ? "question" : "questions")}."
                : $"{what}, not a story yet: {faults[0]}.",
            Evidence = [.. Facts(draft)],
            Proposals = faults.Count == 0 && WrittenText.For(item, DraftText.Of(draft)) is { } text && item.Blocks.GetValueOrDefault(Block) != text
                ? [new Proposal(new SetBlock(Block, text), new Confidence(Passing))]
                : [],
        };
    }

    /// <summary>The draft that a finding of this step holds; null when it holds none.</summary>
    public static StoryDraft? DraftIn(Finding finding)
    {
        var parts = finding.EvidenceOf(EvidenceKind.Story).Select(e => e.Text.Split(": ", 2)).Where(p => p.Length == 2).ToLookup(p => p[0], p => p[1]);
        return finding.Status != FindingStatus.Decided || !parts.Contains("want") ? null : new StoryDraft(
            parts["role"].FirstOrDefault() ?? "",
            parts["want"].First(),
            parts["benefit"].FirstOrDefault() ?? "",
            [.. finding.EvidenceOf(EvidenceKind.Criterion).Select(e => CriterionIn(e.Text)).OfType<Criterion>()],
            [.. finding.EvidenceOf(EvidenceKind.Question).Select(e => e.Text)],
            [.. finding.EvidenceOf(EvidenceKind.Assumption).Select(e => e.Text)],
            [.. finding.EvidenceOf(EvidenceKind.Quoted).Select(e => e.Text)]);
    }

    private static IEnumerable<Evidence> Facts(StoryDraft draft) =>
    [
        .. new[] { ("role", draft.Role), ("want", draft.Want), ("benefit", draft.Benefit) }.Where(p => p.Item2.Length > 0).Select(p => new Evidence(EvidenceKind.Story, $"{p.Item1}: {p.Item2}")),
        .. draft.Criteria.Select(c => new Evidence(EvidenceKind.Criterion, c.ToString())),
        .. draft.Questions.Select(q => new Evidence(EvidenceKind.Question, q)),
        .. draft.Assumptions.Select(a => new Evidence(EvidenceKind.Assumption, a)),
        .. draft.Evidence.Select(e => new Evidence(EvidenceKind.Quoted, e) { Quote = e }),
    ];

    private static Criterion? CriterionIn(string text)
    {
        var (when, then) = (text.IndexOf(", when ", StringComparison.Ordinal), text.LastIndexOf(", then ", StringComparison.Ordinal));
        return text.StartsWith("Given ", StringComparison.Ordinal) && when > 0 && then > when
            ? new Criterion(text[6..when], text[(when + 7)..then], text[(then + 7)..])
            : null;
    }
}
