using ServerlessBacklog.Triage.Models;

namespace ServerlessBacklog.Triage.Advice;

/// <summary>What a run would ask of a model, before it does: questions, tokens, money.</summary>
public sealed class AdvicePlan
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, PlannedAdvice> rows = [];

    /// <summary>By prompt, in the order in which they came.</summary>
    public IReadOnlyList<PlannedAdvice> Rows
    {
        get
        {
            lock (gate)
                return [.. rows.Values.OrderBy(r => r.Prompt, StringComparer.Ordinal)];
        }
    }

    /// <param name="looked">Findings of the step that were made anew: as often would be asked without looking at them first.</param>
    public void Look(StepAdvice advice, int looked) => Add(advice, row => row with { Looked = row.Looked + looked });

    /// <param name="tokens">Of the prompt; 0 for a question whose answer is kept.</param>
    public void Ask(StepAdvice advice, int tokens, bool isKept) => Add(advice, row => isKept
        ? row with { Kept = row.Kept + 1 }
        : row with { Questions = row.Questions + 1, InputTokens = row.InputTokens + tokens, OutputTokens = row.OutputTokens + advice.Prompt.UsualTokens });

    private void Add(StepAdvice advice, Func<PlannedAdvice, PlannedAdvice> change)
    {
        lock (gate)
            rows[advice.Prompt.Name] = change(rows.GetValueOrDefault(advice.Prompt.Name) ?? new PlannedAdvice(advice.Prompt.Name, advice.What));
    }
}

/// <param name="Looked">Items that a step looked at anew.</param>
/// <param name="Questions">Those of them about which a model would be asked.</param>
/// <param name="Kept">Those whose answer is kept from before.</param>
/// <param name="InputTokens">About: a quarter of the characters.</param>
/// <param name="OutputTokens">About: what answers to this prompt usually have.</param>
public sealed record PlannedAdvice(string Prompt, string What, int Looked = 0, int Questions = 0, int Kept = 0, long InputTokens = 0, long OutputTokens = 0)
{
    public decimal Cost(ModelPrices prices) => prices.Of(InputTokens, 0, OutputTokens);
}
