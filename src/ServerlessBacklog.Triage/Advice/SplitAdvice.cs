using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Advice;

/// <summary>Purpose: proposes the smaller items into which a large one that lists none could be cut (FEATURES G9).</summary>
public sealed class SplitAdvice : StepAdvice<SplitAnswer>
{
    private const int LongestTitle = 120;

    public override string Step => StepName.Split;

    public override PromptFile Prompt => PromptList.Split;

    public override string What => "proposes smaller items";

    public override bool IsWorthAsking(WorkItem item, Finding finding, StepContext context) =>
        finding.Status == FindingStatus.Decided && !finding.EvidenceOf(EvidenceKind.Child).Any();

    public override IReadOnlyList<SourceText> Sources(AdviceCase about) => [.. ItemTexts.Own(about.Item), .. ItemTexts.Thread(about)];

    public override IEnumerable<string> Faults(SplitAnswer answer, AdviceCase about)
    {
        if (answer.Children.Count is 1 or > SplitStep.MostChildren)
            yield return $"there must be none or 2 to {SplitStep.MostChildren} children";
        if (answer.Children.Any(c => c.Title.Trim().Length is < 4 or > LongestTitle || c.Title.Contains('\n')))
            yield return $"a title has not 4 to {LongestTitle} characters in one line";
        if (answer.Children.GroupBy(c => c.Title.Trim(), StringComparer.OrdinalIgnoreCase).Any(g => g.Count() > 1))
            yield return "two children have the same title";
        if (answer.Children.Any(c => c.Title.Trim().Equals(about.Item.Title.Trim(), StringComparison.OrdinalIgnoreCase)))
            yield return "a child is the item itself";
        if (answer.Children.Any(c => c.Done.Trim().Length == 0 || c.Why.Trim().Length == 0))
            yield return "a child does not say how it is done, or what it is good for";
        if (answer.Children.Any(c => !Quotes.Holds(c.Quote, about.Texts)))
            yield return "a quote does not stand in the texts letter by letter";
    }

    public override Finding Fold(SplitAnswer answer, AdviceCase about) => answer.Children.Count == 0
        ? Finding.Nothing(about.Finding.Step, about.Item.Ref, $"It looks large, but a model finds one piece of work: {answer.Why.TrimEnd('.')}.")
        : SplitStep.WithChildren(about.Finding with
        {
            Reason = $"{about.Finding.Reason.TrimEnd('.')}; it can be cut {answer.Why.TrimEnd('.')}.",
            Evidence =
            [
                .. about.Finding.Evidence,
                .. answer.Children.Select(c => new Evidence(EvidenceKind.Child, $"{c.Title.Trim()} (done: {c.Done.Trim()})") { Quote = c.Quote }),
            ],
        }, about.Item, about.Context, answer.Children.Select(c => new ProposedChild(c.Title.Trim(), c.Quote, c.Done, c.Why)));
}

public sealed record SplitAnswer(IReadOnlyList<SplitChild> Children, string Why);

public sealed record SplitChild(string Title, string Why, string Done, string Quote);
