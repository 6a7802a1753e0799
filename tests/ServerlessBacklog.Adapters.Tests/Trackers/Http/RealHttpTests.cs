using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Adapters.Storage.Sqlite;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Adapters.Tests.Storage;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.StandIns;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Http;

/// <summary>The real client, clock and sockets, composed as the hosts do.</summary>
public sealed class RealHttpTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    [Fact]
    public async Task Two_processes_write_in_turn_over_real_HTTP()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (underWay, overlaps, arrivals) = (0, 0, new List<DateTimeOffset>());
        await using var server = await StandInServer.StartAsync(app => app.MapPost("/comments", async () =>
        {
            if (Interlocked.Increment(ref underWay) > 1)
                Interlocked.Increment(ref overlaps);
            lock (arrivals)
                arrivals.Add(TimeProvider.System.GetUtcNow());
            await Task.Delay(100);
            Interlocked.Decrement(ref underWay);
            return Results.Json(new { id = 1 }, statusCode: 201);
        }), cancellation);
        await using var one = Services();
        await using var other = Services();

        var statuses = await Task.WhenAll(new[] { one, other, one, other }.Select(async services =>
        {
            using var client = new HttpClient(services.GetRequiredService<ITrackerHttp>().HandlerFor("installation:1")) { Timeout = Timeout.InfiniteTimeSpan };
            using var response = await client.PostAsJsonAsync($"{server.Address}comments", new { body = "text" }, cancellation);
            return response.StatusCode;
        }));

        statuses.ShouldAllBe(s => s == HttpStatusCode.Created);
        overlaps.ShouldBe(0);
        arrivals.Zip(arrivals.Skip(1), (a, b) => b - a).ShouldAllBe(gap => gap >= TimeSpan.FromSeconds(1.05));
    }

    [Fact]
    public async Task A_read_finds_its_way_through_a_fault_a_pause_and_an_unchanged_answer()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var calls = 0;
        await using var server = await StandInServer.StartAsync(app => app.MapGet("/issues", (HttpContext http) =>
        {
            http.Response.Headers.ETag = "\"v1\"";
            switch (++calls)
            {
                case 1:
                    http.Abort();
                    return Results.Empty;
                case 2:
                    http.Response.Headers.RetryAfter = "1";
                    return Results.StatusCode(429);
                case 3:
                    return Results.Json(new[] { 1, 2, 3 });
                default:
                    return http.Request.Headers.IfNoneMatch == "\"v1\"" ? Results.StatusCode(304) : Results.StatusCode(500);
            }
        }), cancellation);
        await using var services = Services();
        using var client = new HttpClient(services.GetRequiredService<ITrackerHttp>().HandlerFor("token:1"));
        client.DefaultRequestHeaders.Authorization = new("Bearer", "t");

        var first = await client.GetFromJsonAsync<int[]>($"{server.Address}issues", cancellation);
        var second = await client.GetFromJsonAsync<int[]>($"{server.Address}issues", cancellation);

        first.ShouldBe([1, 2, 3]);
        second.ShouldBe([1, 2, 3]);
        calls.ShouldBe(4);
    }

    public void Dispose() => directory.Dispose();

    private ServiceProvider Services() => new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .AddSingleton<ITableStore>(_ => SqliteTables.Open(directory.File("rows.db")))
        .AddSingleton<IWriteStop>(new PoliteHttpDriver.StopSwitch())
        .AddTrackerHttp(new ConfigurationBuilder().Build())
        .BuildServiceProvider();
}
