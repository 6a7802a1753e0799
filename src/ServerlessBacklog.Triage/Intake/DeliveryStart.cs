using Microsoft.Extensions.Logging;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Commands;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings.Layers;
using ServerlessBacklog.Triage.Statuses;
using ServerlessBacklog.Triage.Telemetry;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Intake;

/// <summary>
/// Brings what a pending delivery tells into the store, starts the triage of its item, and marks it started. Doing so twice does no harm:
/// the second one finds the same content. A delivery that fails time and again is put aside and shown.
/// </summary>
public sealed partial class DeliveryStart(
    IEnumerable<ITracker> trackers, IBacklogStore store, BacklogNames names, IDeliveryStore deliveries, CommandDesk commands, AuditTrail audit, ILogger<DeliveryStart> logger,
    ConfigurationKeeper? configurations = null, Ripple? ripple = null) : IDisposable
{
    /// <summary>Tries after which a delivery counts as failed.</summary>
    public const int MaxTries = 10;

    private const int AtOnce = 8;

    private readonly Dictionary<string, ITrackerHooks> hooks = trackers.OfType<ILiveTracker>().ToDictionary(t => t.Name, t => t.Hooks);

    private readonly SignDesk signs = new(store, new LiveBacklogs(trackers, store));

    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>
    /// Starts those that wait, the oldest first. One round at a time in a process: two would take the same ones, and begin their triage anew.
    /// </summary>
    /// <returns>How many were started.</returns>
    public async Task<int> StartPendingAsync(IOrchestrationClient client, int top, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return await StartRoundAsync(client, top, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    /// <returns>False when it stays pending or is put aside.</returns>
    public async Task<bool> StartAsync(IOrchestrationClient client, Delivery delivery, CancellationToken cancellation)
    {
        // The trace that was stored with it, whoever starts it and whenever.
        using var span = Tracing.Begin("start delivery", delivery.Trace);
        span?.About(delivery.Backlog, delivery.Item).SetTag(SpanTags.Tracker, delivery.Tracker).SetTag(SpanTags.Delivery, delivery.Id);
        try
        {
            await BringInAsync(client, delivery, cancellation);
            await deliveries.MarkAsync(delivery, DeliveryState.Started, null, cancellation);
            return true;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            span?.Fail(fault);
            Log.NotStarted(logger, delivery.Tracker, delivery.Id, fault.GetType().Name);
            var why = fault is UserErrorException or BadHookException ? fault.Message : $"a fault of this program ({fault.GetType().Name})";
            if (await deliveries.CountTryAsync(delivery, why, cancellation) < MaxTries)
                return false;
            await deliveries.MarkAsync(delivery, DeliveryState.Failed, why, cancellation);
            BacklogMetrics.PutAside(delivery.Tracker);
            return false;
        }
    }

    private async Task<int> StartRoundAsync(IOrchestrationClient client, int top, CancellationToken cancellation)
    {
        var started = 0;
        // News of one item go one after the other, in the order in which they came.
        var byItem = (await deliveries.PendingAsync(top, cancellation)).GroupBy(d => (d.Backlog, d.Item));
        await Parallel.ForEachAsync(byItem, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (group, stop) =>
        {
            foreach (var delivery in group)
            {
                if (await StartAsync(client, delivery, stop))
                    Interlocked.Increment(ref started);
            }
        });
        return started;
    }

    private async Task BringInAsync(IOrchestrationClient client, Delivery delivery, CancellationToken cancellation)
    {
        if (delivery.Item is not { } item)
        {
            await BringInAsync(client, delivery, hooks[delivery.Tracker].Read(KeptHeaders.RequestOf(delivery)), cancellation);
            return;
        }

        var backlog = await names.OfAsync(delivery.Tracker, delivery.Backlog!, cancellation);
        if (delivery.Body.IsEmpty)
        {
            await TriageAsync(client, backlog, item, cancellation);
            return;
        }

        var told = hooks[delivery.Tracker].Read(KeptHeaders.RequestOf(delivery));
        if (await ByPeopleAsync(backlog, item, told.Overrides, cancellation) is { Count: > 0 } overrides)
        {
            await store.SaveOverridesAsync(backlog, item, overrides, cancellation);
            await audit.OverriddenAsync(backlog, item, overrides, delivery.Trace, cancellation);
        }

        var (before, after) = ((WorkItem?)null, (WorkItem?)null);
        var change = await store.UpdateItemAsync(backlog, item, known =>
        {
            before = known.Item;
            var update = ItemMerge.Of(known, told);
            after = update.Item;
            return update;
        }, cancellation);
        await TakeSignsAsync(client, await signs.TakeAsync(backlog, told.Signs, cancellation), cancellation);
        if (after is not null && (told.At ?? after.UpdatedAt) is { } at)
            await TakeSignsAsync(client, await signs.TellParentsAsync(backlog, before, after, at, cancellation), cancellation);
        foreach (var other in told.Others)
            await TriageAsync(client, await names.OfAsync(other.Tracker, other.Project, cancellation), other, cancellation);
        // Others that rest on it are scored again at once; what we did ourselves waits for the sweep, so that two of our changes never chase each other.
        foreach (var other in after is null || told.IsOwn || ripple is null ? [] : await ripple.TellAsync(backlog, before, after, cancellation))
        {
            // Its own content is the same: one that is under way must not take this for what it knows.
            await ItemTriage.StartAsync(client, backlog, other, $"told by {ContentHash.Of(after!)}", cancellation);
        }

        if (told is { IsNewComment: true, IsOwn: false, Comment: { IsOurs: false, Author.IsBot: false } said } && CommandText.Find(said.Body).Count == 0)
            await commands.HearAuthorAsync(client, backlog, item, said, cancellation);
        if (told is { IsNewComment: true, IsOwn: false, Comment: { IsOurs: false, Author.IsBot: false, IsCommand: true } comment } && CommandText.Find(comment.Body).Count > 0)
        {
            // What is asked stays asked while people answer it; what they decided is decided with.
            if (await commands.HearAsync(client, backlog, item, comment, cancellation))
                await TriageAsync(client, backlog, item, cancellation);
            return;
        }

        // What we did ourselves is no news. What another bot did is none to begin with, but withdraws an ask that it overtakes.
        if (told.IsOwn || told.Comment is { IsOurs: true })
            return;
        if (told.Actor is { IsBot: true } || told.Kind == EventKind.Removed)
            await client.RaiseAsync(InstanceIds.OfItem(backlog, item), NewRevision.EventName, new NewRevision(change.Now ?? "") { Trace = Tracing.Current }, cancellation);
        else
            await TriageAsync(client, backlog, item, cancellation);
    }

    /// <summary>What is told of no item: of a configuration, or of work on items that are to be found.</summary>
    private async Task BringInAsync(IOrchestrationClient client, Delivery delivery, TrackerEvent told, CancellationToken cancellation)
    {
        if (told.Signs.Count > 0)
            await TakeSignsAsync(client, await signs.TakeAsync(await names.OfAsync(delivery.Tracker, delivery.Backlog!, cancellation), told.Signs, cancellation), cancellation);
        else if (configurations is not null)
            await configurations.ToldAsync(delivery.Tracker, delivery.Backlog!, cancellation);
    }

    private async Task TakeSignsAsync(IOrchestrationClient client, IReadOnlyList<SignedItem> changed, CancellationToken cancellation)
    {
        foreach (var (backlog, item) in changed)
            await TriageAsync(client, backlog, item, cancellation);
    }

    /// <summary>Under an account that the tracker takes for a person's our own moves look like theirs.</summary>
    private async Task<IReadOnlyList<HumanOverride>> ByPeopleAsync(string backlog, WorkItemRef item, IReadOnlyList<HumanOverride> told, CancellationToken cancellation) =>
        told.Any(OwnMoves.MayBe) ? OwnMoves.Without(told, await store.OutcomesAsync(backlog, item, cancellation)) : told;

    private async Task TriageAsync(IOrchestrationClient client, string backlog, WorkItemRef item, CancellationToken cancellation)
    {
        // An item that is not stored yet is looked at by its triage.
        var stored = await store.FindItemsAsync(backlog, [item], cancellation);
        if (stored is [{ Kind: WorkItemKind.PullRequest }])
            return;
        if (await ItemTriage.StartAsync(client, backlog, item, stored is [var found] ? ContentHash.Of(found) : "", cancellation) == TriageStart.Busy)
            throw new InvalidOperationException($"The triage of {item} could be neither started nor told.");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The delivery {Id} of {Tracker} could not be started: {Fault}.")]
        public static partial void NotStarted(ILogger logger, string tracker, string id, string fault);
    }
}
