using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Advice;

/// <summary>
/// Takes the findings of a step to a model where that is worth it. Whatever goes wrong there, the finding of the step stands, says that no model had a part in
/// it, and why.
/// </summary>
public sealed class Advisor(ModelSetup setup, ModelDesk desk, IBacklogStore store, PromptProofs proofs, IReadOnlyList<StepAdvice> advice)
{
    public IReadOnlyList<StepAdvice> All => advice;

    /// <summary>
    /// Names everything but the item that advice to a step depends on; empty when there is none. A finding made with another model or prompt is out of date.
    /// </summary>
    public string Version(string backlog, string step, TriageSettings settings)
    {
        var parts = desk.MayAsk(backlog) ? advice.Where(a => a.Step == step).Select(a => $"{a.Prompt.Hash} {a.Version} {settings.Pack.About(a.Prompt.Name)}").ToList() : [];
        return parts.Count == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{setup.ChatModel} {string.Join(' ', parts)}")).AsSpan(0, 8));
    }

    public async Task<IReadOnlyList<Finding>> AdviseAsync(
        string step, IReadOnlyList<WorkItem> items, IReadOnlyList<Finding> findings, StepContext context, CancellationToken cancellation)
    {
        var fitting = advice.Where(a => a.Step == step).ToList();
        var byItem = items.ToDictionary(i => i.Ref);
        if (context.Plan is { } plan)
        {
            foreach (var one in fitting)
                await PlanAsync(plan, one, byItem, findings, context, cancellation);
            return findings;
        }

        // Most pages leave nothing open: then nothing is read either.
        if (!desk.MayAsk(context.BacklogName) || !findings.Any(f => fitting.Any(a => a.IsWorthAsking(byItem[f.Item], f, context))))
            return findings;
        var proven = await proofs.LoadAsync(cancellation);
        var advised = findings.ToArray();
        await Parallel.ForAsync(
            0,
            advised.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, setup.AtOnce), CancellationToken = cancellation },
            async (i, stop) =>
            {
                foreach (var one in fitting)
                {
                    if (one.IsWorthAsking(byItem[advised[i].Item], advised[i], context))
                        advised[i] = await AskAsync(one, byItem[advised[i].Item], advised[i], context, proven, stop);
                }
            });
        return advised;
    }

    private async Task PlanAsync(
        AdvicePlan plan, StepAdvice advice, Dictionary<WorkItemRef, WorkItem> items, IReadOnlyList<Finding> findings, StepContext context, CancellationToken cancellation)
    {
        plan.Look(advice, findings.Count);
        foreach (var finding in findings.Where(f => advice.IsWorthAsking(items[f.Item], f, context)))
        {
            var about = await AboutAsync(advice, items[finding.Item], finding, context, cancellation);
            var text = desk.Compose(advice.Prompt, context.Settings.Pack.About(advice.Prompt.Name), advice.Sources(about), about.People());
            plan.Ask(advice, text.Tokens, await desk.KnowsAsync(context.BacklogName, advice.Prompt, text, cancellation));
        }
    }

    private async Task<AdviceCase> AboutAsync(StepAdvice advice, WorkItem item, Finding finding, StepContext context, CancellationToken cancellation)
    {
        var others = advice.Others(item, finding, context) is { Count: > 0 } wanted ? await store.FindItemsAsync(context.BacklogName, wanted, cancellation) : [];
        return new AdviceCase(item, finding, context, others);
    }

    private async Task<Finding> AskAsync(
        StepAdvice advice, WorkItem item, Finding finding, StepContext context, PromptProofs.Known proven, CancellationToken cancellation)
    {
        var about = await AboutAsync(advice, item, finding, context, cancellation);
        var answer = await advice.AskAsync(desk, about, cancellation);
        if (answer.Why is { } why)
        {
            return finding with
            {
                Consulted = [.. finding.Consulted, answer.Call],
                Evidence = [.. finding.Evidence, new Evidence(EvidenceKind.Note, $"by rules alone: {why}")],
                Due = Earlier(finding.Due, answer.AgainAt),
            };
        }

        return WithPerson(answer.Finding, finding, WhyPerson(advice, about, proven)) with { Consulted = [.. finding.Consulted, answer.Call] };
    }

    /// <summary>Why what a model proposes needs a person, whatever the policy says; null when it does not.</summary>
    private string? WhyPerson(StepAdvice advice, AdviceCase about, PromptProofs.Known proven) =>
        Suspicion.WhyPerson(advice.Sources(about).Select(s => s.Text), Suspicion.InText) is { } sign ? sign
        : proven.Has(advice.Prompt, setup.ChatModel) ? null
        : $"a model had a part in it, and the prompt '{advice.Prompt.Name}' has not passed its evaluation with {setup.ChatModel}";

    /// <summary>Proposals that the step would have made by itself stay as they are.</summary>
    private static Finding WithPerson(Finding advised, Finding local, string? because) => because is null
        ? advised
        : advised with { Proposals = [.. advised.Proposals.Select(p => local.Proposals.Contains(p) ? p : p with { AskBecause = because })] };

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;
}
