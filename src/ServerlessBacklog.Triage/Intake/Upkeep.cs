using Microsoft.Extensions.Logging;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Alerts;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Outcomes;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Chat;
using ServerlessBacklog.Triage.Notifications;
using ServerlessBacklog.Triage.Privacy;
using ServerlessBacklog.Triage.Rollout;
using ServerlessBacklog.Triage.Settings.Layers;
using ServerlessBacklog.Triage.Waits;
using ServerlessBacklog.Triage.Telemetry;
using ServerlessBacklog.Triage.Views;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Intake;

/// <summary>What timers do, on every host. Each may run late, twice, or beside itself: it starts what is not running and repeats what is idempotent.</summary>
public sealed partial class Upkeep(
    IEnumerable<ITracker> trackers,
    IBacklogStore store,
    LiveBacklogs live,
    IDeliveryStore deliveries,
    IAlarms alarms,
    DeliveryStart starts,
    QueueIntake queue,
    BacklogGauges gauges,
    IPendingStore pending,
    TimeProvider time,
    ILogger<Upkeep> logger,
    PrivacySettings? privacy = null,
    IModelCache? answers = null,
    ConfigurationKeeper? configurations = null,
    Measuring? measuring = null,
    OutcomeLearning? learning = null,
    ViewKeeper? views = null,
    NotificationDesk? notifications = null,
    AskMessages? askMessages = null,
    INotificationStore? sent = null,
    ChatListener? chats = null,
    Watching? watching = null)
{
    /// <summary>Deliveries started in one round; the next round takes the rest.</summary>
    private const int MostStarts = 500;

    /// <summary>Days for which it is kept what was sent.</summary>
    private const int KeptSendDays = 90;

    /// <summary>Settled asks and waits are kept as long as a change can be taken back (FEATURES §4.3); what was decided stays.</summary>
    private const int KeptAskDays = 30;

    /// <summary>A little less than a day, so that a look a day does not slip by an hour each time.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromHours(23);

    private readonly RetentionSettings keep = (privacy ?? new PrivacySettings()).Retention;

    /// <summary>Looks at the configurations in repositories, takes in deliveries that wait in a queue, starts those that are still pending, measures what waits and how old it is, and works views out anew that are out of date.</summary>
    public async Task RecoverAsync(IOrchestrationClient client, CancellationToken cancellation)
    {
        await queue.TakeInAsync(cancellation);
        if (configurations is not null)
            await configurations.RefreshAsync(cancellation);
        await starts.StartPendingAsync(client, MostStarts, cancellation);
        if (chats is not null)
            await chats.GoOnAsync(client, cancellation);
        await gauges.MeasureAsync(live.ListAsync(cancellation).Select(b => b.Name), cancellation);
        await (views?.RefreshDueAsync(cancellation) ?? Task.CompletedTask);
    }

    /// <summary>Brings every backlog in line with its tracker, the one that waits longest first.</summary>
    public async Task ReconcileAsync(IOrchestrationClient client, CancellationToken cancellation)
    {
        var backlogs = new List<(LiveBacklog Backlog, DateTimeOffset? At)>();
        await foreach (var backlog in live.ListAsync(cancellation))
            backlogs.Add((backlog, (await PullChanges.StateAsync(store, backlog.Name, cancellation))?.CompletedAt));
        foreach (var (backlog, _) in backlogs.OrderBy(b => b.At ?? DateTimeOffset.MinValue))
        {
            await client.StartAsync(
                ReconcileBacklog.Ref, InstanceIds.OfReconcile(backlog.Name), new ReconcileInput(backlog.Name, backlog.Source.ToString()) { Trace = Tracing.Current }, cancellation);
        }
    }

    /// <summary>Asks for failed deliveries again and looks whether the trackers still send us any.</summary>
    public async Task RedeliverAsync(CancellationToken cancellation)
    {
        var projects = new List<SourceAddress>();
        await foreach (var backlog in live.ListAsync(cancellation))
            projects.Add(backlog.Source);
        foreach (var tracker in trackers.OfType<ILiveTracker>())
        {
            try
            {
                var report = await tracker.TendHooksAsync([.. projects.Where(p => p.Tracker == tracker.Name).Select(p => p.Location)], cancellation);
                foreach (var alarm in report.Alarms)
                    await alarms.RaiseAsync(alarm, cancellation);
                foreach (var key in report.Cleared)
                    await alarms.ClearAsync(key, cancellation);
                Log.Redelivered(logger, tracker.Name, report.Redelivered, report.Alarms.Count);
            }
            catch (Exception fault) when (fault is UserErrorException or BudgetExhaustedException or HttpRequestException)
            {
                // The other trackers have nothing to do with it; half an hour later it is tried again.
                Log.NotTended(logger, tracker.Name, fault.Message);
            }
        }
    }

    /// <summary>Examines what is out of date in every backlog.</summary>
    public async Task SweepAsync(IOrchestrationClient client, CancellationToken cancellation)
    {
        foreach (var backlog in await store.BacklogsAsync(cancellation))
            await client.StartAsync(SweepBacklog.Ref, InstanceIds.OfSweep(backlog), new SweepInput(backlog) { Trace = Tracing.Current }, cancellation);
    }

    /// <summary>
    /// Starts the wait of each close that was announced, once a day for those that are more than a week away, and has asks that were put off asked again.
    /// </summary>
    public async Task LookAtWaitsAsync(IOrchestrationClient client, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        foreach (var backlog in await store.BacklogsAsync(cancellation))
        {
            foreach (var wait in (await pending.WaitsAsync(backlog, cancellation)).Where(w => w.State == WaitState.Waiting))
            {
                var id = InstanceIds.OfWait(backlog, wait.Item, wait.Decision);
                if (await client.FindAsync(id, cancellation) is not { } state || (state.HasEnded && now - state.UpdatedAt >= BetweenLooks))
                    await client.StartAsync(WaitForVeto.Ref, id, new WaitInput(backlog, wait.Item, wait.Decision, now) { Trace = Tracing.Current }, cancellation);
            }

            foreach (var ask in (await pending.AsksAsync(backlog, cancellation)).Where(a => a.State == AskState.Snoozed && a.SnoozedUntil <= now))
                await WakeAsync(client, backlog, ask, now, cancellation);
        }
    }

    /// <summary>One of a sweep is back in the list; one of a triage is asked by a triage again, which takes the place of its row.</summary>
    private async Task WakeAsync(IOrchestrationClient client, string backlog, Ask ask, DateTimeOffset now, CancellationToken cancellation)
    {
        await ViewKeeper.TouchAsync(store, backlog, now, cancellation);
        if (ask.Until is null)
        {
            await pending.SaveAskAsync(backlog, ask with { State = AskState.Open, SnoozedUntil = null }, cancellation);
            return;
        }

        await pending.SaveAskAsync(backlog, ask with { State = AskState.Withdrawn, SnoozedUntil = null, SettledAt = now }, cancellation);
        if (await store.FindStampsAsync(backlog, [ask.Item], cancellation) is [var stamp])
            await ItemTriage.StartAsync(client, backlog, ask.Item, stamp.ContentHash, cancellation);
    }

    /// <summary>Looks for what is late and what rests, and sends what is due: digests, what was held in quiet hours, what is to be tried again, and new questions.</summary>
    public async Task NotifyAsync(CancellationToken cancellation)
    {
        foreach (var backlog in notifications is null ? [] : await store.BacklogsAsync(cancellation))
        {
            await (watching?.RunAsync(backlog, cancellation) ?? Task.CompletedTask);
            if (askMessages is not null)
                await AloneAsync(() => askMessages.TellAsync(backlog, cancellation), cancellation);
            await AloneAsync(() => notifications!.RunAsync(backlog, cancellation), cancellation);
        }
    }

    /// <summary>What fails of one backlog keeps nothing from the others; the next round tries again.</summary>
    private async Task AloneAsync(Func<Task> work, CancellationToken cancellation)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            Log.NotSent(logger, fault);
        }
    }

    /// <summary>Learns from what people made of proposals, backlog by backlog.</summary>
    public async Task LearnAsync(CancellationToken cancellation)
    {
        foreach (var backlog in learning is null ? [] : await store.BacklogsAsync(cancellation))
            await learning!.RunAsync(backlog, cancellation);
    }

    /// <summary>Measures each backlog for the figures of its week, forgets deliveries that no tracker sends again, and what models answered long ago.</summary>
    public async Task HousekeepAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await deliveries.PurgeAsync(now.AddDays(-keep.DeliveryDays), cancellation);
        foreach (var backlog in measuring is null ? [] : await store.BacklogsAsync(cancellation))
            await measuring!.MeasureAsync(backlog, cancellation);
        foreach (var backlog in await store.BacklogsAsync(cancellation))
            await pending.PurgeAsync(backlog, now.AddDays(-KeptAskDays), cancellation);
        foreach (var backlog in watching is null ? [] : await store.BacklogsAsync(cancellation))
            await watching!.PurgeAsync(backlog, cancellation);
        foreach (var backlog in sent is null ? [] : await store.BacklogsAsync(cancellation))
            await sent!.PurgeAsync(backlog, now.AddDays(-KeptSendDays), cancellation);
        foreach (var backlog in answers is null ? [] : await store.BacklogsAsync(cancellation))
            await answers!.PurgeAsync(backlog, now.AddDays(-keep.AnswerDays), cancellation);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Webhooks of {Tracker}: {Redelivered} asked for again, {Alarms} alarms.")]
        public static partial void Redelivered(ILogger logger, string tracker, int redelivered, int alarms);

        [LoggerMessage(3, LogLevel.Error, "The messages of a backlog could not be looked after; the next round tries again.")]
        public static partial void NotSent(ILogger logger, Exception fault);

        [LoggerMessage(2, LogLevel.Warning, "The webhooks of {Tracker} could not be looked after: {Why}")]
        public static partial void NotTended(ILogger logger, string tracker, string why);
    }
}
