using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Orchestrations;

/// <summary>
/// One item from its first look to its decision and what becomes of it: all steps of a stage side by side, one decision, sure changes
/// carried out, a person asked about the others. Silence means that nothing is done. One instance per item: a newer revision makes it
/// start anew and withdraws its ask.
/// </summary>
public sealed class TriageItem : IOrchestration<TriageItemInput, TriageItemResult>
{
    /// <summary>An item that changes this often under examination is a fault, not an edit.</summary>
    private const int MostMissed = 10;

    public static OrchestrationRef<TriageItemInput, TriageItemResult> Ref { get; } = new("TriageItem");

    public async Task<TriageItemResult> RunAsync(IOrchestrationContext context, TriageItemInput input)
    {
        var newer = context.WaitForEventAsync<NewRevision>(NewRevision.EventName);
        var plan = await context.CallAsync(PlanItem.Ref, new ItemRequest(input.Backlog, input.Item, input.Settings, context.UtcNow) { Trace = input.Trace });
        if (plan.Content is null)
            return new TriageItemResult(input.Item, null, null, []);
        var news = NewsAsync(context, plan, newer);
        context.SetStatus(new AskStatus(input.Backlog, input.Item, null, null));
        var (findings, failed) = await ExamineAsync(context, plan);
        if (findings is null)
        {
            return input.Missed < MostMissed
                ? Again(context, input with { Missed = input.Missed + 1, Trace = await TraceAsync(input, news) })
                : throw new InvalidOperationException($"{input.Item} was another one each time it was examined, {MostMissed} times in a row. The next sweep looks at it again.");
        }

        var decision = await context.CallAsync(RecordDecision.Ref, new DecisionRequest(plan, findings));
        var outcome = await ActAsync(context, plan, decision, news);
        // Overtaken by what only the tracker told: without news of it, one that never agrees with itself would go on for ever.
        if (outcome == OutcomeState.Superseded && !news.IsCompleted && input.Missed >= MostMissed)
            throw new InvalidOperationException($"{input.Item} was another one each time it was to be changed, {MostMissed} times in a row. The next sweep looks at it again.");
        return outcome == OutcomeState.Superseded || news.IsCompleted
            ? Again(context, input with { Missed = news.IsCompleted ? 0 : input.Missed + 1, Trace = await TraceAsync(input, news) })
            : new TriageItemResult(input.Item, decision.Id, outcome, failed);
    }

    /// <summary>The findings of all steps, or null when the item changed on the way. A step that fails to the last is named and left out.</summary>
    private static async Task<(IReadOnlyList<ExaminedFinding>? Findings, IReadOnlyList<string> Failed)> ExamineAsync(IOrchestrationContext context, ItemPlan plan)
    {
        var findings = new List<ExaminedFinding>();
        var failed = new List<string>();
        foreach (var stage in plan.Stages)
        {
            var earlier = findings.Select(f => f.Finding).ToList();
            var answers = await Task.WhenAll(stage.Select(step => RunAsync(context, new StepRequest(plan, step, earlier))));
            foreach (var (step, answer) in stage.Zip(answers))
            {
                if (answer is null)
                    failed.Add(step);
                else if (answer.Finding is null)
                    return (null, failed);
                else
                    findings.Add(answer.Finding);
            }
        }

        return (findings, failed);
    }

    private static async Task<StepAnswer?> RunAsync(IOrchestrationContext context, StepRequest request)
    {
        try
        {
            return await context.CallAsync(RunStep.Ref, request);
        }
        catch (ActivityFailedException)
        {
            return null;
        }
    }

    private static async Task<OutcomeState?> ActAsync(IOrchestrationContext context, ItemPlan plan, RecordedDecision decision, Task news)
    {
        OutcomeState? outcome = decision.HasSure
            ? await context.CallAsync(ApplyDecision.Ref, new ApplyRequest(plan.Backlog, plan.Item, decision.Id, context.UtcNow) { Trace = plan.Trace })
            : null;
        return decision.Asks && outcome != OutcomeState.Superseded ? await AskAsync(context, plan, decision.Id, news) : outcome;
    }

    private static async Task<OutcomeState> AskAsync(IOrchestrationContext context, ItemPlan plan, string decision, Task news)
    {
        await context.CallAsync(RecordOutcome.Ref, Outcome(OutcomeState.Asked) with { Until = context.UtcNow + plan.AskFor });
        context.SetStatus(new AskStatus(plan.Backlog, plan.Item, decision, context.UtcNow + plan.AskFor));
        var answered = context.WaitForEventAsync<ApprovalAnswer>(ApprovalAnswer.EventName(decision), plan.AskFor);
        await Task.WhenAny(answered, news);
        context.SetStatus(new AskStatus(plan.Backlog, plan.Item, null, null));
        if (!answered.IsCompleted)
            return await context.CallAsync(RecordOutcome.Ref, Outcome(OutcomeState.Superseded));
        return await answered switch
        {
            null => await context.CallAsync(RecordOutcome.Ref, Outcome(OutcomeState.Expired)),
            { SnoozeUntil: not null } later => await context.CallAsync(RecordOutcome.Ref, Outcome(OutcomeState.Snoozed) with { Answer = later }),
            { Approved: true } yes => await context.CallAsync(
                ApplyDecision.Ref, new ApplyRequest(plan.Backlog, plan.Item, decision, context.UtcNow, yes) { Trace = plan.Trace }),
            var no => await context.CallAsync(RecordOutcome.Ref, Outcome(OutcomeState.Rejected) with { Answer = no }),
        };

        OutcomeRequest Outcome(OutcomeState state) => new(plan.Backlog, plan.Item, decision, state, context.UtcNow) { Trace = plan.Trace };
    }

    /// <summary>Ends when a revision other than the one examined is told of; the same one told twice is no news.</summary>
    private static async Task<NewRevision?> NewsAsync(IOrchestrationContext context, ItemPlan plan, Task<NewRevision?> told)
    {
        while ((await told)?.Content == plan.Content)
            told = context.WaitForEventAsync<NewRevision>(NewRevision.EventName);
        return await told;
    }

    /// <summary>The trace to go on with: that of the delivery that told of the newer revision, where one did.</summary>
    private static async Task<string?> TraceAsync(TriageItemInput input, Task<NewRevision?> news) =>
        (news.IsCompletedSuccessfully ? (await news)?.Trace : null) ?? input.Trace;

    private static TriageItemResult Again(IOrchestrationContext context, TriageItemInput input)
    {
        context.ContinueAsNew(input);
        return new TriageItemResult(input.Item, null, OutcomeState.Superseded, []);
    }
}
