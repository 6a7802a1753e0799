using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Telemetry;
using ServerlessBacklog.Triage.Views;
using ServerlessBacklog.Triage.Waits;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Activities;

/// <summary>
/// Carries out the changes of a decision: those that are sure, or those that a person approved. The only one that writes to a tracker. It
/// looks again at the item, the write stop, the policy and what people took away, and may only lower what was decided (<see cref="Lowering"/>);
/// what it is about to do, and what takes that back, is written down first, so that a second attempt asks the tracker what the first one did.
/// </summary>
public sealed class ApplyDecision(IBacklogStore store, ItemRefresh refresh, Lowering lowering, Gathering gathering, Announcing announcing, Objecting objecting, Settling settling, AuditTrail audit, TimeProvider time) : IActivity<ApplyRequest, OutcomeState>
{
    public static ActivityRef<ApplyRequest, OutcomeState> Ref { get; } = new("ApplyDecision", new RetryPolicy(12, TimeSpan.FromSeconds(5)) { MaxDelay = TimeSpan.FromMinutes(15) });

    /// <summary>Somebody may change the item between a look and a write so often; then it is left for its next triage.</summary>
    private const int MaxLooks = 3;

    /// <summary>Often it is our own change that comes back as a new revision, before the attempt that made it could say so.</summary>
    private const string Unknown = "an earlier attempt may have made this change: look at the item";

    /// <returns><see cref="OutcomeState.Superseded"/> when the item is another one than was decided on: it has to be examined anew.</returns>
    public async Task<OutcomeState> RunAsync(ApplyRequest request, CancellationToken cancellation)
    {
        var state = await ApplyAsync(request, cancellation);
        await ViewKeeper.TouchAsync(store, request.Backlog, time.GetUtcNow(), cancellation);
        await audit.ActedAsync(request, cancellation);
        return state;
    }

    private async Task<OutcomeState> ApplyAsync(ApplyRequest request, CancellationToken cancellation)
    {
        var decision = (await store.DecisionsAsync(request.Backlog, request.Item, cancellation)).FirstOrDefault(d => d.Id == request.Decision)
            ?? throw new InvalidOperationException($"The decision {request.Decision} on {request.Item} is not stored.");
        var before = await store.OutcomeAsync(request.Backlog, request.Item, request.Decision, cancellation);
        var approved = request.Answer is { Approved: true };
        // Whatever the decision says, without a person nothing is closed.
        var open = decision.Changes
            .Where(c => c.Verdict == (approved ? Verdict.Ask : Verdict.Apply) && (approved || !c.Change.NeedsPerson) && IsMeant(request.Answer, c.Change))
            .OrderBy(c => c.Change.Rank)
            .Select(c => new StepChange(c.Step, Intend(decision, AsSaid(request.Answer, c.Change), before)))
            .Where(c => c.Change.State == ChangeState.Intended).ToList();
        if (open.Count == 0)
            return OutcomeState.Applied;

        if (await lowering.WhyNothingAsync(request.Item, cancellation) is { } nothing)
            return await LeaveAsync(Lowered.All(open, nothing));
        IReadOnlyList<ChangeOutcome> left = [], done = [];
        string? seen = null;
        for (var looks = 1; looks <= MaxLooks && done.All(c => c.State == ChangeState.NotApplied); looks++)
        {
            var item = await LookAsync(request, cancellation);
            // The tracker left all undone although the item is the one that was looked at: that is its last word.
            if (looks > 1 && item?.Revision == seen)
                break;
            var lowered = await lowering.LowerAsync(new ToBeLowered(request, decision, before, item, open), cancellation);
            if (lowered.Allowed.Count == 0)
                return await LeaveAsync(lowered);
            if (await objecting.WhyNotAsync(request.Backlog, decision, item!, request.At, cancellation) is { } objection)
                return await LeaveAsync(Lowered.All(open, objection));
            left = Left(lowered);
            var allowed = new List<ChangeOutcome>();
            foreach (var change in lowered.Allowed)
                allowed.Add(MayBeDone(change) ? change : await PrepareAsync(item!, change));
            await SaveAsync([.. left, .. allowed], OutcomeState.Applying);
            done = await AnnounceAsync(item!, allowed);
            seen = item!.Revision;
        }

        await settling.RunAsync(request, decision, done, cancellation);
        await SaveAsync([.. left, .. done], OutcomeState.Applied);
        return OutcomeState.Applied;

        async Task<OutcomeState> LeaveAsync(Lowered lowered)
        {
            await settling.LeftAsync(request, decision, lowered.State, cancellation);
            await SaveAsync(Left(lowered), lowered.State);
            return lowered.State;
        }

        List<ChangeOutcome> Left(Lowered lowered) =>
            [.. lowered.Left.Select(c => c.Change with { State = ChangeState.NotApplied, Why = MayBeDone(c.Change) ? $"{c.Why}; {Unknown}" : c.Why })];

        bool MayBeDone(ChangeOutcome change) => before?.Changes.Any(b => b.Key == change.Key) == true;

        async Task<ChangeOutcome> PrepareAsync(WorkItem now, ChangeOutcome change)
        {
            var made = change.Change is Consolidate write ? await gathering.RefreshAsync(request.Backlog, now, write, cancellation) : change.Change;
            return change with { Change = made, Inverse = Inverse.Of(now, made) };
        }

        // A close that waits is announced instead of made; all else is made at once.
        async Task<IReadOnlyList<ChangeOutcome>> AnnounceAsync(WorkItem now, IReadOnlyList<ChangeOutcome> changes)
        {
            var waits = new Dictionary<string, Wait>();
            var (told, untold) = (new List<ChangeOutcome>(), new List<ChangeOutcome>());
            foreach (var change in changes)
            {
                if (await announcing.WaitForAsync(request, decision, open.First(o => o.Change.Key == change.Key).Step, change.Change, now, cancellation) is not { } wait)
                    told.Add(change);
                else if (await announcing.NoticeAsync(request.Backlog, now, wait, cancellation) is var (notice, why) && notice is null)
                    untold.Add(change with { State = ChangeState.NotApplied, Why = why });
                else
                {
                    waits.Add(change.Key, wait);
                    told.Add(change with { Change = notice!, Inverse = Inverse.Of(now, notice!) });
                }
            }

            var made = new List<ChangeOutcome>();
            foreach (var outcome in told.Count == 0 ? [] : await ActAsync(now, told))
            {
                if (outcome.State != ChangeState.Applied || !waits.TryGetValue(outcome.Key, out var wait))
                {
                    made.Add(outcome with { Change = changes.First(c => c.Key == outcome.Key).Change is Close close && waits.ContainsKey(outcome.Key) ? close : outcome.Change });
                    continue;
                }

                await announcing.BeginAsync(request.Backlog, wait, cancellation);
                made.Add(outcome with { Change = wait.Close, State = ChangeState.Waiting, Why = $"announced; to be made on {wait.DueAt:yyyy-MM-dd} unless somebody objects", Inverse = new RemoveNotice(Notice.Name(decision.Id)) });
            }

            return [.. made, .. untold];
        }

        async Task<IReadOnlyList<ChangeOutcome>> ActAsync(WorkItem now, IReadOnlyList<ChangeOutcome> changes)
        {
            try
            {
                using var write = WriteSpan.Begin(now.Ref);
                var outcomes = await refresh.TrackerOf(now.Ref)!.ApplyAsync(now, [.. changes.Select(c => new Effect(c.Key, c.Change, MayBeDone(c)))], cancellation);
                write.Note(outcomes);
                return [.. outcomes.Zip(changes, (o, c) => o with { Inverse = o.State == ChangeState.Applied ? o.Inverse ?? c.Inverse : null })];
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

    private static bool IsMeant(ApprovalAnswer? answer, Change change) => answer?.Only is not { Count: > 0 } only || only.Contains(change.Slot);

    /// <summary>With the value that the person set in place of the proposed one.</summary>
    private static Change AsSaid(ApprovalAnswer? answer, Change change) => answer?.With?.FirstOrDefault(w => w.Slot == change.Slot && w.GetType() == change.GetType()) ?? change;

    /// <summary>The change as an earlier attempt left it, or as one that is to be made.</summary>
    private static ChangeOutcome Intend(Decision decision, Change change, DecisionOutcome? before)
    {
        var key = $"{decision.Id}:{change.Slot}";
        return before?.Changes.FirstOrDefault(c => c.Key == key) ?? new ChangeOutcome(key, change, ChangeState.Intended);
    }
}

/// <param name="Step">The step that proposed it.</param>
public sealed record StepChange(string Step, ChangeOutcome Change);
