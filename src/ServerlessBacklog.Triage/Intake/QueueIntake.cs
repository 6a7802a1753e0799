using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Telemetry;

namespace ServerlessBacklog.Triage.Intake;

/// <summary>
/// Takes in webhooks that a tracker puts into a queue instead of calling. Whoever may write to the queue is trusted; apart from that they
/// are what calls are. One that cannot be understood is put aside and kept.
/// </summary>
public sealed class QueueIntake(IEnumerable<IHookQueue> queues, WebhookIntake intake)
{
    private const int AtOnce = 32;

    /// <summary>Tries after which a message is put aside.</summary>
    private const int MaxTries = 5;

    /// <returns>How many were taken in.</returns>
    public async Task<int> TakeInAsync(CancellationToken cancellation)
    {
        var taken = 0;
        foreach (var queue in queues)
        {
            while (await queue.TakeAsync(AtOnce, cancellation) is { Count: > 0 } hooks)
            {
                foreach (var hook in hooks)
                    taken += await TakeInAsync(queue, hook, cancellation) ? 1 : 0;
            }
        }

        return taken;
    }

    private async Task<bool> TakeInAsync(IHookQueue queue, QueuedHook hook, CancellationToken cancellation)
    {
        if (hook.Tries > MaxTries)
        {
            await PutAsideAsync(queue, hook, $"it could not be taken in {MaxTries} times", cancellation);
            return false;
        }

        var request = new HookRequest(name => name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) ? "application/json" : null, hook.Body);
        var received = await intake.TakeAsync(hook.Tracker, request, cancellation);
        if (received.Reply.Status >= 400)
            await PutAsideAsync(queue, hook, $"it was answered with {received.Reply.Status}", cancellation);
        else
            await queue.DoneAsync(hook, cancellation);
        return received.Reply.Status < 400;
    }

    private static Task PutAsideAsync(IHookQueue queue, QueuedHook hook, string why, CancellationToken cancellation)
    {
        BacklogMetrics.PutAside(hook.Tracker);
        return queue.PutAsideAsync(hook, why, cancellation);
    }
}
