using ServerlessBacklog.Adapters.Live;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.LocalHost.Demo;
using ServerlessBacklog.LocalHost.Pages;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Runs;

/// <summary>Gathers what goes on from the rows that are stored: the deliveries, and what was decided and done about their items.</summary>
internal sealed class LiveLook(IBacklogStore store, IDeliveryStore deliveries, IAlarms alarms, IWriteStop writes, TimeProvider time, IServiceProvider services)
{
    private const int MostDeliveries = 120;
    private const int MostItems = 15;
    private const int MostOthers = 30;

    public async Task<LiveView> ReadAsync(CancellationToken cancellation)
    {
        var recent = await deliveries.RecentAsync(MostDeliveries, cancellation);
        var backlogs = await BacklogsAsync(cancellation);
        var items = new List<LiveItem>();
        foreach (var told in recent.Where(IsNews).GroupBy(d => (Source: new SourceAddress(d.Tracker, d.Backlog!).ToString(), Item: d.Item!)).Take(MostItems))
        {
            if (backlogs.TryGetValue(told.Key.Source, out var backlog))
                items.Add(await ItemAsync(backlog, told.Key.Item, [.. told], cancellation));
        }

        return new LiveView
        {
            At = time.GetUtcNow(),
            Played = services.GetService<LivePlay>() is { } play ? PlayedLook.Of(play) : null,
            Items = items,
            Others = [.. recent.Where(d => !IsNews(d)).Take(MostOthers)],
            Deliveries = await deliveries.CountAsync(cancellation),
            Alarms = await alarms.ListAsync(cancellation),
            WritesStopped = await writes.FindAsync(cancellation),
        };
    }

    private static bool IsNews(Delivery delivery) =>
        delivery is { Item: not null, Backlog: not null, State: DeliveryState.Pending or DeliveryState.Started or DeliveryState.Failed };

    /// <summary>Backlogs by where their items come from.</summary>
    private async Task<Dictionary<string, string>> BacklogsAsync(CancellationToken cancellation)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in await store.BacklogsAsync(cancellation))
        {
            if (await store.CursorAsync(name, ImportItems.SourceCursor, cancellation) is { } source)
                names[source] = name;
        }

        return names;
    }

    private async Task<LiveItem> ItemAsync(string backlog, WorkItemRef item, IReadOnlyList<Delivery> told, CancellationToken cancellation)
    {
        var stored = await store.FindItemsAsync(backlog, [item], cancellation);
        var decision = await store.DecisionsAsync(backlog, item, cancellation) is [var newest, ..] ? newest : null;
        var outcomes = await store.OutcomesAsync(backlog, item, cancellation);
        return new LiveItem(
            item,
            stored is [var found] ? found.Title : null,
            stored.Count > 0 ? SitePages.PathOf(backlog, item) : null,
            told,
            decision,
            outcomes.Any(o => o.Decision == decision?.Id && o.State == OutcomeState.Asked),
            [.. outcomes.OrderByDescending(o => o.At).SelectMany(o => o.Changes.Select(c => new LiveChange(o.At, c, o.By)))]);
    }
}
