using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Alerts;
using ServerlessBacklog.Triage.Reminders;

namespace ServerlessBacklog.Triage.Ports;

/// <summary>What is remembered of work under way: alerts by cause, reminders by what they are about. One row each.</summary>
public interface IWatchStore
{
    /// <summary>Every alert of a backlog, cleared ones too.</summary>
    Task<IReadOnlyList<Alert>> AlertsAsync(string backlog, CancellationToken cancellation);

    /// <summary>Saves an alert in place of what was known of its cause.</summary>
    Task SaveAlertAsync(string backlog, Alert alert, CancellationToken cancellation);

    Task ForgetAlertAsync(string backlog, string key, CancellationToken cancellation);

    Task<IReadOnlyList<Reminder>> RemindersAsync(string backlog, CancellationToken cancellation);

    Task SaveReminderAsync(string backlog, Reminder reminder, CancellationToken cancellation);

    Task ForgetReminderAsync(string backlog, string key, CancellationToken cancellation);

    /// <summary>Until when nobody wants to be reminded of an item; null for one that nobody put off.</summary>
    Task<DateTimeOffset?> SnoozedAsync(string backlog, WorkItemRef item, CancellationToken cancellation);

    Task SnoozeAsync(string backlog, WorkItemRef item, DateTimeOffset until, CancellationToken cancellation);

    /// <summary>Forgets alerts that cleared before a moment.</summary>
    Task PurgeAsync(string backlog, DateTimeOffset clearedBefore, CancellationToken cancellation);
}
