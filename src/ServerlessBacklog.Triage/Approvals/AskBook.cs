using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Triage.Approvals;

/// <summary>Writes down what becomes of asks: the outcome of the decision, the row of the queue, and what was refused, so that it is not proposed again.</summary>
public sealed class AskBook(IBacklogStore store, IPendingStore pending, AuditTrail audit, TimeProvider time)
{
    /// <summary>Writes down that an ask begins, or how it ended without a change. An outcome that was reached already stays.</summary>
    public async Task NoteAsync(OutcomeRequest request, CancellationToken cancellation)
    {
        var (backlog, item) = (request.Backlog, request.Item);
        var before = await store.OutcomeAsync(backlog, item, request.Decision, cancellation);
        // Somebody's yes is being carried out, or was: a second answer does not undo the first.
        if (before is { State: OutcomeState.Applying or OutcomeState.Applied, By: not null } && request.State is OutcomeState.Rejected or OutcomeState.Snoozed or OutcomeState.Expired)
            return;
        await store.SaveOutcomeAsync(backlog, new DecisionOutcome
        {
            Decision = request.Decision,
            Item = item,
            State = request.State,
            At = request.At,
            By = request.Answer?.By,
            Note = request.Answer?.Note,
            Changes = before?.Changes ?? [],
        }, cancellation);
        await audit.RecordedAsync(request, cancellation);
        var ask = await pending.FindAskAsync(backlog, item, request.Decision, cancellation) ?? await OpenAsync(request, cancellation);
        if (ask is null)
            return;
        await pending.SaveAskAsync(backlog, After(ask, request), cancellation);
        await ViewKeeper.TouchAsync(store, backlog, time.GetUtcNow(), cancellation);
        if (request is { State: OutcomeState.Rejected, Answer: { } no })
            await RefuseAsync(backlog, item, request.Decision, no, request.At, cancellation);
    }

    /// <summary>Takes an ask off the queue whose answer is being carried out, or was overtaken.</summary>
    public async Task EndAsync(string backlog, WorkItemRef item, string decision, AskState state, ApprovalAnswer answer, DateTimeOffset at, CancellationToken cancellation)
    {
        var ask = await pending.FindAskAsync(backlog, item, decision, cancellation)
            ?? await OpenAsync(new OutcomeRequest(backlog, item, decision, OutcomeState.Asked, at), cancellation);
        if (ask is not { IsSettled: false })
            return;
        await pending.SaveAskAsync(backlog, ask with { State = state, SettledAt = at, By = answer.By, Note = answer.Note, SnoozedUntil = null }, cancellation);
        await ViewKeeper.TouchAsync(store, backlog, time.GetUtcNow(), cancellation);
    }

    /// <summary>What a no refuses: each change that was asked about.</summary>
    private async Task RefuseAsync(string backlog, WorkItemRef item, string decision, ApprovalAnswer no, DateTimeOffset at, CancellationToken cancellation)
    {
        if ((await store.DecisionsAsync(backlog, item, cancellation)).FirstOrDefault(d => d.Id == decision) is not { } asked)
            return;
        await store.SaveOverridesAsync(backlog, item, [.. asked.Changes.Where(c => c.Verdict == Verdict.Ask).Select(c => HumanOverride.Refusing(c.Change, no.By, at) with { Because = no.Note })], cancellation);
    }

    private async Task<Ask?> OpenAsync(OutcomeRequest request, CancellationToken cancellation) =>
        (await store.DecisionsAsync(request.Backlog, request.Item, cancellation)).FirstOrDefault(d => d.Id == request.Decision) is { } decision ? Of(decision, request.At, request.Until) : null;

    /// <param name="until">When it ends by itself; null for one of a sweep, which waits in the list only.</param>
    public static Ask Of(Decision decision, DateTimeOffset at, DateTimeOffset? until = null)
    {
        var asked = decision.Changes.Where(c => c.Verdict == Verdict.Ask).ToList();
        return new Ask
        {
            Item = decision.Item,
            Decision = decision.Id,
            State = AskState.Open,
            OpenedAt = at,
            Until = until,
            Changes = [.. asked.Select(c => c.Change.Describe())],
            Surest = asked.Select(c => c.Confidence).DefaultIfEmpty().Max(),
        };
    }

    private static Ask After(Ask ask, OutcomeRequest request)
    {
        var now = ask with { By = request.Answer?.By ?? ask.By, Note = request.Answer?.Note ?? ask.Note, SnoozedUntil = null };
        return request.State switch
        {
            OutcomeState.Asked => now with { State = AskState.Open, OpenedAt = request.At, Until = request.Until, SettledAt = null },
            OutcomeState.Snoozed => now with { State = AskState.Snoozed, SnoozedUntil = request.Answer?.SnoozeUntil, SettledAt = null },
            OutcomeState.Rejected => now with { State = AskState.Rejected, SettledAt = request.At },
            OutcomeState.Expired => now with { State = AskState.Expired, SettledAt = request.At },
            OutcomeState.Superseded => now with { State = AskState.Withdrawn, SettledAt = request.At },
            _ => now with { State = AskState.Approved, SettledAt = request.At },
        };
    }
}
