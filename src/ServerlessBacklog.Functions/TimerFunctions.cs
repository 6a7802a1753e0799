using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ServerlessBacklog.Triage.Intake;

namespace ServerlessBacklog.Functions;

/// <summary>One function for each line of the list of timers; each schedule is an app setting.</summary>
public sealed class TimerFunctions(Upkeep upkeep)
{
    [Function("Recover")]
    public Task Recover([TimerTrigger("%Timers:Recover%")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken stop) => RunAsync(Timers.Recover, durable, stop);

    [Function("Reconcile")]
    public Task Reconcile([TimerTrigger("%Timers:Reconcile%")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken stop) => RunAsync(Timers.Reconcile, durable, stop);

    [Function("Redeliver")]
    public Task Redeliver([TimerTrigger("%Timers:Redeliver%")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken stop) => RunAsync(Timers.Redeliver, durable, stop);

    [Function("Sweep")]
    public Task Sweep([TimerTrigger("%Timers:Sweep%")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken stop) => RunAsync(Timers.Sweep, durable, stop);

    [Function("Waits")]
    public Task Waits([TimerTrigger("%Timers:Waits%")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken stop) => RunAsync(Timers.Waits, durable, stop);

    [Function("Digests")]
    public Task Digests([TimerTrigger("%Timers:Digests%")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken stop) => RunAsync(Timers.Digests, durable, stop);

    [Function("Learn")]
    public Task Learn([TimerTrigger("%Timers:Learn%")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken stop) => RunAsync(Timers.Learn, durable, stop);

    [Function("Housekeeping")]
    public Task Housekeeping([TimerTrigger("%Timers:Housekeeping%")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken stop) => RunAsync(Timers.Housekeeping, durable, stop);

    private Task RunAsync(TimerJob job, DurableTaskClient durable, CancellationToken stop) => job.RunAsync(upkeep, new DurableClient(durable), stop);
}
