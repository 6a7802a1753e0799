using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Waits;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Activities;

/// <summary>
/// Looks whether somebody objects to an announced close, in the tracker itself, and says what is to be done: nothing yet, the close, or that it is called
/// off. Where the tracker cannot be asked nothing is concluded: the look is repeated.
/// </summary>
public sealed class LookAtWait(IBacklogStore store, IPendingStore pending, ItemRefresh refresh, Objecting objecting, CallingOff callingOff) : IActivity<WaitInput, WaitLook>
{
    public static ActivityRef<WaitInput, WaitLook> Ref { get; } = new("LookAtWait", new RetryPolicy(12, TimeSpan.FromSeconds(5)) { MaxDelay = TimeSpan.FromMinutes(15) });

    public async Task<WaitLook> RunAsync(WaitInput input, CancellationToken cancellation)
    {
        if (await pending.FindWaitAsync(input.Backlog, input.Item, input.Decision, cancellation) is not { State: WaitState.Waiting } wait)
            return new WaitLook(WaitState.Done, null);
        var look = await refresh.LookAsync(input.Backlog, input.Item, cancellation);
        if (look.State != LookState.Found)
            return look.State == LookState.Gone
                ? await EndAsync(input, wait, new Veto(WaitState.CalledOff, null, "the item is gone"), null, cancellation)
                : new WaitLook(WaitState.Waiting, Later(wait, input.Now));
        var item = look.Item!;
        var seen = await objecting.LookAsync(input.Backlog, wait, item, input.Now, cancellation);
        if (seen.Veto is { } veto)
            return await EndAsync(input, wait, veto, item, cancellation);
        // The tracker's own time of the notice counts, should its clock differ from ours.
        var due = seen.Notice!.At + (wait.DueAt - wait.NoticeAt);
        return due <= input.Now ? await CloseAsync(input, wait, item, cancellation) : new WaitLook(WaitState.Waiting, due);
    }

    private async Task<WaitLook> CloseAsync(WaitInput input, Wait wait, WorkItem item, CancellationToken cancellation)
    {
        var decision = Ending(input, wait, item, wait.Step, wait.Close, $"The wait after the notice is over and nobody objected: {wait.Close.Describe()}.");
        if (await store.OutcomeAsync(input.Backlog, input.Item, decision.Id, cancellation) is not null)
            return new WaitLook(WaitState.Waiting, Later(wait, input.Now));
        await store.AppendDecisionAsync(input.Backlog, decision, cancellation);
        return new WaitLook(WaitState.Waiting, null, decision.Id, new ApprovalAnswer(true, wait.By));
    }

    private async Task<WaitLook> EndAsync(WaitInput input, Wait wait, Veto veto, WorkItem? item, CancellationToken cancellation)
    {
        var notice = await callingOff.RememberAsync(input.Backlog, wait, veto, item, input.Now, cancellation);
        var said = notice is null ? null : Ending(input, wait, item!, PersonalDecision.Step, notice, $"Called off, because {veto.Why}.");
        if (said is not null)
            await store.AppendDecisionAsync(input.Backlog, said, cancellation);
        // Last: as long as it waits, a look that was cut short is repeated.
        await callingOff.EndAsync(input.Backlog, wait, veto, input.Now, cancellation);
        return new WaitLook(veto.State, null, said?.Id, said is null ? null : new ApprovalAnswer(true, veto.By ?? wait.By));
    }

    /// <summary>One attempt a day, should the first be refused by the tracker or the kill switch.</summary>
    private static Decision Ending(WaitInput input, Wait wait, WorkItem item, string step, Change change, string reason) =>
        PersonalDecision.Of(item, wait.By, input.Now, $"ends|{wait.Decision}|{input.Now:yyyy-MM-dd}", [(step, change)], reason) with { Ends = wait.Decision };

    private static DateTimeOffset Later(Wait wait, DateTimeOffset now) => wait.DueAt > now ? wait.DueAt : now.AddDays(1);
}
