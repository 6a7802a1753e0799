using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ServerlessBacklog.StandIns;

namespace ServerlessBacklog.EndToEnd.Tests.Telemetry;

/// <summary>Takes in what is exported by OTLP over HTTP (https://opentelemetry.io/docs/specs/otlp/#otlphttp) and keeps every byte of it.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> received;
    private readonly StandInServer server;

    private Collector(StandInServer server, ConcurrentQueue<(string Signal, byte[] Body)> received) => (this.server, this.received) = (server, received);

    /// <summary>What a program needs to send here, without delay.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = server.Address.ToString(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "250",
    };

    public IReadOnlyList<Span> Spans => [.. Messages("traces").SelectMany(m => m.All(1, 2, 2)).Select(s => new Span(s.Hex(1), s.Hex(2), s.Hex(4), s.Text(5)))];

    public IReadOnlyList<LogLine> Logs =>
    [
        .. Messages("logs").SelectMany(m => m.All(1, 2, 2)).Select(l => new LogLine(
            l.All(5).Single().Text(1), l.Hex(9), l.All(6).ToDictionary(a => a.Text(1), a => a.All(2).Single().Text(1)))),
    ];

    public IReadOnlySet<string> Metrics => Messages("metrics").SelectMany(m => m.All(1, 2, 2)).Select(m => m.Text(1)).ToHashSet();

    /// <summary>Attributes of the program that sends.</summary>
    public IReadOnlyDictionary<string, string> Resource =>
        received.Select(r => Wire.Read(r.Body)).First().All(1, 1, 1).ToDictionary(a => a.Text(1), a => a.All(2).Single().Text(1));

    /// <summary>All that came, as text: whatever is not text is not looked for.</summary>
    public string Everything => string.Concat(received.Select(r => Encoding.Latin1.GetString(r.Body)));

    public static async Task<Collector> StartAsync()
    {
        var received = new ConcurrentQueue<(string, byte[])>();
        return new Collector(
            await StandInServer.StartAsync(app => app.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                received.Enqueue((signal, body.ToArray()));
                return Results.Bytes([], "application/x-protobuf");
            })),
            received);
    }

    public async Task WaitForAsync(string what, Func<Collector, bool> isThere)
    {
        for (var waited = Stopwatch.StartNew(); !isThere(this); await Task.Delay(50))
        {
            if (waited.Elapsed > Backlog.Deadline)
                throw new TimeoutException($"Never came: {what}. There are the spans {string.Join(", ", Spans.CountBy(s => s.Name))}, the metrics {string.Join(", ", Metrics)} and the logs {string.Join(" | ", Logs)}.");
        }
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private IEnumerable<Wire> Messages(string signal) => received.Where(r => r.Signal == signal).Select(r => Wire.Read(r.Body));
}

internal sealed record Span(string Trace, string Id, string Parent, string Name);

internal sealed record LogLine(string Text, string Trace, IReadOnlyDictionary<string, string> Attributes);
