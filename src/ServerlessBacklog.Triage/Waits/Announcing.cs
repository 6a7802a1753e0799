using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Waits;

/// <summary>Turns an approved close into its notice: on top of the approval everybody else may object before it is made (FEATURES §4.3).</summary>
public sealed class Announcing(IPendingStore pending, KeptSettings kept)
{
    /// <summary>The wait that stands before a change; null where it is made at once.</summary>
    public async Task<Wait?> WaitForAsync(ApplyRequest request, Decision decision, string step, Change change, WorkItem item, CancellationToken cancellation)
    {
        if (change is not Close close || decision.Ends is not null || decision.Undoes is not null || request.Answer is not { } answer)
            return null;
        var waits = (await kept.OfAsync(request.Backlog, cancellation)).Waits;
        var days = Notice.Days(close, waits);
        return days == 0 ? null : new Wait
        {
            Item = item.Ref,
            Decision = decision.Id,
            Close = close,
            Step = step,
            By = answer.By,
            NoticeAt = request.At,
            DueAt = request.At.AddDays(days),
            Text = Notice.TextOf(item),
            State = WaitState.Waiting,
        };
    }

    /// <summary>The notice, or null with the reason why none can be given: then nothing is closed either.</summary>
    public async Task<(GiveNotice? Notice, string? Why)> NoticeAsync(string backlog, WorkItem item, Wait wait, CancellationToken cancellation)
    {
        var said = Notice.Of(item, wait, (await kept.OfAsync(backlog, cancellation)).Waits);
        return said.Text is { } text ? (new GiveNotice(Notice.Name(wait.Decision), text), null) : (null, $"its notice cannot be given: {said.Why}");
    }

    /// <summary>The notice stands: from now on it waits. One that was written down before stays as it is.</summary>
    public async Task BeginAsync(string backlog, Wait wait, CancellationToken cancellation)
    {
        if (await pending.FindWaitAsync(backlog, wait.Item, wait.Decision, cancellation) is null)
            await pending.SaveWaitAsync(backlog, wait, cancellation);
    }
}
