using Microsoft.Extensions.Configuration;
using NCrontab;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Settings;

/// <summary>When timers fire: their own schedules, changed by the settings <c>Timers:{Name}</c>, in UTC.</summary>
public static class Schedules
{
    /// <exception cref="UserErrorException">The setting is no schedule.</exception>
    public static CrontabSchedule Of(TimerJob job, IConfiguration configuration)
    {
        var text = configuration[$"Timers:{job.Name}"] is { Length: > 0 } set ? set : job.Schedule;
        return CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = true })
            ?? throw new UserErrorException(
                $"The setting Timers:{job.Name} is no schedule: '{text}'. Write six fields (second minute hour day month weekday), for example '{job.Schedule}'.");
    }
}
