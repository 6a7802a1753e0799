using Microsoft.Extensions.Logging;
using ServerlessBacklog.LocalRunner.Store;

namespace ServerlessBacklog.LocalRunner;

/// <summary>Says to so many idle workers that there may be work.</summary>
internal sealed class WorkHint(int workers) : IDisposable
{
    private readonly SemaphoreSlim hints = new(0);

    public void Give(int count)
    {
        var missing = Math.Min(count, workers - hints.CurrentCount);
        if (missing > 0)
            hints.Release(missing);
    }

    public void GiveAll() => Give(workers);

    public Task WaitAsync(CancellationToken cancellation) => hints.WaitAsync(cancellation);

    public void Dispose() => hints.Dispose();
}

/// <summary>What a loop that works for the runner needs of it.</summary>
internal sealed partial class Worker(Database database, Func<long> owner, WorkHint hint, ILogger logger, CancellationToken stopping)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    public CancellationToken Stopping => stopping;

    /// <summary>Number under which this runner holds leases.</summary>
    public long Owner => owner();

    /// <summary>Writes, and tries again for as long as the file cannot be used: what has been done must not be lost.</summary>
    /// <exception cref="LocalRunnerException">It cannot be used and the runner is being stopped.</exception>
    public async Task<T> WriteAsync<T>(Func<Transaction, T> work)
    {
        for (var pause = TimeSpan.FromSeconds(0.5); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await database.WriteAsync(work);
            }
            catch (LocalRunnerException fault) when (!stopping.IsCancellationRequested && !database.IsDead)
            {
                Log.FileNotUsable(logger, fault.Message, pause.TotalSeconds);
            }

            await Task.Delay(pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits until there may be work.</summary>
    public Task NextAsync() => Quietly(hint.WaitAsync(stopping));

    /// <summary>Waits; a stop ends the wait without an exception.</summary>
    public static async Task Quietly(Task wait) => await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Problem} The runner tries again in {Seconds} s.")]
        public static partial void FileNotUsable(ILogger logger, string problem, double seconds);
    }
}
