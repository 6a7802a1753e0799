using System.Collections.Concurrent;
using System.Text.Json;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Alerts;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reminders;

namespace ServerlessBacklog.Testing;

/// <summary>Alerts and reminders as JSON, so that none comes out as the object that went in.</summary>
public sealed class InMemoryWatchStore : IWatchStore
{
    private readonly ConcurrentDictionary<(string Backlog, string Key), string> alerts = new();
    private readonly ConcurrentDictionary<(string Backlog, string Key), string> reminders = new();
    private readonly ConcurrentDictionary<(string Backlog, WorkItemRef Item), DateTimeOffset> snoozed = new();

    /// <summary>Alerts that were written.</summary>
    public int AlertWrites { get; private set; }

    public Task<IReadOnlyList<Alert>> AlertsAsync(string backlog, CancellationToken cancellation) => Task.FromResult(All<Alert>(alerts, backlog));

    public Task SaveAlertAsync(string backlog, Alert alert, CancellationToken cancellation)
    {
        AlertWrites++;
        alerts[(backlog, alert.Key)] = JsonSerializer.Serialize(alert);
        return Task.CompletedTask;
    }

    public Task ForgetAlertAsync(string backlog, string key, CancellationToken cancellation)
    {
        alerts.TryRemove((backlog, key), out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Reminder>> RemindersAsync(string backlog, CancellationToken cancellation) => Task.FromResult(All<Reminder>(reminders, backlog));

    public Task SaveReminderAsync(string backlog, Reminder reminder, CancellationToken cancellation)
    {
        reminders[(backlog, reminder.Key)] = JsonSerializer.Serialize(reminder);
        return Task.CompletedTask;
    }

    public Task ForgetReminderAsync(string backlog, string key, CancellationToken cancellation)
    {
        reminders.TryRemove((backlog, key), out _);
        return Task.CompletedTask;
    }

    public Task<DateTimeOffset?> SnoozedAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        Task.FromResult(snoozed.TryGetValue((backlog, item), out var until) ? until : (DateTimeOffset?)null);

    public Task SnoozeAsync(string backlog, WorkItemRef item, DateTimeOffset until, CancellationToken cancellation)
    {
        snoozed[(backlog, item)] = until;
        return Task.CompletedTask;
    }

    public Task PurgeAsync(string backlog, DateTimeOffset clearedBefore, CancellationToken cancellation)
    {
        foreach (var alert in All<Alert>(alerts, backlog).Where(a => a.ClearedAt < clearedBefore))
            alerts.TryRemove((backlog, alert.Key), out _);
        foreach (var (key, _) in snoozed.Where(s => s.Key.Backlog == backlog && s.Value < clearedBefore))
            snoozed.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    private static IReadOnlyList<T> All<T>(ConcurrentDictionary<(string Backlog, string Key), string> rows, string backlog) =>
        [.. rows.Where(r => r.Key.Backlog == backlog).OrderBy(r => r.Key.Key, StringComparer.Ordinal).Select(r => JsonSerializer.Deserialize<T>(r.Value)!)];
}
