using NCrontab;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Runs;

/// <summary>Tells which timer fires next. Schedules are those of <see cref="Timers"/>, changed by the settings <c>Timers:{Name}</c>, in UTC.</summary>
internal sealed class TimerClock
{
    private readonly TimeProvider time;
    private readonly List<(TimerJob Job, CrontabSchedule Schedule)> timers;
    private readonly Queue<TimerJob> due = new();
    private DateTime last;

    public TimerClock(IConfiguration configuration, TimeProvider time)
    {
        this.time = time;
        timers = [.. Timers.All.Select(job => (job, Parse(job, configuration[$"Timers:{job.Name}"] ?? job.Schedule)))];
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

    private static CrontabSchedule Parse(TimerJob job, string text) =>
        CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = true })
        ?? throw new UserErrorException(
            $"The setting Timers:{job.Name} is no schedule: '{text}'. Write six fields (second minute hour day month weekday), for example '{job.Schedule}'.");
}
