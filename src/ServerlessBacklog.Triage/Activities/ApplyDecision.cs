using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Activities;

/// <summary>
/// Carries out the changes of a decision: those that are sure, or those that a person approved. The only one that writes to a tracker. It
/// looks again at the item and may only lower what was decided; what it is about to do is written down first, so that a second attempt
/// asks the tracker what the first one did.
/// </summary>
public sealed class ApplyDecision(IBacklogStore store, IEnumerable<ITracker> trackers, KeptSettings kept) : IActivity<ApplyRequest, OutcomeState>
{
    public static ActivityRef<ApplyRequest, OutcomeState> Ref { get; } = new("ApplyDecision", new RetryPolicy(12, TimeSpan.FromSeconds(5)) { MaxDelay = TimeSpan.FromMinutes(15) });

    /// <summary>Often it is our own change that comes back as a new revision, before the attempt that made it could say so.</summary>
    private const string Unknown = "an earlier attempt may have made this change: look at the item";

    public async Task<OutcomeState> RunAsync(ApplyRequest request, CancellationToken cancellation)
    {
        var decision = (await store.DecisionsAsync(request.Backlog, request.Item, cancellation)).FirstOrDefault(d => d.Id == request.Decision)
            ?? throw new InvalidOperationException($"The decision {request.Decision} on {request.Item} is not stored.");
        var before = await store.OutcomeAsync(request.Backlog, request.Item, request.Decision, cancellation);
        var approved = request.Answer is { Approved: true };
        // Whatever the decision says, without a person nothing is closed.
        var open = decision.Changes
            .Where(c => c.Verdict == (approved ? Verdict.Ask : Verdict.Apply) && (approved || !c.Change.NeedsPerson))
            .Select(c => (c.Step, Change: Intend(decision, c.Change, before)))
            .Where(c => c.Change.State == ChangeState.Intended).ToList();
        if (open.Count == 0)
            return before?.State ?? OutcomeState.Applied;

        var item = await store.FindItemsAsync(request.Backlog, [request.Item], cancellation) is [var found] ? found : null;
        if (WhyNot(decision, item, out var tracker) is { } why)
        {
            await SaveAsync([.. open.Select(c => Left(c.Change, why))], OutcomeState.Applied);
            return OutcomeState.Applied;
        }

        var policy = (await kept.OfAsync(request.Backlog, cancellation)).Policy;
        var byPolicy = open.ToLookup(c => IsAllowed(policy.For(c.Step).Autonomy), c => c.Change);
        var lowered = byPolicy[false].Select(c => Left(c, "the step was turned down after the decision")).ToList();
        var allowed = byPolicy[true].ToList();
        IReadOnlyList<ChangeOutcome> done = [];
        if (allowed.Count > 0)
        {
            await SaveAsync([.. lowered, .. allowed], OutcomeState.Applying);
            done = await tracker!.ApplyAsync(item!, [.. allowed.Select(c => new Effect(c.Key, c.Change, MayBeDone(c)))], cancellation);
        }

        await SaveAsync([.. lowered, .. done], OutcomeState.Applied);
        return OutcomeState.Applied;

        ChangeOutcome Left(ChangeOutcome change, string why) =>
            change with { State = ChangeState.NotApplied, Why = MayBeDone(change) ? $"{why}; {Unknown}" : why };

        bool IsAllowed(Autonomy now) => now == Autonomy.Auto || (now == Autonomy.Suggest && approved);

        bool MayBeDone(ChangeOutcome change) => before?.Changes.Any(b => b.Key == change.Key) == true;

        Task SaveAsync(IReadOnlyList<ChangeOutcome> changes, OutcomeState state) => store.SaveOutcomeAsync(request.Backlog, new DecisionOutcome
        {
            Decision = decision.Id,
            Item = decision.Item,
            State = state,
            At = request.At,
            By = request.Answer?.By ?? before?.By,
            Note = request.Answer?.Note ?? before?.Note,
            Changes = [.. (before?.Changes ?? []).Where(b => changes.All(c => c.Key != b.Key)), .. changes],
        }, cancellation);
    }

    /// <summary>The change as an earlier attempt left it, or as one that is to be made.</summary>
    private static ChangeOutcome Intend(Decision decision, Change change, DecisionOutcome? before)
    {
        var key = $"{decision.Id}:{change.Slot}";
        return before?.Changes.FirstOrDefault(c => c.Key == key) ?? new ChangeOutcome(key, change, ChangeState.Intended);
    }

    /// <summary>Why nothing can be carried out; null when it can.</summary>
    private string? WhyNot(Decision decision, WorkItem? item, out ILiveTracker? tracker)
    {
        tracker = trackers.OfType<ILiveTracker>().FirstOrDefault(t => t.Name == decision.Item.Tracker);
        return item is null ? "the item is not stored any more"
            : ContentHash.Of(item) != decision.ItemHash ? "the item was changed after the decision"
            : tracker is null ? $"'{decision.Item.Tracker}' can only be read"
            : tracker.WhyNotWritable;
    }
}
