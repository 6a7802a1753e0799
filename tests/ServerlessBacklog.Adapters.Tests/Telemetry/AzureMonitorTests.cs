using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessBacklog.Adapters.Telemetry;
using ServerlessBacklog.StandIns;
using ServerlessBacklog.Triage.Telemetry;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Adapters.Tests.Telemetry;

/// <summary>What comes to Application Insights, over real HTTP to a server of our own.</summary>
public partial class AzureMonitorTests
{
    private const int Deliveries = 60;

    [Fact]
    public async Task All_traces_come_each_whole_with_metrics_and_logs_that_name_what_they_are_about()
    {
        var came = new ConcurrentQueue<JsonElement>();
        await using var server = await StandInServer.StartAsync(app => app.Map("{**any}", (HttpRequest request) => TakeAsync(request, came)), TestContext.Current.CancellationToken);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([
            new("APPLICATIONINSIGHTS_CONNECTION_STRING", $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint={server.Address}/;LiveEndpoint={server.Address}/"),
            new("APPLICATIONINSIGHTS_STATSBEAT_DISABLED", "true")]).Build();

        // Tests beside this one have spans too, and every listener in a process hears all of them.
        var own = new HashSet<string>();
        await using (var services = new ServiceCollection().AddTelemetry(configuration).AddSingleton<IConfiguration>(configuration).BuildServiceProvider().BeginTelemetry())
        {
            var log = services.GetRequiredService<ILogger<AzureMonitorTests>>();
            for (var number = 1; number <= Deliveries; number++)
            {
                using var received = Tracing.Begin("receive delivery");
                own.Add(Activity.Current!.TraceId.ToHexString());
                using var started = Tracing.Begin("start delivery", Tracing.Current)?.SetTag(SpanTags.Delivery, $"d{number}");
                using var request = Tracing.Begin("GET api.example");
                if (number == 1)
                    Log.Odd(log);
            }

            BacklogMetrics.Delivered("github", DeliveryResults.Accepted);
        }

        var spans = came.Where(t => Kind(t) == "RemoteDependencyData" && Data(t).GetProperty("name").GetString()!.EndsWith(" delivery", StringComparison.Ordinal)
            && own.Contains(t.GetProperty("tags").GetProperty("ai.operation.id").GetString()!)).ToList();
        spans.Count.ShouldBe(2 * Deliveries);
        spans.CountBy(t => t.GetProperty("tags").GetProperty("ai.operation.id").GetString()!).ShouldAllBe(trace => trace.Value == 2);
        spans[0].GetProperty("tags").GetProperty("ai.cloud.role").GetString().ShouldBe("ServerlessBacklog");
        came.Where(t => Kind(t) == "MetricData").SelectMany(t => Data(t).GetProperty("metrics").EnumerateArray()).Select(m => m.GetProperty("name").GetString())
            .ShouldContain("backlog.deliveries");
        var line = Data(came.Single(t => Kind(t) == "MessageData"));
        line.GetProperty("message").GetString().ShouldBe("Something was odd.");
        line.GetProperty("properties").GetProperty("backlog.delivery").GetString().ShouldBe("d1");
    }

    private static string? Kind(JsonElement item) => item.GetProperty("data").GetProperty("baseType").GetString();

    private static JsonElement Data(JsonElement item) => item.GetProperty("data").GetProperty("baseData");

    private static async Task<IResult> TakeAsync(HttpRequest request, ConcurrentQueue<JsonElement> came)
    {
        await using var body = request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        using var reader = new StreamReader(body, Encoding.UTF8);
        var count = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Length == 0)
                continue;
            came.Enqueue(JsonElement.Parse(line));
            count++;
        }

        return Results.Json(new { itemsReceived = count, itemsAccepted = count, errors = Array.Empty<object>() });
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Something was odd.")]
        public static partial void Odd(ILogger logger);
    }
}
