using System.Diagnostics;

namespace ServerlessBacklog.StandIns.Deliveries;

/// <summary>One call that goes out.</summary>
internal interface IOutgoing
{
    /// <summary>True when it fails on its way.</summary>
    bool IsDropped { get; }

    HttpRequestMessage Request();

    /// <param name="code">0 when no answer came.</param>
    void Done(int code, string status, DateTimeOffset at, double seconds);
}

/// <summary>Sends calls in the background, each once; whoever wants another try queues another call.</summary>
/// <typeparam name="T">What is sent.</typeparam>
internal sealed class DeliveryPost<T> : IAsyncDisposable
    where T : class, IOutgoing
{
    private readonly Lock gate = new();
    private readonly List<T> waiting = [];
    private readonly List<T> attempts = [];
    private readonly SemaphoreSlim work = new(0);
    private readonly CancellationTokenSource stop = new();
    private readonly HttpClient http;
    private readonly TimeProvider clock;
    private readonly Action<T>? settled;
    private readonly Random? shuffle;
    private readonly Task[] senders;
    private TaskCompletionSource allOut = Finished();
    private int onTheirWay;
    private bool paused;

    /// <param name="settled">Told of each call after its answer, before <see cref="DrainAsync"/> may end.</param>
    public DeliveryPost(TimeProvider clock, DeliveryFaults faults, Action<T>? settled = null)
    {
        this.clock = clock;
        this.settled = settled;
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = faults.TimeLimit };
        shuffle = faults.Shuffle ? new Random(faults.Seed) : null;
        senders = [.. Enumerable.Range(0, faults.Senders).Select(_ => Task.Run(SendAllAsync))];
    }

    public IReadOnlyList<T> Sent
    {
        get
        {
            lock (gate)
                return [.. attempts];
        }
    }

    public void Queue(T attempt)
    {
        lock (gate)
        {
            waiting.Add(attempt);
            attempts.Add(attempt);
            if (allOut.Task.IsCompleted)
                allOut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        work.Release();
    }

    public void Pause(bool on)
    {
        int released;
        lock (gate)
        {
            paused = on;
            released = on ? 0 : waiting.Count;
        }

        if (released > 0)
            work.Release(released);
    }

    /// <summary>Ends when nothing waits and nothing is on its way.</summary>
    public Task DrainAsync()
    {
        lock (gate)
            return paused && waiting.Count > 0
                ? throw new InvalidOperationException("Deliveries are paused: resume them before waiting for them.")
                : allOut.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(senders);
        http.Dispose();
        work.Dispose();
        stop.Dispose();
    }

    private async Task SendAllAsync()
    {
        try
        {
            while (true)
            {
                await work.WaitAsync(stop.Token);
                if (Take() is { } attempt)
                    await SendAsync(attempt);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private T? Take()
    {
        lock (gate)
        {
            if (paused || waiting.Count == 0)
                return null;
            var index = shuffle?.Next(waiting.Count) ?? 0;
            var attempt = waiting[index];
            waiting.RemoveAt(index);
            onTheirWay++;
            return attempt;
        }
    }

    private async Task SendAsync(T attempt)
    {
        var began = Stopwatch.GetTimestamp();
        var (code, status) = attempt.IsDropped ? (0, "failed to connect to host") : await TrySendAsync(attempt);
        attempt.Done(code, status, clock.GetUtcNow(), Stopwatch.GetElapsedTime(began).TotalSeconds);
        settled?.Invoke(attempt);
        lock (gate)
        {
            if (--onTheirWay == 0 && waiting.Count == 0)
                allOut.TrySetResult();
        }
    }

    private async Task<(int Code, string Status)> TrySendAsync(T attempt)
    {
        try
        {
            using var request = attempt.Request();
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            return ((int)response.StatusCode, response.IsSuccessStatusCode ? "OK" : $"Invalid HTTP Response: {(int)response.StatusCode}");
        }
        catch (HttpRequestException)
        {
            return (0, "failed to connect to host");
        }
        catch (OperationCanceledException)
        {
            return (0, "timed out");
        }
    }

    private static TaskCompletionSource Finished()
    {
        var finished = new TaskCompletionSource();
        finished.SetResult();
        return finished;
    }
}
