using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Waits;

/// <summary>Ends a wait without the close: the objection is remembered, the decision's outcome says why, and the notice is to be edited.</summary>
public sealed class CallingOff(IBacklogStore store, IPendingStore pending, AuditTrail audit)
{
    /// <param name="item">As it is now; null when it is gone.</param>
    /// <returns>What is to stand in place of the notice; null where nothing can.</returns>
    public async Task<GiveNotice?> RememberAsync(string backlog, Wait wait, Veto veto, WorkItem? item, DateTimeOffset at, CancellationToken cancellation)
    {
        if (veto.State == WaitState.Vetoed)
            await store.SaveOverridesAsync(backlog, wait.Item, [veto.Remember(wait, at)], cancellation);
        if (await store.OutcomeAsync(backlog, wait.Item, wait.Decision, cancellation) is { } outcome)
        {
            await store.SaveOutcomeAsync(backlog, outcome with
            {
                Changes = [.. outcome.Changes.Select(c => c.State == ChangeState.Waiting ? c with { State = ChangeState.NotApplied, Why = veto.Why, Inverse = null } : c)],
            }, cancellation);
        }

        await audit.VetoedAsync(backlog, wait with { State = veto.State, Why = veto.Why }, veto.By, at, Tracing.Current, cancellation);
        return item is { IsOpen: true } && Notice.CalledOff(item, wait with { Why = veto.Why }).Text is { } text ? new GiveNotice(Notice.Name(wait.Decision), text) : null;
    }

    /// <summary>From now on it does not wait any more.</summary>
    public Task EndAsync(string backlog, Wait wait, Veto veto, DateTimeOffset at, CancellationToken cancellation) =>
        pending.SaveWaitAsync(backlog, wait with { State = veto.State, Why = veto.Why, SettledAt = at }, cancellation);

    /// <summary>Both at once, for a person who says so: every wait of the item, or that of one decision.</summary>
    /// <returns>What is to stand in place of the notices.</returns>
    public async Task<IReadOnlyList<GiveNotice>> StopAsync(string backlog, WorkItem item, string? decision, Veto veto, DateTimeOffset at, CancellationToken cancellation)
    {
        var notices = new List<GiveNotice>();
        foreach (var wait in (await pending.WaitsAsync(backlog, item.Ref, cancellation)).Where(w => w.State == WaitState.Waiting && (decision is null || w.Decision == decision)))
        {
            if (await RememberAsync(backlog, wait, veto, item, at, cancellation) is { } notice)
                notices.Add(notice);
            await EndAsync(backlog, wait, veto, at, cancellation);
        }

        return notices;
    }
}
