using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Intake;

/// <summary>
/// Looks at an item in its tracker and stores what is there: webhooks come late, twice, out of order or not at all, so that what is
/// examined, and what is written to, is the item as it is now.
/// </summary>
public sealed class ItemRefresh(IEnumerable<ITracker> trackers, IBacklogStore store, TimeProvider time)
{
    public ILiveTracker? TrackerOf(WorkItemRef item) => trackers.OfType<ILiveTracker>().FirstOrDefault(t => t.Name == item.Tracker);

    /// <returns>The item as it is now; <see cref="LookState.NotReadable"/> where its tracker cannot be asked, and what is stored has to do.</returns>
    public async Task<ItemLook> LookAsync(string backlog, WorkItemRef item, CancellationToken cancellation)
    {
        if (TrackerOf(item) is not { } tracker)
            return new ItemLook(LookState.NotReadable, Why: $"'{item.Tracker}' can only be read as a whole");
        var look = await tracker.LookAsync(item, cancellation);
        switch (look.State)
        {
            case LookState.Found:
                var change = await store.UpdateItemAsync(backlog, item, known => ItemMerge.Of(known, look.Item!), cancellation);
                // Stored differently: with pseudonyms for people who were erased, or newer already. What is examined is what is stored.
                return change.Now != ContentHash.Of(look.Item!) && await store.FindItemsAsync(backlog, [item], cancellation) is [var stored] ? look with { Item = stored } : look;
            case LookState.Gone:
                await store.UpdateItemAsync(backlog, item, known => known.Item is null ? ItemUpdate.Nothing : ItemUpdate.Remove(time.GetUtcNow()), cancellation);
                break;
        }

        return look;
    }

    /// <summary>As <see cref="LookAsync"/>, for those who can go on with what is stored: a tracker that cannot be asked now is no fault.</summary>
    public async Task TryAsync(string backlog, WorkItemRef item, CancellationToken cancellation)
    {
        try
        {
            await LookAsync(backlog, item, cancellation);
        }
        catch (Exception fault) when (fault is BudgetExhaustedException or UserErrorException or HttpRequestException)
        {
            // What is stored is examined; the reconcile brings in what was missed.
        }
    }
}
