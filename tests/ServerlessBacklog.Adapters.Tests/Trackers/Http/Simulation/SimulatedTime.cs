using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Http.Simulation;

/// <summary>A clock that jumps to the next timer when nothing is left to do now. All code of a run takes turns on one thread.</summary>
internal sealed class SimulatedTime() : FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero))
{
    private readonly PriorityQueue<DateTimeOffset, DateTimeOffset> timers = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.Zero)
        {
            lock (timers)
                timers.Enqueue(GetUtcNow() + dueTime, GetUtcNow() + dueTime);
        }

        return base.CreateTimer(callback, state, dueTime, period);
    }

    /// <summary>Runs work to its end, however long that takes by this clock.</summary>
    public void Run(Func<Task> work)
    {
        var before = SynchronizationContext.Current;
        var thread = new OneThread();
        SynchronizationContext.SetSynchronizationContext(thread);
        try
        {
            var all = work();
            while (!all.IsCompleted)
            {
                if (!thread.RunOne())
                    Jump();
            }

            all.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private void Jump()
    {
        DateTimeOffset next;
        lock (timers)
        {
            if (!timers.TryDequeue(out next, out _))
                throw new InvalidOperationException("Everybody waits, and no timer is set.");
            while (timers.TryPeek(out var same, out _) && same == next)
                timers.Dequeue();
        }

        if (next > GetUtcNow())
            SetUtcNow(next);
        else
            Advance(TimeSpan.Zero);
    }

    private sealed class OneThread : SynchronizationContext
    {
        private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> queue = new();

        public override void Post(SendOrPostCallback d, object? state) => queue.Enqueue((d, state));

        public bool RunOne()
        {
            if (!queue.TryDequeue(out var next))
                return false;
            next.Callback(next.State);
            return true;
        }
    }
}
