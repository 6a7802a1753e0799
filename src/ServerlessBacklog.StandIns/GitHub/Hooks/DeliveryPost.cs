using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace ServerlessBacklog.StandIns.GitHub.Hooks;

/// <summary>Sends deliveries in the background, each once: GitHub never tries again by itself.</summary>
internal sealed class DeliveryPost : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly List<Attempt> waiting = [];
    private readonly List<Attempt> attempts = [];
    private readonly SemaphoreSlim work = new(0);
    private readonly CancellationTokenSource stop = new();
    private readonly HttpClient http;
    private readonly TimeProvider clock;
    private readonly GitHubAppIdentity app;
    private readonly Random? shuffle;
    private readonly Task[] senders;
    private TaskCompletionSource allOut = Finished();
    private int onTheirWay;
    private bool paused;

    public DeliveryPost(TimeProvider clock, GitHubAppIdentity app, DeliveryFaults faults)
    {
        this.clock = clock;
        this.app = app;
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = faults.TimeLimit };
        shuffle = faults.Shuffle ? new Random(faults.Seed) : null;
        senders = [.. Enumerable.Range(0, faults.Senders).Select(_ => Task.Run(SendAllAsync))];
    }

    public IReadOnlyList<Attempt> Attempts
    {
        get
        {
            lock (gate)
                return [.. attempts];
        }
    }

    public void Queue(Attempt attempt)
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

    private Attempt? Take()
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

    private async Task SendAsync(Attempt attempt)
    {
        var began = Stopwatch.GetTimestamp();
        var (code, status) = attempt.IsDropped ? (0, "failed to connect to host") : await TrySendAsync(attempt);
        lock (gate)
        {
            (attempt.StatusCode, attempt.Status) = (code, status);
            attempt.DeliveredAt = clock.GetUtcNow();
            attempt.Seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            if (--onTheirWay == 0 && waiting.Count == 0)
                allOut.TrySetResult();
        }
    }

    private async Task<(int Code, string Status)> TrySendAsync(Attempt attempt)
    {
        try
        {
            using var request = Request(attempt);
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

    private HttpRequestMessage Request(Attempt attempt)
    {
        var content = new ByteArrayContent(attempt.Payload) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        var request = new HttpRequestMessage(HttpMethod.Post, attempt.Hook.Url) { Content = content };
        var signature = HMACSHA256.HashData(System.Text.Encoding.UTF8.GetBytes(attempt.Hook.Secret), attempt.Payload);
        var isApp = attempt.Hook.RepoId is null;
        request.Headers.TryAddWithoutValidation("User-Agent", "GitHub-Hookshot/044aadd");
        request.Headers.Add("Accept", "*/*");
        request.Headers.Add("X-GitHub-Delivery", attempt.Guid.ToString());
        request.Headers.Add("X-GitHub-Event", attempt.Event);
        request.Headers.Add("X-GitHub-Hook-ID", $"{attempt.Hook.Id}");
        request.Headers.Add("X-GitHub-Hook-Installation-Target-ID", $"{(isApp ? app.Id : attempt.Hook.RepoId)}");
        request.Headers.Add("X-GitHub-Hook-Installation-Target-Type", isApp ? "integration" : "repository");
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(signature));
        return request;
    }

    private static TaskCompletionSource Finished()
    {
        var finished = new TaskCompletionSource();
        finished.SetResult();
        return finished;
    }
}
