using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Intake;

/// <summary>Work that comes round by itself.</summary>
/// <param name="Name">Names the function on Azure, and the setting <c>Timers:{Name}</c> that changes its schedule.</param>
/// <param name="What">What it does, in a clause.</param>
/// <param name="Schedule">NCRONTAB with seconds, in UTC, as Azure Functions reads it; the default.</param>
public sealed record TimerJob(string Name, string What, string Schedule, Func<Upkeep, IOrchestrationClient, CancellationToken, Task> RunAsync);

/// <summary>All timers. A new one is a method in <see cref="Upkeep"/>, a line here, and a stub in the Functions shell.</summary>
public static class Timers
{
    /// <summary>Every minute: a delivery whose start was lost waits no longer. What it starts has a trace; itself it has none, most minutes do nothing.</summary>
    public static TimerJob Recover { get; } = new("Recover", "when deliveries that wait are started", "0 * * * * *", (upkeep, client, stop) => upkeep.RecoverAsync(client, stop));

    /// <summary>Every hour: a lost webhook is repaired within one (FEATURES, I2).</summary>
    public static TimerJob Reconcile { get; } = new("Reconcile", "when backlogs are brought in line with their trackers", "0 7 * * * *", Traced("reconcile all", (upkeep, client, stop) => upkeep.ReconcileAsync(client, stop)));

    /// <summary>Every half hour: GitHub keeps failed deliveries for three days and repeats none by itself (FACTS §5.1).</summary>
    public static TimerJob Redeliver { get; } = new("Redeliver", "when failed webhooks are asked for again, and hooks looked after", "0 12,42 * * * *", Traced("tend webhooks", (upkeep, _, stop) => upkeep.RedeliverAsync(stop)));

    /// <summary>Every night.</summary>
    public static TimerJob Sweep { get; } = new("Sweep", "when all that is out of date is examined", "0 0 2 * * *", Traced("sweep all", (upkeep, client, stop) => upkeep.SweepAsync(client, stop)));

    /// <summary>Every hour: what people approved and time has to pass for, and asks that were put off.</summary>
    public static TimerJob Waits { get; } = new("Waits", "when announced closes are looked at, and asks that were put off begin again", "0 22 * * * *", Traced("look at waits", (upkeep, client, stop) => upkeep.LookAtWaitsAsync(client, stop)));

    /// <summary>Every quarter of an hour: whoever is told at eight in their own time zone is told then.</summary>
    public static TimerJob Digests { get; } = new("Digests", "when digests and other messages that are due are sent", "0 3,18,33,48 * * * *", Traced("send what is due", (upkeep, _, stop) => upkeep.NotifyAsync(stop)));

    /// <summary>Every night, after the sweep.</summary>
    public static TimerJob Learn { get; } = new("Learn", "when steps are measured by what people made of their proposals", "0 0 4 * * *", Traced("learn from outcomes", (upkeep, _, stop) => upkeep.LearnAsync(stop)));

    /// <summary>Every night.</summary>
    public static TimerJob Housekeeping { get; } = new("Housekeeping", "when old deliveries are forgotten", "0 30 3 * * *", Traced("keep house", (upkeep, _, stop) => upkeep.HousekeepAsync(stop)));

    public static IReadOnlyList<TimerJob> All { get; } = [Recover, Reconcile, Redeliver, Sweep, Waits, Digests, Learn, Housekeeping];

    /// <summary>What a timer starts goes on with its span.</summary>
    private static Func<Upkeep, IOrchestrationClient, CancellationToken, Task> Traced(string name, Func<Upkeep, IOrchestrationClient, CancellationToken, Task> run) =>
        async (upkeep, client, stop) =>
        {
            using var span = Tracing.Begin(name);
            try
            {
                await run(upkeep, client, stop);
            }
            catch (Exception fault)
            {
                span?.Fail(fault);
                throw;
            }
        };
}
