using ServerlessBacklog.Analysis.Scoring;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Priorities;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Advice;

/// <summary>
/// Purpose: reads from the text what an item says about its own weight, as bounded inputs of the formula (FEATURES P2). The formula is code and moves by at most
/// <see cref="FactInputs.MostAdvised"/> an input; with no model it ranks all the same.
/// </summary>
public sealed class PriorityInputsAdvice : StepAdvice<PriorityInputs>
{
    /// <summary>Above this share of known facts nobody is asked: the tracker says enough.</summary>
    private const double KnownEnough = 0.6;

    /// <summary>Part of the order, from its top, in which a place matters: what is further down stays there, for an input moves little.</summary>
    private const double Top = 0.2;

    private const int LeastTop = 20;

    /// <summary>Shorter descriptions say nothing that the title does not.</summary>
    private const int LeastText = 120;

    public override string Step => StepName.Priority;

    public override PromptFile Prompt => PromptList.PriorityInputs;

    public override string What => "reads weight and urgency from the text";

    public override bool IsWorthAsking(WorkItem item, Finding finding, StepContext context) =>
        finding.Status == FindingStatus.Decided
        && finding.Confidence.Value < KnownEnough
        && finding.Proposals.Count > 0
        && item.Body.Length >= LeastText
        && PriorityModel.Of(context).Ranking is var order
        && (order.RankOf(item.Ref) ?? 0) <= Math.Max(LeastTop, Top * order.Items.Count);

    public override IReadOnlyList<SourceText> Sources(AdviceCase about) => [.. ItemTexts.Own(about.Item), .. ItemTexts.Thread(about)];

    public override IEnumerable<string> Faults(PriorityInputs answer, AdviceCase about)
    {
        if (answer.Inputs.Any(i => !(i.Amount is >= 0 and <= 10)))
            yield return "an amount is not from 0 to 10";
        if (answer.Inputs.GroupBy(i => i.Input).Any(g => g.Count() > 1))
            yield return "an input is given twice";
        if (answer.Inputs.Any(i => i.Why.Length is 0 or > 200))
            yield return "a reason is missing or longer than 200 characters";
        if (answer.Inputs.Any(i => !Quotes.Holds(i.Quote, about.Texts)))
            yield return "a quote does not stand in the texts letter by letter";
    }

    public override Finding Fold(PriorityInputs answer, AdviceCase about)
    {
        if (answer.Inputs.Count == 0)
            return about.Finding;
        var advised = PriorityStep.Advised(about.Item, about.Context, [.. answer.Inputs.Select(i => new AdvisedInput(i.Input, i.Amount, $"the text says so: {i.Why.TrimEnd('.')}"))]);
        return advised with
        {
            Evidence = [.. advised.Evidence, .. answer.Inputs.Select(i => new Evidence(EvidenceKind.Quoted, $"{i.Input.ToString().ToLowerInvariant()}: {i.Why}") { Quote = i.Quote })],
        };
    }
}

public sealed record PriorityInputs(IReadOnlyList<PriorityInput> Inputs);

/// <param name="Amount">0…10.</param>
public sealed record PriorityInput(AdvisedKind Input, double Amount, string Why, string Quote);
