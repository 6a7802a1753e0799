using ServerlessBacklog.Triage.Intake;

namespace ServerlessBacklog.LocalHost.Runs;

/// <summary>
/// What goes on beside the pages while the program serves: deliveries are started as they come, timers fire. A delivery is stored before it is
/// answered; when triage is slower than intake, those that wait stay stored, are seen in the status, and are worked off.
/// </summary>
internal sealed partial class LiveWork(
    LocalRunner.LocalRunner runner, DeliveryStart starts, Upkeep upkeep, TimerClock timers, ILogger<LiveWork> logger) : IAsyncDisposable
{
    /// <summary>Calls that wait for their turn, above which no further delivery is started for now: it would only wait in another place.</summary>
    private const int MostQueued = 200;

    private const int StartsAtOnce = 64;

    /// <summary>While calls come in, which have to be answered in time, only so many are started between two breaths, and none while as many wait.</summary>
    private const int StartsBesideCalls = 4;

    /// <summary>Calls during one breath from which on they have the machine to themselves.</summary>
    private const int ManyCalls = 8;

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim waits = new(0, 1);
    private readonly CancellationTokenSource stopping = new();
    private Task work = Task.CompletedTask;
    private long calls;
    private bool disposed;

    public void Begin() => work = Task.WhenAll(StartDeliveriesAsync(), RunTimersAsync());

    /// <summary>Says that a delivery waits to be started.</summary>
    public void DeliveryWaits()
    {
        Interlocked.Increment(ref calls);
        if (waits.CurrentCount > 0)
            return;
        try
        {
            waits.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is said already.
        }
    }

    /// <summary>Ends the work. It may be said twice: by the pages, before what they run on goes, and by the services.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, true))
            return;
        await stopping.CancelAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
        waits.Dispose();
    }

    private async Task StartDeliveriesAsync()
    {
        var seen = 0L;
        while (!stopping.IsCancellationRequested)
        {
            var started = 0;
            try
            {
                var isBusy = Interlocked.Read(ref calls) - seen >= ManyCalls;
                if (isBusy)
                    await Task.Delay(Breath, stopping.Token);
                seen = Interlocked.Read(ref calls);
                if (await runner.QueuedAsync(stopping.Token) < (isBusy ? StartsBesideCalls : MostQueued))
                    started = await starts.StartPendingAsync(runner, isBusy ? StartsBesideCalls : StartsAtOnce, stopping.Token);
                else
                    await Task.Delay(Breath, stopping.Token);
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                Log.NotStarted(logger, fault);
            }

            if (started == 0)
                await ((Task)waits.WaitAsync(LookAgain, stopping.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunTimersAsync()
    {
        while (!stopping.IsCancellationRequested && await timers.NextAsync(stopping.Token) is { } job)
        {
            try
            {
                await job.RunAsync(upkeep, runner, stopping.Token);
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                Log.TimerFailed(logger, job.Name, fault);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Deliveries could not be started; they stay pending.")]
        public static partial void NotStarted(ILogger logger, Exception fault);

        [LoggerMessage(2, LogLevel.Error, "The timer {Timer} failed; it comes round again.")]
        public static partial void TimerFailed(ILogger logger, string timer, Exception fault);
    }
}
