using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Telemetry;

namespace ServerlessBacklog.Adapters.Trackers.Http;

/// <summary>
/// Lets a request go when the budget of its host allows it, and writes down what the answer tells. A request that was refused for its
/// rate was not carried out: it is sent again when its time has come. Reads are tried again after faults too.
/// </summary>
internal sealed partial class PoliteHandler(string account, PaceRows rows, PaceOptions options, TimeProvider time, Func<double> chance, ILogger log)
    : DelegatingHandler
{
    /// <summary>What GitHub counts for callers without a name; nothing else uses those few requests, so that sweeps may have them all.</summary>
    private const string Anonymous = "anonymous";

    private const int MaxRefusals = 3;
    private const long MaxAnswer = 64 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, HostLanes> hosts = new(StringComparer.OrdinalIgnoreCase);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri ?? throw new ArgumentException("The request has no address.", nameof(request));
        if (options.SkipLoopback && address.IsLoopback)
            return await base.SendAsync(request, cancellationToken);
        if (request.Content is { } content)
            await content.LoadIntoBufferAsync(cancellationToken);
        var ask = await AskAsync(request, cancellationToken);
        var host = hosts.GetOrAdd(address.Authority, name => new HostLanes(name, options.ReadsAtOnce));
        for (int faults = 0, refusals = 0; ;)
        {
            try
            {
                var (response, answer) = await SendInTurnAsync(request, ask, host, cancellationToken);
                if (answer.IsRefused)
                    refusals = refusals < MaxRefusals ? refusals + 1 : throw Exhausted(host, time.GetUtcNow() + options.FirstPenalty);
                else if (!IsTransient(response.StatusCode) || !MayRepeat(request, ask) || faults++ == options.ReadRetries)
                    return response;
                response.Dispose();
            }
            catch (HttpRequestException) when (MayRepeat(request, ask) && faults < options.ReadRetries)
            {
                faults++;
            }

            if (faults > 0)
            {
                Log.TriedAgain(log, host.Name, faults);
                await Task.Delay(Backoff(faults), time, cancellationToken);
            }
        }
    }

    private static async Task<PaceAsk> AskAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var kind = await RequestKinds.ReadAsync(request, cancellation);
        var path = request.RequestUri!.AbsolutePath;
        if (RequestKinds.IsGraphQl(request))
            return new PaceAsk(kind, Pace.GraphQl, kind == RequestKind.Write ? 5 : 1, BudgetShare.IsScheduled);
        var isSearch = path.StartsWith("/search/", StringComparison.Ordinal) || path.StartsWith("/api/v3/search/", StringComparison.Ordinal);
        var points = request.Method == HttpMethod.Get || request.Method == HttpMethod.Head ? 1 : 5;
        return new PaceAsk(kind, isSearch ? Pace.Search : Pace.Core, points, BudgetShare.IsScheduled);
    }

    /// <summary>Reads, and questions in GraphQL: asking twice changes nothing.</summary>
    private static bool MayRepeat(HttpRequestMessage request, PaceAsk ask) =>
        ask.Kind == RequestKind.Read || (ask.Kind == RequestKind.Upkeep && RequestKinds.IsGraphQl(request));

    private static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>Half a second, doubling, give or take a half.</summary>
    private TimeSpan Backoff(int faults) => TimeSpan.FromSeconds(0.25 * Math.Pow(2, faults) * (0.5 + chance()));

    private async Task<(HttpResponseMessage Response, HostAnswer Answer)> SendInTurnAsync(
        HttpRequestMessage request, PaceAsk ask, HostLanes host, CancellationToken cancellation)
    {
        ask = ask with { IsScheduled = ask.IsScheduled && account != Anonymous };
        var deadline = time.GetUtcNow() + options.MaxWait;
        var lane = ask.Kind == RequestKind.Write ? host.Writes : host.Reads;
        await EnterAsync(lane, host, deadline, cancellation);
        try
        {
            var permit = await WaitForTurnAsync(ask, host, deadline, cancellation);
            return await SendOnceAsync(request, ask, host, permit, cancellation);
        }
        finally
        {
            lane.Leave();
        }
    }

    private async Task EnterAsync(Lane lane, HostLanes host, DateTimeOffset deadline, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(options.MaxWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            await lane.EnterAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Exhausted(host, deadline + options.WriteSpacing);
        }
    }

    private async Task<Permit> WaitForTurnAsync(PaceAsk ask, HostLanes host, DateTimeOffset deadline, CancellationToken cancellation)
    {
        while (true)
        {
            var (turn, left) = await rows.ChangeAsync(
                host.Name,
                account,
                (state, now) =>
                {
                    var (next, given) = Pace.Ask(state, ask, now, options);
                    return (next, (given, Pace.Left(next, now)));
                },
                cancellation);
            Measure(host, left);
            if (turn.Permit is { } permit)
            {
                // Another thread may have been told to pause since the row was read.
                if (host.PausedUntil <= time.GetUtcNow())
                    return permit;
                await rows.ChangeAsync(host.Name, account, (state, _) => (Pace.Release(state, ask, permit), true), CancellationToken.None);
                turn = new Turn(null, host.PausedUntil, host.PausedUntil);
            }

            if (turn.Wake > deadline)
                throw Exhausted(host, turn.Until);
            var wait = turn.Wake - time.GetUtcNow();
            await Task.Delay((wait > TimeSpan.Zero ? wait : TimeSpan.Zero) + TimeSpan.FromMilliseconds(1), time, cancellation);
        }
    }

    private async Task<(HttpResponseMessage Response, HostAnswer Answer)> SendOnceAsync(
        HttpRequestMessage request, PaceAsk ask, HostLanes host, Permit permit, CancellationToken cancellation)
    {
        var rest = permit.Until - time.GetUtcNow();
        using var late = new CancellationTokenSource(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        var answer = HostAnswer.None;
        var isSent = true;
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, either.Token);
            await response.Content.LoadIntoBufferAsync(MaxAnswer, either.Token);
            answer = await HostAnswer.ReadAsync(request, response, time.GetUtcNow());
            // Others of this process must not leave while the row is being written; how long a refusal without a time holds, the row knows.
            host.Pause(time.GetUtcNow(), answer.Wait ?? (answer is { IsRefused: true, IsUsedUp: false } ? options.FirstPenalty : null));
            return (response, answer);
        }
        catch (WritesStoppedException)
        {
            isSent = false;
            throw;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            response?.Dispose();
            throw new HttpRequestException($"{host.Name} did not answer within {options.RequestTimeout.TotalSeconds:0} s.");
        }
        finally
        {
            await RecordAsync(ask, host, permit, isSent ? answer : null);
        }
    }

    /// <summary>A fault of the store must not hide an answer: what was asked for may have been done. An unrecorded write lapses by itself.</summary>
    private async Task RecordAsync(PaceAsk ask, HostLanes host, Permit permit, HostAnswer? answer)
    {
        if (answer is not null && !Pace.IsNews(ask, permit, answer))
            return;
        try
        {
            var (next, left) = await rows.ChangeAsync(
                host.Name,
                account,
                (state, now) =>
                {
                    var after = answer is null ? Pace.Release(state, ask, permit) : Pace.Finish(state, ask, permit, answer, now, options);
                    return (after, (after, Pace.Left(after, now)));
                },
                CancellationToken.None);
            Measure(host, left);
            if (answer is { Wait: not null } or { IsRefused: true })
                Log.Paused(log, host.Name, account, next.PausedUntil ?? answer.Limit?.Until, answer.IsRefused);
        }
        catch (Exception fault)
        {
            Log.NotRecorded(log, fault, host.Name, account);
        }
    }

    private static void Measure(HostLanes host, double? left)
    {
        if (left is { } part)
            BacklogMetrics.Left(host.Name, part);
    }

    private static BudgetExhaustedException Exhausted(HostLanes host, DateTimeOffset until) =>
        new($"The budget of {host.Name} is used up until {until:u}; nothing was sent.") { Until = until };

    /// <summary>What the threads of this process share of one host.</summary>
    private sealed class HostLanes(string name, int reads)
    {
        private long pausedUntil;

        public string Name => name;

        public Lane Reads { get; } = new(reads);

        public Lane Writes { get; } = new(1);

        public DateTimeOffset PausedUntil => new(Interlocked.Read(ref pausedUntil), TimeSpan.Zero);

        public void Pause(DateTimeOffset now, TimeSpan? wait)
        {
            if (wait is { } length && now + length > PausedUntil)
                Interlocked.Exchange(ref pausedUntil, (now + length).UtcTicks);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Host} asks {Account} to pause until {Until} (refused: {Refused}).")]
        public static partial void Paused(ILogger logger, string host, string account, DateTimeOffset? until, bool refused);

        [LoggerMessage(2, LogLevel.Debug, "{Host} failed to answer; a read is tried again (fault {Faults}).")]
        public static partial void TriedAgain(ILogger logger, string host, int faults);

        [LoggerMessage(3, LogLevel.Warning, "What {Host} told {Account} of its limits could not be stored.")]
        public static partial void NotRecorded(ILogger logger, Exception fault, string host, string account);
    }
}
