using System.Diagnostics;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Telemetry;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Activities;

/// <summary>
/// Finds items that are held for open and that the tracker does not list as open: deleted or moved ones show in no list of changes. Each is
/// looked at by itself before anything is believed of it.
/// </summary>
public sealed class FindMissing(IEnumerable<ITracker> trackers, IBacklogStore store, ItemRefresh refresh)
    : IActivity<MissingRequest, MissingItems>
{
    /// <summary>Looks in one run; the others wait for the next.</summary>
    private const int MostLooks = 200;

    public static ActivityRef<MissingRequest, MissingItems> Ref { get; } = new("FindMissing", new RetryPolicy(4, TimeSpan.FromSeconds(5)));

    public async Task<MissingItems> RunAsync(MissingRequest request, CancellationToken cancellation)
    {
        var source = SourceAddress.Parse(request.Source);
        var tracker = trackers.OfType<ILiveTracker>().First(t => t.Name == source.Tracker);
        using var share = BudgetShare.Scheduled();
        var removed = 0;
        var left = 0;
        try
        {
            // What is held is read first: an item that is opened meanwhile is on neither list.
            var held = new List<WorkItemRef>();
            await foreach (var item in store.ItemsAsync(request.Backlog, cancellation))
            {
                if (item is { IsOpen: true, Kind: WorkItemKind.Item } && item.Ref.Tracker == source.Tracker && item.Ref.Project == source.Location)
                    held.Add(item.Ref);
            }

            var open = await tracker.ListOpenAsync(source.Location, cancellation);
            var missing = held.Where(i => !open.Contains(i)).ToList();
            left = missing.Count;
            foreach (var item in missing.Take(MostLooks))
            {
                var look = await refresh.LookAsync(request.Backlog, item, cancellation);
                if (look.State == LookState.Gone || look.Item is { IsOpen: false })
                    removed++;
                left--;
            }
        }
        catch (BudgetExhaustedException exhausted)
        {
            return new MissingItems(removed, exhausted.Until, left);
        }

        return new MissingItems(removed, null, left);
    }
}

public sealed record MissingRequest(string Backlog, string Source) : ITraced
{
    public string? Trace { get; init; }

    void ITraced.Describe(Activity span) => span.SetTag(SpanTags.Backlog, Backlog);
}

/// <param name="StoppedUntil">Set when the budget is used up: until when.</param>
/// <param name="Left">Items that are still to be looked at.</param>
public sealed record MissingItems(int Removed, DateTimeOffset? StoppedUntil, int Left);
