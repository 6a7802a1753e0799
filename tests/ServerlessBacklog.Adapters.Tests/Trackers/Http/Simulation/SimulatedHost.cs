using System.Net;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Http.Simulation;

/// <summary>What the host does beside answering, as parts of all requests.</summary>
internal sealed record Weather
{
    /// <summary>200 with a Retry-After of 5 to 40 seconds.</summary>
    public double Pauses { get; init; }

    /// <summary>403 that names no time.</summary>
    public double Refusals { get; init; }

    /// <summary>429 with a Retry-After of 10 to 90 seconds.</summary>
    public double TimedRefusals { get; init; }

    /// <summary>502.</summary>
    public double Faults { get; init; }

    public int HourlyLimit { get; init; } = 5000;

    /// <summary>From sending to arriving, and from answering to receiving, up to so many milliseconds.</summary>
    public int Latency { get; init; } = 150;
}

/// <summary>A host with GitHub's limits and headers that writes down what arrives. Its hours begin with an account's first request.</summary>
internal sealed class SimulatedHost(SimulatedTime time, Random chance, Weather weather)
{
    private readonly Dictionary<(string Account, bool IsGraphQl), (DateTimeOffset Reset, int Left)> hours = [];

    public List<Arrival> Log { get; } = [];

    /// <param name="isAlive">Asked before each step: of a process that is dead nothing comes and to it nothing goes.</param>
    public async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, int process, Func<bool> isAlive, CancellationToken cancellation)
    {
        var sentAt = time.GetUtcNow();
        await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(1, weather.Latency)), time, CancellationToken.None);
        if (!isAlive())
            await new TaskCompletionSource().Task;
        var arrival = new Arrival
        {
            Process = process,
            Account = request.Headers.GetValues("X-Account").Single(),
            Method = request.Method,
            IsGraphQl = request.RequestUri!.AbsolutePath == "/graphql",
            IsScheduled = request.Headers.Contains("X-Scheduled"),
            SentAt = sentAt,
            ArrivedAt = time.GetUtcNow(),
        };
        Log.Add(arrival);
        Decide(arrival);
        await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(1, weather.Latency)), time, CancellationToken.None);
        arrival.AnsweredAt = time.GetUtcNow();
        var response = ResponseTo(arrival);
        await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(1, weather.Latency)), time, CancellationToken.None);
        if (!isAlive())
            await new TaskCompletionSource().Task;
        cancellation.ThrowIfCancellationRequested();
        arrival.ReceivedAt = time.GetUtcNow();
        return response;
    }

    private void Decide(Arrival arrival)
    {
        arrival.AnsweredAt = arrival.ArrivedAt;
        var hour = hours.GetValueOrDefault((arrival.Account, arrival.IsGraphQl));
        if (hour.Reset <= arrival.ArrivedAt)
            hour = (arrival.ArrivedAt.AddHours(1).AddTicks(-(arrival.ArrivedAt.Ticks % TimeSpan.TicksPerSecond)), weather.HourlyLimit);
        var dice = chance.NextDouble();
        if (hour.Left == 0)
            arrival.Status = 403;
        else if ((dice -= weather.Refusals) < 0)
            arrival.Status = 403;
        else if ((dice -= weather.TimedRefusals) < 0)
            (arrival.Status, arrival.RetryAfter) = (429, TimeSpan.FromSeconds(chance.Next(10, 90)));
        else if ((dice -= weather.Pauses) < 0)
            (arrival.Status, arrival.RetryAfter) = (200, TimeSpan.FromSeconds(chance.Next(5, 40)));
        else
            arrival.Status = dice - weather.Faults < 0 ? 502 : 200;
        hour.Left = Math.Max(0, hour.Left - 1);
        hours[(arrival.Account, arrival.IsGraphQl)] = hour;
        (arrival.Limit, arrival.Remaining, arrival.Reset) = (weather.HourlyLimit, hour.Left, hour.Reset);
    }

    private HttpResponseMessage ResponseTo(Arrival arrival)
    {
        var response = new HttpResponseMessage((HttpStatusCode)arrival.Status)
        {
            Content = new StringContent(arrival.Status == 403 ? """{"message":"You have exceeded a secondary rate limit."}""" : "{}"),
        };
        response.Headers.Date = time.GetUtcNow();
        response.Headers.Add("X-RateLimit-Limit", $"{arrival.Limit}");
        response.Headers.Add("X-RateLimit-Remaining", $"{arrival.Remaining}");
        response.Headers.Add("X-RateLimit-Reset", $"{arrival.Reset.ToUnixTimeSeconds()}");
        response.Headers.Add("X-RateLimit-Resource", arrival.IsGraphQl ? "graphql" : "core");
        if (arrival.RetryAfter is { } wait)
            response.Headers.RetryAfter = new(wait);
        return response;
    }
}
