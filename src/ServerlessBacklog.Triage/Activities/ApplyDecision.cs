using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Activities;

/// <summary>
/// Carries out the changes of a decision: those that are sure, or those that a person approved. The only one that writes to a tracker. It
/// looks again at the item, the write stop, the policy and what people took away, and may only lower what was decided (<see cref="Lowering"/>);
/// what it is about to do, and what takes that back, is written down first, so that a second attempt asks the tracker what the first one did.
/// </summary>
public sealed class ApplyDecision(IBacklogStore store, ItemRefresh refresh, Lowering lowering) : IActivity<ApplyRequest, OutcomeState>
{
    public static ActivityRef<ApplyRequest, OutcomeState> Ref { get; } = new("ApplyDecision", new RetryPolicy(12, TimeSpan.FromSeconds(5)) { MaxDelay = TimeSpan.FromMinutes(15) });

    /// <summary>Often it is our own change that comes back as a new revision, before the attempt that made it could say so.</summary>
    private const string Unknown = "an earlier attempt may have made this change: look at the item";

    /// <returns><see cref="OutcomeState.Superseded"/> when the item is another one than was decided on: it has to be examined anew.</returns>
    public async Task<OutcomeState> RunAsync(ApplyRequest request, CancellationToken cancellation)
    {
        var decision = (await store.DecisionsAsync(request.Backlog, request.Item, cancellation)).FirstOrDefault(d => d.Id == request.Decision)
            ?? throw new InvalidOperationException($"The decision {request.Decision} on {request.Item} is not stored.");
        var before = await store.OutcomeAsync(request.Backlog, request.Item, request.Decision, cancellation);
        var approved = request.Answer is { Approved: true };
        // Whatever the decision says, without a person nothing is closed.
        var open = decision.Changes
            .Where(c => c.Verdict == (approved ? Verdict.Ask : Verdict.Apply) && (approved || !c.Change.NeedsPerson))
            .Select(c => new StepChange(c.Step, Intend(decision, c.Change, before)))
            .Where(c => c.Change.State == ChangeState.Intended).ToList();
        if (open.Count == 0)
            return before?.State ?? OutcomeState.Applied;

        var nothing = await lowering.WhyNothingAsync(request.Item, cancellation);
        var item = nothing is null ? await LookAsync(request, cancellation) : null;
        var lowered = nothing is null
            ? await lowering.LowerAsync(new ToBeLowered(request, decision, before, item, open), cancellation)
            : Lowered.All(open, nothing);
        var left = lowered.Left.Select(c => c.Change with { State = ChangeState.NotApplied, Why = MayBeDone(c.Change) ? $"{c.Why}; {Unknown}" : c.Why }).ToList();
        if (lowered.Allowed.Count == 0)
        {
            await SaveAsync(left, lowered.State);
            return lowered.State;
        }

        var allowed = lowered.Allowed.Select(c => MayBeDone(c) ? c : c with { Inverse = Inverse.Of(item!, c.Change) }).ToList();
        await SaveAsync([.. left, .. allowed], OutcomeState.Applying);
        var done = await ActAsync(item!, allowed);
        await SaveAsync([.. left, .. done], OutcomeState.Applied);
        return OutcomeState.Applied;

        bool MayBeDone(ChangeOutcome change) => before?.Changes.Any(b => b.Key == change.Key) == true;

        async Task<IReadOnlyList<ChangeOutcome>> ActAsync(WorkItem now, IReadOnlyList<ChangeOutcome> changes)
        {
            try
            {
                var outcomes = await refresh.TrackerOf(now.Ref)!.ApplyAsync(now, [.. changes.Select(c => new Effect(c.Key, c.Change, MayBeDone(c)))], cancellation);
                return [.. outcomes.Zip(changes, (o, c) => o with { Inverse = o.State == ChangeState.Applied ? c.Inverse : null })];
            }
            catch (WritesStoppedException)
            {
                return [.. changes.Select(c => c with { State = ChangeState.NotApplied, Why = "writing was switched off meanwhile; the item shows what was done before" })];
            }
        }

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

    /// <summary>The item as it is now, or as it is stored where its tracker does not show it; null when it is gone.</summary>
    private async Task<WorkItem?> LookAsync(ApplyRequest request, CancellationToken cancellation)
    {
        var look = await refresh.LookAsync(request.Backlog, request.Item, cancellation);
        return look.State switch
        {
            LookState.Found => look.Item,
            LookState.Gone => null,
            _ => await store.FindItemsAsync(request.Backlog, [request.Item], cancellation) is [var stored] ? stored : null,
        };
    }

    /// <summary>The change as an earlier attempt left it, or as one that is to be made.</summary>
    private static ChangeOutcome Intend(Decision decision, Change change, DecisionOutcome? before)
    {
        var key = $"{decision.Id}:{change.Slot}";
        return before?.Changes.FirstOrDefault(c => c.Key == key) ?? new ChangeOutcome(key, change, ChangeState.Intended);
    }
}

/// <param name="Step">The step that proposed it.</param>
public sealed record StepChange(string Step, ChangeOutcome Change);
