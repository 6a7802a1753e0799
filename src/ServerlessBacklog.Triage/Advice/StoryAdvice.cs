using ServerlessBacklog.Analysis.Grooming;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Advice;

/// <summary>
/// Purpose: writes a vague item as a user story with acceptance criteria (FEATURES G1). What does not stand in the item may only be an assumption or a question;
/// a draft that does not pass <see cref="DraftGate"/> is no draft.
/// </summary>
public sealed class StoryAdvice : StepAdvice<StoryDraft>
{
    private const int MostListed = 8;

    /// <summary>Clarity below which an item gets a draft although a person could start on it (own choice).</summary>
    private const double UnclearBelow = 0.6;

    public override string Step => StepName.Story;

    public override PromptFile Prompt => PromptList.Story;

    public override string What => "drafts a user story with acceptance criteria";

    /// <summary>Items that a person could start on need no story; ones that the rules could not put into a form do.</summary>
    public override bool IsWorthAsking(WorkItem item, Finding finding, StepContext context) =>
        finding.Status == FindingStatus.Decided
        && finding.Confidence.Value < 0.5
        && context.EarlierFinding(item.Ref, StepName.Clarity) is { } clarity
        && (clarity.Proposals.Count > 0 || clarity.Score < UnclearBelow);

    public override IReadOnlyList<SourceText> Sources(AdviceCase about) => [.. ItemTexts.Own(about.Item), .. ItemTexts.Thread(about)];

    public override IEnumerable<string> Faults(StoryDraft answer, AdviceCase about)
    {
        // Nothing to go by, and said so: a good answer.
        if (answer.Want.Length == 0 && answer.Questions.Count > 0 && answer.Criteria.Count == 0)
            return [];
        return new[] { answer.Questions, answer.Assumptions, answer.Evidence }.Any(l => l.Count > MostListed)
            ? [$"a list has more than {MostListed} entries"]
            : DraftGate.Faults(answer, about.Texts, quote => Quotes.Holds(quote, about.Texts));
    }

    public override Finding Fold(StoryDraft answer, AdviceCase about) => answer.Want.Length == 0
        ? about.Finding with { Reason = $"{about.Finding.Reason} A model found nothing to write a story from." }
        : StoryStep.Of(about.Item, answer, about.Texts, "A story drafted by a model");
}
