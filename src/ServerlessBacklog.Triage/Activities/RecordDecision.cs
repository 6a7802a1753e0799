using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Rollout;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Telemetry;
using ServerlessBacklog.Triage.Views;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Activities;

/// <summary>
/// Folds the findings on one item into a decision and writes both down, before anything is done. The orchestration goes by what is
/// recorded here: replayed after a deployment, it cannot come to another decision.
/// </summary>
public sealed class RecordDecision(IBacklogStore store, IPendingStore pending, SnapshotKeeper snapshots, KeptSettings kept, Examiner examiner, AuditTrail audit,
    TimeProvider time, FirstContact? contacts = null)
    : IActivity<DecisionRequest, RecordedDecision>
{
    public static ActivityRef<DecisionRequest, RecordedDecision> Ref { get; } = new("RecordDecision", RetryPolicy.Default);

    public async Task<RecordedDecision> RunAsync(DecisionRequest request, CancellationToken cancellation)
    {
        var (plan, findings) = (request.Plan, request.Findings);
        var settings = await kept.LoadAsync(plan.Backlog, plan.Settings, cancellation);
        var item = await store.FindItemsAsync(plan.Backlog, [plan.Item], cancellation) is [var stored] && ContentHash.Of(stored) == plan.Content ? stored : null;
        var snapshot = await snapshots.OpenAsync(plan.Backlog, plan.Snapshot, cancellation);
        IReadOnlyList<Finding> said = [.. findings.Select(f => f.Finding)];
        var policy = item is null ? settings.Policy : settings.Policy.On(item);
        var decision = policy.Decide(
            plan.Item, plan.Content!, said, plan.Now, settings.Policy.Version(), writingHash: item is null ? null : ContentHash.ForWriting(item));
        decision = Holding.Apply(decision, await store.OverridesAsync(plan.Backlog, plan.Item, cancellation), plan.Now);
        // A sweep that has decided the same on the item before has said nothing there: its row must not stand for this one, which may.
        decision = decision with { Id = $"{decision.Id}i" };
        var outcomes = await store.OutcomesAsync(plan.Backlog, plan.Item, cancellation);
        var earlier = await store.DecisionsAsync(plan.Backlog, plan.Item, cancellation);
        if (item is not null)
        {
            var conversation = Conversation.Of(item, earlier, outcomes);
            var explains = contacts is not null && await contacts.IsDueAsync(plan.Backlog, item, cancellation);
            decision = SuggestionComment.Fold(decision, said, item, snapshot, settings, plan.Now, Spoken(outcomes), conversation, explains ? FirstContact.Explanation : null);
            await (contacts?.RememberAsync(plan.Backlog, item, decision, cancellation) ?? Task.CompletedTask);
        }

        await store.SaveDecisionsAsync(plan.Backlog, [decision], cancellation);

        var run = examiner.Versions(plan.Backlog, snapshot, settings);
        var marks = (await store.FindStampsAsync(plan.Backlog, [plan.Item], cancellation))
            .Where(s => s.ContentHash == plan.Content)
            .Select(s => examiner.Mark(s.Item, run.For(s), run, findings));
        await store.SaveFindingsAsync(plan.Backlog, findings, [.. marks], cancellation);
        await ViewKeeper.TouchAsync(store, plan.Backlog, time.GetUtcNow(), cancellation);
        await audit.DecidedAsync(plan.Backlog, decision, findings, plan.Settings, plan.Trace, cancellation);
        BacklogMetrics.Decided([decision]);

        // Asked about the very same before: a person's no stays a no, and an ask that ran out is not repeated.
        var before = await store.OutcomeAsync(plan.Backlog, plan.Item, decision.Id, cancellation);
        // Put off by a person: it is asked again once the day has come.
        var snoozed = before?.State == OutcomeState.Snoozed && (await pending.FindAskAsync(plan.Backlog, plan.Item, decision.Id, cancellation))?.SnoozedUntil > plan.Now;
        return new RecordedDecision(
            decision.Id,
            decision.Verdict,
            HasSure: before?.State != OutcomeState.Applied && decision.Changes.Any(c => c.Verdict == Verdict.Apply && !IsDone(c.Change)),
            Asks: decision.Verdict == Verdict.Ask && !snoozed
                && before?.State is null or OutcomeState.Asked or OutcomeState.Superseded or OutcomeState.Applying or OutcomeState.Snoozed);

        // The very same was done on this content, by a decision that differed elsewhere: in what people have refused since.
        bool IsDone(Change change) => outcomes.Any(o => o.Changes.Any(c => c.State == ChangeState.Applied && c.Change == change)
            && earlier.Any(d => d.Id == o.Decision && d.ItemHash == decision.ItemHash));
    }

    /// <summary>What our comment says: the text that was written last.</summary>
    private static string? Spoken(IEnumerable<DecisionOutcome> outcomes) =>
        outcomes
            .OrderBy(o => o.At)
            .SelectMany(o => o.Changes)
            .LastOrDefault(c => c is { State: ChangeState.Applied, Change: AddComment })?.Change is AddComment { Markdown: var text } ? text : null;
}
