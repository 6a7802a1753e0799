using ServerlessBacklog.Triage.Models;

namespace ServerlessBacklog.Adapters.Models;

/// <summary>How long and how often.</summary>
/// <param name="Timeout">For one try.</param>
/// <param name="Retries">Tries after the first.</param>
internal sealed record ModelPatience(TimeSpan Timeout, int Retries)
{
    /// <summary>Before the second try; doubles with each further one.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>All pauses for one question together. A service that asks for more is not waited for.</summary>
    public TimeSpan MostPause { get; init; } = TimeSpan.FromSeconds(45);
}

/// <summary>
/// The way of every question to one model: so many at once, each try in its time, again after failures that may pass. When the service says how long to
/// wait, all questions wait. Throws <see cref="ModelException"/>, and <see cref="OperationCanceledException"/> when the caller gives up.
/// </summary>
internal sealed class ModelCaller(ModelPatience patience, int atOnce, ModelFaults faults, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim gate = new(atOnce);
    private long pausedUntil;

    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            return await PersistAsync(ask, cancellation);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<T> PersistAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        var left = patience.MostPause;
        for (var attempt = 0; ; attempt++)
        {
            var asked = PauseLeft();
            if (asked > left)
                throw new ModelException(ModelFailure.Unavailable, $"The model's service asks to be left alone for {asked.TotalSeconds:N0} s.") { RetryAfter = asked };
            left -= await WaitAsync(asked, cancellation);
            try
            {
                return await TryAsync(ask, cancellation);
            }
            catch (Exception fault) when (!cancellation.IsCancellationRequested)
            {
                var (told, mayPass) = faults.Of(fault);
                if (told.RetryAfter is { } wait)
                    PauseFor(wait);
                var pause = told.RetryAfter is null ? BackOff(attempt) : TimeSpan.Zero;
                if (!mayPass || attempt >= patience.Retries || (told.RetryAfter ?? pause) > left)
                    throw told;
                left -= await WaitAsync(pause, cancellation);
            }
        }
    }

    private async Task<T> TryAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(patience.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            return await ask(both.Token);
        }
        catch (Exception fault) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("The question was given up.", fault, cancellation);
        }
        catch (Exception fault) when (timeout.IsCancellationRequested && fault is not ModelException)
        {
            throw new OperationCanceledException("The try took too long.", fault, timeout.Token);
        }
    }

    /// <summary>Half of it at least; the rest by chance, so that processes that failed together do not come back together.</summary>
    private TimeSpan BackOff(int attempt) => patience.FirstPause * Math.Pow(2, Math.Min(attempt, 10)) * (0.5 + Random.Shared.NextDouble() / 2);

    private async Task<TimeSpan> WaitAsync(TimeSpan pause, CancellationToken cancellation)
    {
        if (pause > TimeSpan.Zero)
            await Task.Delay(pause, time, cancellation);
        return pause;
    }

    private TimeSpan PauseLeft()
    {
        var left = new DateTimeOffset(Interlocked.Read(ref pausedUntil), TimeSpan.Zero) - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void PauseFor(TimeSpan wait)
    {
        var until = (time.GetUtcNow() + wait).UtcTicks;
        for (var known = Interlocked.Read(ref pausedUntil); known < until;)
        {
            var seen = Interlocked.CompareExchange(ref pausedUntil, until, known);
            if (seen == known)
                return;
            known = seen;
        }
    }
}
