using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Adapters.Tests.Storage;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.StandIns;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Http;

/// <summary>What is told of requests to trackers, and what trackers are not told.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly TelemetryRecorder telemetry = new();
    private readonly PoliteHttpDriver driver = new();

    [Fact]
    public void A_request_is_a_span_without_its_query_its_headers_and_its_body()
    {
        driver.Network.Then(404, "canary");

        driver.Send(HttpMethod.Post, "/repos/o/r/issues?q=canary&token=canary", body: """{"title":"canary"}""");

        var span = telemetry.Spans.ShouldHaveSingleItem();
        (span.DisplayName, span.Kind, span.Status).ShouldBe(("POST api.example", ActivityKind.Client, ActivityStatusCode.Error));
        span.GetTagItem("url.full").ShouldBe("https://api.example/repos/o/r/issues");
        span.GetTagItem("http.response.status_code").ShouldBe(404);
        string.Join(' ', span.TagObjects.Select(t => $"{t.Value}")).ShouldNotContain("canary");
    }

    [Fact]
    public void Each_try_is_a_span_of_its_own_and_a_wait_is_none()
    {
        driver.Network.ThenFault().Then(503).Then(200);

        driver.Send(HttpMethod.Get);

        telemetry.Spans.Select(s => s.GetTagItem("error.type") ?? "ok").ShouldBe(["System.Net.Http.HttpRequestException", "503", "ok"]);
    }

    [Fact]
    public void What_a_host_still_allows_is_measured_as_its_scarcest_counter()
    {
        var reset = $"{driver.Time.GetUtcNow().AddMinutes(30).ToUnixTimeSeconds()}";
        driver.Network.Then(200, ("x-ratelimit-limit", "5000"), ("x-ratelimit-remaining", "1000"), ("x-ratelimit-reset", reset), ("x-ratelimit-resource", "core"));
        driver.Network.Then(200, ("x-ratelimit-limit", "30"), ("x-ratelimit-remaining", "1"), ("x-ratelimit-reset", reset), ("x-ratelimit-resource", "search"));

        driver.Send(HttpMethod.Get);
        driver.Send(HttpMethod.Get, "/search/issues");

        var left = telemetry.ValuesOf("backlog.tracker.budget_left");
        left[0].ShouldBe(0.2);
        left.ShouldAllBe(part => part > 0.19 && part <= 0.2, "Searches go by the minute, not by the hour.");
        telemetry.Of("backlog.tracker.budget_left")[0].ShouldStartWith("host=api.example:");
    }

    [Fact]
    public void A_host_that_tells_no_limit_is_not_measured()
    {
        driver.Send(HttpMethod.Get);

        telemetry.ValuesOf("backlog.tracker.budget_left").ShouldBeEmpty();
    }

    [Fact]
    public async Task No_tracker_is_told_of_our_traces()
    {
        using var directory = new TemporaryDirectory();
        var headers = new List<string>();
        await using var server = await StandInServer.StartAsync(
            app => app.MapGet("/issues", (HttpRequest request) => headers.AddRange(request.Headers.Keys)), TestContext.Current.CancellationToken);
        await using var services = new ServiceCollection()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddServerlessBacklog(new ConfigurationBuilder().AddInMemoryCollection([new(ServerlessBacklogServices.DataDirectory, directory.Path)]).Build())
            .BuildServiceProvider();
        using var client = new HttpClient(services.GetRequiredService<ITrackerHttp>().HandlerFor("installation:1"));

        using (Tracing.Begin("ApplyDecision"))
        using (await client.GetAsync($"{server.Address}issues", TestContext.Current.CancellationToken))
            telemetry.Spans.ShouldHaveSingleItem().ParentSpanId.ShouldNotBe(default);

        headers.ShouldNotBeEmpty();
        headers.ShouldNotContain(h => h.StartsWith("trace", StringComparison.OrdinalIgnoreCase) || h.StartsWith("baggage", StringComparison.OrdinalIgnoreCase) || h == "Request-Id");
    }

    public void Dispose()
    {
        driver.Dispose();
        telemetry.Dispose();
    }
}
