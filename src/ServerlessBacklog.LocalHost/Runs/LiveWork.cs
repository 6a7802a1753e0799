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

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim waits = new(0, 1);
    private readonly CancellationTokenSource stopping = new();
    private Task work = Task.CompletedTask;
    private bool isDisposed;

    public void Begin() => work = Task.WhenAll(StartDeliveriesAsync(), RunTimersAsync());

    /// <summary>Says that a delivery waits to be started.</summary>
    public void DeliveryWaits()
    {
        try
        {
            waits.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is said already.
        }
    }

    /// <summary>May come twice: from the one who serves, before the web host goes, and from the container.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, true))
            return;
        await stopping.CancelAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
        waits.Dispose();
    }

    private async Task StartDeliveriesAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            var started = 0;
            try
            {
                if (await runner.QueuedAsync(stopping.Token) < MostQueued)
                    started = await starts.StartPendingAsync(runner, StartsAtOnce, stopping.Token);
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
