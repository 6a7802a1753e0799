using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Waits;

namespace ServerlessBacklog.Triage.Activities;

/// <summary>
/// What else is written down once changes are made: that an undone decision is undone, that a wait is over, that an ask is answered, and what the person
/// left out of their yes. Repeating it changes nothing.
/// </summary>
public sealed class Settling(IBacklogStore store, IPendingStore pending, AskBook asks)
{
    /// <param name="made">What became of the changes.</param>
    public async Task RunAsync(ApplyRequest request, Decision decision, IReadOnlyList<ChangeOutcome> made, CancellationToken cancellation)
    {
        if (request.Answer is { Approved: true } yes && decision.By is null)
        {
            await asks.EndAsync(request.Backlog, request.Item, decision.Id, AskState.Approved, yes, request.At, cancellation);
            await RefuseRestAsync(request, decision, yes, cancellation);
        }

        if (decision.Undoes is { } undone)
            await UndoneAsync(request, undone, made, cancellation);
        if (decision.Ends is { } ended && made.Any(c => c is { Change: Close, State: ChangeState.Applied }))
            await EndedAsync(request, decision, ended, cancellation);
    }

    /// <summary>Nothing of it could be carried out: the person has answered all the same, unless the item is another one now.</summary>
    public async Task LeftAsync(ApplyRequest request, Decision decision, OutcomeState state, CancellationToken cancellation)
    {
        if (request.Answer is { Approved: true } yes && decision.By is null)
            await asks.EndAsync(request.Backlog, request.Item, decision.Id, state == OutcomeState.Superseded ? AskState.Withdrawn : AskState.Approved, yes, request.At, cancellation);
    }

    /// <summary>Changes that were asked about and not among those that the person agreed to.</summary>
    private async Task RefuseRestAsync(ApplyRequest request, Decision decision, ApprovalAnswer yes, CancellationToken cancellation)
    {
        if (yes.Only is not { Count: > 0 } only)
            return;
        var rest = decision.Changes.Where(c => c.Verdict == Verdict.Ask && !only.Contains(c.Change.Slot)).Select(c => HumanOverride.Refusing(c.Change, yes.By, request.At)).ToList();
        if (rest.Count > 0)
            await store.SaveOverridesAsync(request.Backlog, request.Item, rest, cancellation);
    }

    private async Task UndoneAsync(ApplyRequest request, string undone, IReadOnlyList<ChangeOutcome> made, CancellationToken cancellation)
    {
        if (await store.OutcomeAsync(request.Backlog, request.Item, undone, cancellation) is not { } outcome)
            return;
        var slots = made.Where(c => c.State == ChangeState.Applied).Select(c => c.Change.Slot).ToHashSet();
        var taken = outcome.Changes.Where(c => c.State is ChangeState.Applied or ChangeState.Waiting && c.Inverse is { } back && slots.Contains(back.Slot)).ToList();
        var by = request.Answer?.By ?? "somebody";
        await store.SaveOverridesAsync(request.Backlog, request.Item, [.. taken.Select(c => HumanOverride.Refusing(c.Change, by, request.At))], cancellation);
        foreach (var wait in (await pending.WaitsAsync(request.Backlog, request.Item, cancellation)).Where(w => w.Decision == undone && w.State == WaitState.Waiting))
            await pending.SaveWaitAsync(request.Backlog, wait with { State = WaitState.Vetoed, Why = $"{by} took it back", SettledAt = request.At }, cancellation);
        await store.SaveOutcomeAsync(request.Backlog, outcome with
        {
            Changes = [.. outcome.Changes.Select(c => taken.Contains(c) ? c with { State = ChangeState.Undone, Why = $"{by} took it back on {request.At:yyyy-MM-dd}" } : c)],
        }, cancellation);
    }

    private async Task EndedAsync(ApplyRequest request, Decision decision, string ended, CancellationToken cancellation)
    {
        if (await pending.FindWaitAsync(request.Backlog, request.Item, ended, cancellation) is { State: WaitState.Waiting } wait)
            await pending.SaveWaitAsync(request.Backlog, wait with { State = WaitState.Done, Why = $"closed by decision {decision.Id}", SettledAt = request.At }, cancellation);
        if (await store.OutcomeAsync(request.Backlog, request.Item, ended, cancellation) is { } outcome)
        {
            await store.SaveOutcomeAsync(request.Backlog, outcome with
            {
                Changes = [.. outcome.Changes.Select(c => c.State == ChangeState.Waiting ? c with { State = ChangeState.Applied, Why = $"made after the wait, by decision {decision.Id}", Inverse = null } : c)],
            }, cancellation);
        }
    }
}
