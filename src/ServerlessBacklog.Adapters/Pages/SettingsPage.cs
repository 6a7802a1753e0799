using ServerlessBacklog.Triage.Notifications;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Settings.Layers;
using ServerlessBacklog.Triage.Setup;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>What the backlog goes by and where each value comes from, what stands in the way, and how the set-up is.</summary>
internal sealed class SettingsPage(
    KeptSettings kept, Configurations configurations, IAlarms alarms, IWriteStop writes, IDeliveryStore deliveries, SetupDoctor doctor, Subscriptions subscriptions,
    IEnumerable<INotificationChannel> channels) : IPage
{
    public async Task<PageReply> ShowAsync(PageVisit visit, CancellationToken cancellation)
    {
        var subscribers = await subscriptions.OfAsync(visit.Backlog, cancellation);
        var model = new SettingsModel
        {
            Effective = await kept.EffectiveAsync(visit.Backlog, cancellation),
            Broken = (await configurations.KeptAsync(Configurations.NameOf(visit.Backlog), cancellation)).Broken,
            Alarms = await alarms.ListAsync(cancellation),
            WriteStop = await writes.FindAsync(cancellation),
            Deliveries = await deliveries.CountAsync(cancellation),
            // It asks trackers and storage, so it runs only when somebody wants to know.
            Areas = visit.Asked("doctor") is null ? null : await doctor.LookAsync(null, cancellation),
            Channels = [.. channels.Select(c => (c.Name, c.WhyNot, subscribers.Count(s => s.To.StartsWith($"{c.Name}:", StringComparison.Ordinal))))],
        };
        return await PageRendering.RenderAsync<SettingsView>(cancellation, (nameof(SettingsView.Site), visit.Site), (nameof(SettingsView.Model), model));
    }
}

public sealed record SettingsModel
{
    public required EffectiveSettings Effective { get; init; }

    /// <summary>A newer file that is not taken over; null when there is none.</summary>
    public BrokenConfiguration? Broken { get; init; }

    public IReadOnlyList<Alarm> Alarms { get; init; } = [];

    public WriteStop? WriteStop { get; init; }

    public required DeliveryCounts Deliveries { get; init; }

    /// <summary>What the doctor found; null where it was not asked.</summary>
    public IReadOnlyList<SetupArea>? Areas { get; init; }

    /// <summary>Ways to reach people: why it cannot send, and how many subscribed. Their addresses are not shown.</summary>
    public IReadOnlyList<(string Name, string? WhyNot, int Subscribers)> Channels { get; init; } = [];
}
