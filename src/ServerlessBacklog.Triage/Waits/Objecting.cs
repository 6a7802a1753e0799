using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Waits;

/// <summary>Asks the tracker whether somebody objects to an announced close, with what that takes: the notice, who is against it, and whether they may be.</summary>
public sealed class Objecting(IBacklogStore store, IPendingStore pending, KeptSettings kept, ItemRefresh refresh, TrackerRoles roles)
{
    /// <param name="item">As it is in its tracker now.</param>
    public async Task<ObjectionLook> LookAsync(string backlog, Wait wait, WorkItem item, DateTimeOffset now, CancellationToken cancellation)
    {
        var settings = await kept.OfAsync(backlog, cancellation);
        var notice = await refresh.TrackerOf(item.Ref)!.FindNoticeAsync(item.Ref, Notice.Name(wait.Decision), cancellation);
        var overrides = await store.OverridesAsync(backlog, item.Ref, cancellation);
        var against = notice is null ? [] : await MayObjectAsync(item, notice.Against, cancellation);
        return new ObjectionLook(notice, Veto.Find(wait, item, notice, against, overrides, settings.Waits, now) ?? WhySpared(wait, item, settings));
    }

    /// <summary>The last look, right before the close is made: why it may not be, in one clause; null when it may, or the decision ends no wait.</summary>
    public async Task<string?> WhyNotAsync(string backlog, Decision decision, WorkItem item, DateTimeOffset now, CancellationToken cancellation)
    {
        if (decision.Ends is not { } announced || !decision.Changes.Any(c => c.Change is Close))
            return null;
        if (await pending.FindWaitAsync(backlog, item.Ref, announced, cancellation) is not { State: WaitState.Waiting } wait)
            return "the wait before it was ended meanwhile";
        return (await LookAsync(backlog, wait, item, now, cancellation)).Veto?.Why;
    }

    private async Task<IReadOnlyList<Person>> MayObjectAsync(WorkItem item, IReadOnlyList<Person> against, CancellationToken cancellation)
    {
        var may = new List<Person>();
        foreach (var person in against)
        {
            if (person.Equals(item.Reporter) || await roles.OfAsync(item.Ref, person, cancellation) >= TrackerRole.Triager)
                may.Add(person);
        }

        return may;
    }

    /// <summary>What would spare the item now that it did not then.</summary>
    private static Veto? WhySpared(Wait wait, WorkItem item, TriageSettings settings) =>
        wait.Step == StepName.Staleness && StaleExemption.Of(item, TextSignal.Find(item.Title, item.Body), settings.Staleness) is [var reason, ..]
            ? new Veto(WaitState.CalledOff, null, $"it is spared now: {reason}")
            : null;
}

/// <param name="Notice">As it stands on the item; null when it is not there.</param>
/// <param name="Veto">What stops the close; null when nothing does.</param>
public sealed record ObjectionLook(NoticeLook? Notice, Veto? Veto);
