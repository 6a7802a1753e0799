using System.Text.Json;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Activities;

/// <summary>
/// Reads one page of what changed in a tracker since the last time, with overlap, or of all there is the first time. How far it got is
/// kept: a run that meets a budget is incomplete, and the next one goes on where it stopped. What changed without a webhook having told is
/// made a pending delivery, so that it is triaged as if one had.
/// </summary>
public sealed class PullChanges(IEnumerable<ITracker> trackers, IBacklogStore store, IDeliveryStore deliveries, IAlarms alarms, TimeProvider time)
    : IActivity<PullRequest, PulledPage>
{
    /// <summary>Read again each time: a webhook may be on its way, and clocks differ.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <summary>Incomplete runs in a row after which a person is told.</summary>
    private const int AlarmAfter = 2;

    public static ActivityRef<PullRequest, PulledPage> Ref { get; } = new("PullChanges", new RetryPolicy(4, TimeSpan.FromSeconds(5)));

    /// <summary>Cursor that says how far a backlog has been read.</summary>
    public const string StateCursor = "pulled";

    public async Task<PulledPage> RunAsync(PullRequest request, CancellationToken cancellation)
    {
        var source = SourceAddress.Parse(request.Source);
        var tracker = trackers.OfType<ILiveTracker>().FirstOrDefault(t => t.Name == source.Tracker)
            ?? throw new UserErrorException($"'{source.Tracker}' cannot be read page by page.");
        var state = await StateAsync(store, request.Backlog, cancellation) ?? new PullState();
        // A run begins anew or goes on with one that was stopped; either way what changes from now on is the next one's.
        state = state.RunStartedAt is null ? state with { RunStartedAt = time.GetUtcNow() } : state;
        using var share = request.IsScheduled ? BudgetShare.Scheduled() : null;
        TrackerPage page;
        try
        {
            page = await tracker.ReadPageAsync(new TrackerPageRequest(source.Location, state.Since, state.Continuation), cancellation);
        }
        catch (BudgetExhaustedException exhausted)
        {
            return await StopAsync(request, state, exhausted, cancellation);
        }

        var counts = await SaveAsync(request, page, isFirst: state.Since is null, cancellation);
        state = page.Next is not null
            ? state with { Continuation = page.Next, Left = page.Left, StoppedUntil = null }
            : new PullState { Since = state.RunStartedAt - Overlap, CompletedAt = time.GetUtcNow() };
        await SaveStateAsync(request.Backlog, state, cancellation);
        if (page.Next is null)
            await alarms.ClearAsync(AlarmKey(request.Backlog), cancellation);
        return counts with { IsLast = page.Next is null, Left = page.Left, Problems = page.Problems };
    }

    public static async Task<PullState?> StateAsync(IBacklogStore store, string backlog, CancellationToken cancellation) =>
        await store.CursorAsync(backlog, StateCursor, cancellation) is { Length: > 0 } json ? JsonSerializer.Deserialize<PullState>(json) : null;

    private async Task<PulledPage> SaveAsync(PullRequest request, TrackerPage page, bool isFirst, CancellationToken cancellation)
    {
        var counts = new PulledPage();
        var stamps = (await store.FindStampsAsync(request.Backlog, [.. page.Items.Select(i => i.Ref)], cancellation)).ToDictionary(s => s.Item, s => s.ContentHash);
        if (isFirst && stamps.Count == 0)
        {
            // The first reading of a backlog: nothing is there to be merged with, and a sweep examines it.
            var saved = await store.SaveItemsAsync(request.Backlog, page.Items, cancellation);
            return counts with { New = saved.New.Count, Changed = saved.Changed.Count, Same = saved.Same };
        }

        foreach (var item in page.Items)
        {
            if (!isFirst && request.IsScheduled)
                await AnnounceAsync(request, item, stamps.GetValueOrDefault(item.Ref), cancellation);
            var change = await store.UpdateItemAsync(request.Backlog, item.Ref, known => ItemMerge.OfPage(known, item), cancellation);
            counts = change switch
            {
                { IsChange: false } => counts with { Same = counts.Same + 1 },
                { Before: null } => counts with { New = counts.New + 1 },
                _ => counts with { Changed = counts.Changed + 1 },
            };
        }

        foreach (var gone in page.Gone)
            await store.UpdateItemAsync(request.Backlog, gone, known => known.Item is null ? ItemUpdate.Nothing : ItemUpdate.Remove(time.GetUtcNow()), cancellation);
        return counts;
    }

    /// <summary>Before the item is stored: a run that dies between the two finds it changed again, and the same delivery there.</summary>
    private async Task AnnounceAsync(PullRequest request, WorkItem item, string? stored, CancellationToken cancellation)
    {
        var now = ContentHash.Of(item);
        if (now == stored || item.Kind != WorkItemKind.Item)
            return;
        await deliveries.AddAsync(new Delivery
        {
            Tracker = item.Ref.Tracker,
            Id = $"reconcile:{item.Ref}:{now}",
            Event = "reconcile",
            ReceivedAt = time.GetUtcNow(),
            State = DeliveryState.Pending,
            Backlog = item.Ref.Project,
            Item = item.Ref,
            Trace = Tracing.Current,
        }, cancellation);
    }

    private async Task<PulledPage> StopAsync(PullRequest request, PullState state, BudgetExhaustedException exhausted, CancellationToken cancellation)
    {
        var runs = state.IncompleteRuns + 1;
        await SaveStateAsync(request.Backlog, state with { IncompleteRuns = runs, StoppedUntil = exhausted.Until }, cancellation);
        if (runs >= AlarmAfter)
        {
            await alarms.RaiseAsync(
                new Alarm(
                    AlarmKey(request.Backlog),
                    $"Reading {request.Source} met its budget {runs} times in a row{Rest(state.Left)}. It goes on where it stopped; give it a token of its own, or fewer backlogs.",
                    time.GetUtcNow()),
                cancellation);
        }

        return new PulledPage { IsLast = true, StoppedUntil = exhausted.Until, Why = exhausted.Message, Left = state.Left };
    }

    private static string Rest(int? left) => left is > 0 ? $"; about {left:N0} items are left" : "";

    private Task SaveStateAsync(string backlog, PullState state, CancellationToken cancellation) =>
        store.SetCursorAsync(backlog, StateCursor, JsonSerializer.Serialize(state), cancellation);

    private static string AlarmKey(string backlog) => $"incomplete:{backlog}";
}

/// <summary>How far a backlog has been read from its tracker.</summary>
public sealed record PullState
{
    /// <summary>The next run reads what changed at or after this moment; null when all has not been read once yet.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Where a run that is under way, or was stopped, goes on.</summary>
    public string? Continuation { get; init; }

    /// <summary>When the run that is under way began.</summary>
    public DateTimeOffset? RunStartedAt { get; init; }

    /// <summary>When all was read last.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Runs in a row that met a budget before their end.</summary>
    public int IncompleteRuns { get; init; }

    /// <summary>Until when the budget is used up.</summary>
    public DateTimeOffset? StoppedUntil { get; init; }

    /// <summary>Items that are not read yet, as far as the tracker tells.</summary>
    public int? Left { get; init; }
}
