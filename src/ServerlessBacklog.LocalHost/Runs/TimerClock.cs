using NCrontab;
using ServerlessBacklog.Adapters.Settings;
using ServerlessBacklog.Triage.Intake;

namespace ServerlessBacklog.LocalHost.Runs;

/// <summary>Tells which timer fires next. <see cref="Schedules"/> are in UTC.</summary>
internal sealed class TimerClock
{
    private readonly TimeProvider time;
    private readonly List<(TimerJob Job, CrontabSchedule Schedule)> timers;
    private readonly Queue<TimerJob> due = new();
    private DateTime last;

    public TimerClock(IConfiguration configuration, TimeProvider time)
    {
        this.time = time;
        timers = [.. Timers.All.Select(job => (job, Schedules.Of(job, configuration)))];
        last = time.GetUtcNow().UtcDateTime;
    }

    /// <summary>Waits for the next timer. Timers that were missed meanwhile (a laptop that slept) fire once.</summary>
    /// <returns>Null when no timer ever fires.</returns>
    public async Task<TimerJob?> NextAsync(CancellationToken cancellation)
    {
        while (due.Count == 0)
        {
            var next = timers.Min(t => t.Schedule.GetNextOccurrence(last));
            if (next == DateTime.MaxValue)
                return null;
            if (next - time.GetUtcNow().UtcDateTime is { Ticks: > 0 } pause)
                await Task.Delay(pause, time, cancellation);
            var now = time.GetUtcNow().UtcDateTime;
            foreach (var (job, schedule) in timers.Where(t => t.Schedule.GetNextOccurrence(last) <= now))
                due.Enqueue(job);
            last = now;
        }

        return due.Dequeue();
    }
}
