using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Approvals;

/// <summary>
/// Takes a person's answer to an ask, from whatever channel: a yes, a yes to a part or with other values, a no with its reason, or "later". The first answer
/// counts. One that comes twice, late, or after the item changed is told so and does nothing. Whether the person may answer is asked before (<see cref="TrackerRoles"/>).
/// </summary>
public sealed class AnswerDesk(IBacklogStore store, IPendingStore pending, AskBook book, TimeProvider time)
{
    /// <param name="decision">Id of the decision that asks; null for the one that is open on the item.</param>
    public async Task<AnswerReply> AnswerAsync(
        IOrchestrationClient client, string backlog, WorkItemRef item, string? decision, ApprovalAnswer answer, CancellationToken cancellation)
    {
        if (answer is { Approved: false, SnoozeUntil: null } && string.IsNullOrWhiteSpace(answer.Note))
            return AnswerReply.Wrong("A no needs its reason: the system learns from it.");
        if (answer.SnoozeUntil is { } later && later <= time.GetUtcNow())
            return AnswerReply.Wrong("What is put off has to be put off to a later day.");
        var decisions = await OfTriageAsync(backlog, item, cancellation);
        var asked = await AskedAsync(client, backlog, item, decision, cancellation);
        if (asked is null)
            return AnswerReply.NotAsked(decision is null ? $"Nothing is decided on {item} yet." : $"There is no decision {decision} on {item}.");
        var ask = await pending.FindAskAsync(backlog, item, asked.Id, cancellation);
        if (ask is { IsSettled: true })
            return AnswerReply.Late(asked.Id, Settled(ask));
        if (asked.Verdict != Verdict.Ask)
            return AnswerReply.NotAsked($"Nothing is asked on {item}: {asked.Reason}");
        if (WhyWrong(asked, answer) is { } wrong)
            return AnswerReply.Wrong(wrong);
        var running = await client.FindAsync(InstanceIds.OfItem(backlog, item), cancellation) is { HasEnded: false };
        return await WaitingForAsync(client, backlog, item, cancellation) == asked.Id ? await TellAsync(client, backlog, asked, answer, cancellation)
            : asked.Id != decisions[0].Id ? AnswerReply.Late(asked.Id, "the item has been decided on anew since")
            : ask is { State: AskState.Open, Until: { } until } && until <= time.GetUtcNow() ? AnswerReply.Late(asked.Id, $"it ran out on {until:yyyy-MM-dd}, and nothing was done")
            : ask is { State: AskState.Open, Until: not null } && running ? AnswerReply.Late(asked.Id, "the item is just being looked at again; ask once more in a minute")
            : await BeginAsync(client, backlog, asked, answer, cancellation);
    }

    /// <summary>The decision that an answer without an id is about: the one that is being asked about, else an ask that is open, else the newest.</summary>
    public async Task<Decision?> AskedAsync(IOrchestrationClient client, string backlog, WorkItemRef item, string? decision, CancellationToken cancellation)
    {
        var decisions = await OfTriageAsync(backlog, item, cancellation);
        if (decision is not null)
            return decisions.FirstOrDefault(d => d.Id == decision);
        var waiting = await WaitingForAsync(client, backlog, item, cancellation)
            ?? (await pending.AsksAsync(backlog, item, cancellation)).Where(a => !a.IsSettled).MaxBy(a => a.OpenedAt)?.Decision;
        return decisions.FirstOrDefault(d => d.Id == waiting) ?? decisions.FirstOrDefault();
    }

    private async Task<List<Decision>> OfTriageAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        [.. (await store.DecisionsAsync(backlog, item, cancellation)).Where(d => d.By is null)];

    /// <summary>The decision for whose answer the triage of the item is waiting; null for none.</summary>
    private static async Task<string?> WaitingForAsync(IOrchestrationClient client, string backlog, WorkItemRef item, CancellationToken cancellation) =>
        await client.FindAsync(InstanceIds.OfItem(backlog, item), cancellation) is { HasEnded: false, CustomStatus: { } status } ? WorkflowJson.Read<AskStatus>(status, "status").Decision : null;

    private static async Task<AnswerReply> TellAsync(IOrchestrationClient client, string backlog, Decision asked, ApprovalAnswer answer, CancellationToken cancellation) =>
        await client.RaiseAsync(InstanceIds.OfItem(backlog, asked.Item), ApprovalAnswer.EventName(asked.Id), answer, cancellation) == RaiseAnswer.Delivered
            ? AnswerReply.Taken(asked.Id)
            : AnswerReply.Late(asked.Id, "it was answered, ran out, or was withdrawn a moment ago");

    /// <summary>No instance waits: a sweep asked, or it was put off.</summary>
    private async Task<AnswerReply> BeginAsync(IOrchestrationClient client, string backlog, Decision asked, ApprovalAnswer answer, CancellationToken cancellation)
    {
        if (answer.Approved && answer.SnoozeUntil is null)
        {
            var id = InstanceIds.OfCarryOut(backlog, asked.Item, asked.Id);
            if (await client.StartAsync(CarryOut.Ref, id, new CarryOutInput(backlog, asked.Item, asked.Id, answer) { Trace = Tracing.Current }, cancellation) != StartAnswer.Started)
                return AnswerReply.Late(asked.Id, "an answer is being carried out already");
            await book.EndAsync(backlog, asked.Item, asked.Id, AskState.Approved, answer, time.GetUtcNow(), cancellation);
        }
        else
        {
            var state = answer.SnoozeUntil is null ? OutcomeState.Rejected : OutcomeState.Snoozed;
            await book.NoteAsync(new OutcomeRequest(backlog, asked.Item, asked.Id, state, time.GetUtcNow(), answer), cancellation);
        }

        return AnswerReply.Taken(asked.Id);
    }

    /// <summary>An answer may choose among what is asked and set another value; it may not slip in what was not asked.</summary>
    private static string? WhyWrong(Decision asked, ApprovalAnswer answer)
    {
        var open = asked.Changes.Where(c => c.Verdict == Verdict.Ask).Select(c => c.Change).ToList();
        if (answer.Only is { Count: 0 })
            return "An answer to a part names the changes; without that it is to all of them.";
        if (answer.Only?.FirstOrDefault(s => open.TrueForAll(c => c.Slot != s)) is { } unknown)
            return $"'{unknown}' is not among what is asked: {string.Join(", ", open.Select(c => c.Slot))}.";
        if (answer.With?.FirstOrDefault(w => open.Find(c => c.Slot == w.Slot)?.GetType() != w.GetType()) is { } other)
            return $"'{other.Describe()}' changes nothing of what is asked: {string.Join(", ", open.Select(c => c.Describe()))}.";
        return null;
    }

    private static string Settled(Ask ask) => ask.State switch
    {
        AskState.Approved => $"{ask.By} has approved it on {ask.SettledAt:yyyy-MM-dd}",
        AskState.Rejected => $"{ask.By} has rejected it on {ask.SettledAt:yyyy-MM-dd}",
        AskState.Expired => $"it ran out on {ask.SettledAt:yyyy-MM-dd}, and nothing was done",
        _ => "it was withdrawn, because the item changed",
    };
}

/// <param name="Kind">What became of the answer.</param>
/// <param name="Decision">The decision that was answered; null where none was found.</param>
/// <param name="Why">For people; null when it was taken.</param>
public sealed record AnswerReply(AnswerKind Kind, string? Decision, string? Why)
{
    public static AnswerReply Taken(string decision) => new(AnswerKind.Taken, decision, null);

    public static AnswerReply NotAsked(string why) => new(AnswerKind.NotAsked, null, why);

    /// <param name="why">A clause.</param>
    public static AnswerReply Late(string decision, string why) => new(AnswerKind.Late, decision, $"That is settled: {why}.");

    public static AnswerReply Wrong(string why) => new(AnswerKind.Wrong, null, why);
}

public enum AnswerKind
{
    /// <summary>It is being carried out, or written down.</summary>
    Taken,

    /// <summary>Nothing of the kind is asked.</summary>
    NotAsked,

    /// <summary>Answered, run out or withdrawn before.</summary>
    Late,

    /// <summary>The answer does not fit the question.</summary>
    Wrong,
}
