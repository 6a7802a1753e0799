using Microsoft.Extensions.Logging;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reminders;

namespace ServerlessBacklog.Triage.Alerts;

/// <summary>Looks after the work under way: alerts and reminders. One that fails keeps the other, and other backlogs, from nothing.</summary>
public sealed partial class Watching(AlertDesk alerts, ReminderDesk reminders, IWatchStore store, TimeProvider time, ILogger<Watching> logger)
{
    /// <summary>Days for which a cleared alert is kept.</summary>
    private const int KeptDays = 90;

    public async Task RunAsync(string backlog, CancellationToken cancellation)
    {
        await AloneAsync("alerts", () => alerts.RunAsync(backlog, cancellation), cancellation);
        await AloneAsync("reminders", () => reminders.RunAsync(backlog, cancellation), cancellation);
    }

    public Task PurgeAsync(string backlog, CancellationToken cancellation) => store.PurgeAsync(backlog, time.GetUtcNow().AddDays(-KeptDays), cancellation);

    private async Task AloneAsync(string what, Func<Task> work, CancellationToken cancellation)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            Log.NotLooked(logger, what, fault.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The {What} of a backlog could not be looked after ({Fault}); the next round tries again.")]
        public static partial void NotLooked(ILogger logger, string what, string fault);
    }
}
