using System.Globalization;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Telemetry;

/// <summary>Measures what stands still: nobody passes by who would count it. Costs nothing where nobody listens.</summary>
public sealed class BacklogGauges(IBacklogStore store, IDeliveryStore deliveries, IAlarms alarms, TimeProvider time)
{
    /// <param name="live">Backlogs whose items live in a tracker; the age of a file says nothing of ours.</param>
    public async Task MeasureAsync(IAsyncEnumerable<string> live, CancellationToken cancellation)
    {
        if (!BacklogMetrics.HasGauges)
            return;
        BacklogMetrics.Waiting((await deliveries.CountAsync(cancellation)).Pending);
        BacklogMetrics.Alarmed((await alarms.ListAsync(cancellation)).Count);
        await foreach (var backlog in live.WithCancellation(cancellation))
        {
            if (await store.CursorAsync(backlog, FinishSweep.SweptCursor, cancellation) is { } at)
                BacklogMetrics.Swept(backlog, time.GetUtcNow() - DateTimeOffset.Parse(at, CultureInfo.InvariantCulture));
        }
    }
}
