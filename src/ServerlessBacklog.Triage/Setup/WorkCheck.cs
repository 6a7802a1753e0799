using System.Globalization;
using System.Runtime.CompilerServices;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Setup;

/// <summary>Whether the work goes round: deliveries are started, backlogs are swept, nothing stands that a person has to mend.</summary>
public sealed class WorkCheck(IBacklogStore store, IDeliveryStore deliveries, IAlarms alarms, IWriteStop writes, TimeProvider time) : ISetupCheck
{
    /// <summary>The timer that starts what waits comes every minute; one that waits this long waits in vain.</summary>
    private static readonly TimeSpan Waiting = TimeSpan.FromMinutes(15);

    /// <summary>A nightly sweep that was missed once.</summary>
    private static readonly TimeSpan Unswept = TimeSpan.FromHours(36);

    public string Area => "Work";

    public string? Tracker => null;

    public async IAsyncEnumerable<SetupFinding> CheckAsync(IReadOnlyList<string> projects, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return Deliveries(await deliveries.CountAsync(cancellation));
        yield return await SweepsAsync(cancellation);
        foreach (var alarm in await alarms.ListAsync(cancellation))
            yield return SetupFinding.Wrong($"An alarm stands since {alarm.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC.", alarm.Text);
        if (await writes.FindAsync(cancellation) is { } stop)
            yield return SetupFinding.Warning($"Writing to all trackers is stopped since {stop.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {stop.Why}", "'backlog writes allow' lets it go on.");
    }

    private SetupFinding Deliveries(DeliveryCounts counts) => counts switch
    {
        { Failed: > 0 } => SetupFinding.Wrong(
            $"{counts.Failed:N0} deliveries of webhooks could not be started, time and again.", "'backlog status' shows them; the next reconcile repairs what they told."),
        { OldestPending: { } oldest } when time.GetUtcNow() - oldest > Waiting => SetupFinding.Wrong(
            $"{counts.Pending:N0} deliveries wait to be started, the oldest since {oldest.UtcDateTime:yyyy-MM-dd HH:mm} UTC.",
            "The timer Recover does not fire, or starts fail: see whether a host runs ('backlog serve', or the function app) and what it logs."),
        { Pending: > 0 } => SetupFinding.Ok($"{counts.Pending:N0} deliveries wait to be started, none for long."),
        _ => SetupFinding.Ok("No delivery waits."),
    };

    private async Task<SetupFinding> SweepsAsync(CancellationToken cancellation)
    {
        var backlogs = await store.BacklogsAsync(cancellation);
        var late = new List<string>();
        foreach (var backlog in backlogs)
        {
            var swept = await store.CursorAsync(backlog, FinishSweep.SweptCursor, cancellation);
            if (!DateTimeOffset.TryParse(swept, CultureInfo.InvariantCulture, out var at) || time.GetUtcNow() - at > Unswept)
                late.Add(backlog);
        }

        return backlogs.Count == 0
            ? SetupFinding.Off("There is no backlog yet.", "'backlog triage SOURCE' reads one; a webhook begins one by itself.")
            : late.Count == 0
                ? SetupFinding.Ok($"Swept within the last 36 hours: {string.Join(", ", backlogs)}.")
                : SetupFinding.Warning(
                    $"Not swept for 36 hours: {string.Join(", ", late)}.", "The timer Sweep does it every night while a host runs; an export of one day (file:) needs none.");
    }
}
