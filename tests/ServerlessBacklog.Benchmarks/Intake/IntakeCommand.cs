using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Benchmarks.Intake;

/// <summary>
/// <c>intake [DELIVERIES] [CONNECTIONS] [PROGRAM]</c>: sends distinct signed deliveries of 12 KB to the built program over connections that stay open,
/// and prints how fast they are taken in, whether every one is stored, and how long the triage of them lags behind (docs/performance.md).
/// </summary>
internal static class IntakeCommand
{
    private const int BodyBytes = 12 * 1024;
    private const string Repository = "made/issues";
    private const string Secret = "a-secret-for-measuring-0123456789abcdef";
    private const int WarmUp = 200;

    /// <summary>How long the working off is watched.</summary>
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var deliveries = arguments.Count > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 10_000;
        var connections = arguments.Count > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 32;
        var path = arguments.Count > 2 ? arguments[2] : BuiltProgram.Find();
        var port = FreePort();
        var requests = Requests(deliveries, port);
        var folder = Directory.CreateTempSubdirectory("backlog-intake-").FullName;
        try
        {
            using var program = Start(path, folder, port);
            try
            {
                await UpAsync(port, program);
                // What is compiled on the first calls is not what is measured.
                await BurstAsync(Requests(WarmUp, port, from: deliveries + 1), port, Math.Min(connections, 8));
                using var storage = LocalStorage.Open(folder, TimeProvider.System);
                var before = Processor(program);
                var burst = await BurstAsync(requests, port, connections);
                var processor = Processor(program) - before;
                var memory = PeakMegabytes(program);
                var stored = await StoredAsync(storage, deliveries);
                var watch = Stopwatch.StartNew();
                await Task.Delay(Watched);
                var later = await StoredAsync(storage, deliveries);
                Print(deliveries, connections, burst, stored, (stored.Pending - later.Pending) / watch.Elapsed.TotalSeconds, processor, memory);
                var kept = stored.Count;
                return kept == deliveries && burst.Refused == 0 ? 0 : 1;
            }
            finally
            {
                program.Kill();
                await program.WaitForExitAsync();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(int deliveries, int connections, Burst burst, (int Count, int Pending) stored, double drain, TimeSpan processor, double memory) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {deliveries:N0} deliveries of {BodyBytes / 1024} KB over {connections} connections: {deliveries / burst.Elapsed.TotalSeconds:N0}/s
            answered after {burst.Percentile(0.50):F0} ms (median), {burst.Percentile(0.95):F0} ms (p95), {burst.Percentile(0.99):F0} ms (p99), {burst.Percentile(1):F0} ms (longest); refused: {burst.Refused}
            stored: {stored.Count:N0}; pending after the last answer: {stored.Pending:N0}; worked off with {drain:F0}/s
            processor time of the program: {processor.TotalMilliseconds / deliveries:F2} ms for each delivery; peak memory {memory:F0} MB
            """));

    /// <summary>How many deliveries are stored, those of the warm-up apart, and how many of all wait to be started.</summary>
    private static async Task<(int Count, int Pending)> StoredAsync(LocalStorage storage, int deliveries)
    {
        var recent = await storage.Deliveries.RecentAsync(deliveries + (2 * WarmUp), CancellationToken.None);
        return (recent.Count - WarmUp, recent.Count(d => d.State == DeliveryState.Pending));
    }

    private static async Task<Burst> BurstAsync(byte[][] requests, int port, int connections)
    {
        var took = new double[requests.Length];
        var next = -1;
        var refused = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var line = await Line.OpenAsync(port);
            while (Interlocked.Increment(ref next) is var i && i < requests.Length)
            {
                var began = Stopwatch.GetTimestamp();
                if (await line.AskAsync(requests[i]) != 202)
                    Interlocked.Increment(ref refused);
                took[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        })));
        watch.Stop();
        Array.Sort(took);
        return new Burst(watch.Elapsed, took, refused);
    }

    /// <summary>Whole requests, made and signed before any clock starts.</summary>
    private static byte[][] Requests(int count, int port, int from = 1)
    {
        var made = new MadeDelivery(Template(), Repository, Secret, BodyBytes);
        return [.. Enumerable.Range(from, count).AsParallel().AsOrdered().Select(number =>
        {
            var (id, body, signature) = made.Of(number);
            var head = $"""
                POST /hooks/github HTTP/1.1
                Host: 127.0.0.1:{port}
                User-Agent: GitHub-Hookshot/044aadd
                Accept: */*
                Content-Type: application/json
                X-GitHub-Event: issues
                X-GitHub-Delivery: {id}
                X-Hub-Signature-256: {signature}
                Content-Length: {body.Length}


                """.ReplaceLineEndings("\r\n");
            return (byte[])[.. Encoding.ASCII.GetBytes(head), .. body];
        })];
    }

    private static JsonObject Template()
    {
        using var reader = new StreamReader(new GZipStream(
            File.OpenRead(Path.Combine(AppContext.BaseDirectory, "octokit-webhooks-examples.jsonl.gz")), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            if (JsonNode.Parse(line)! is var recorded && (string?)recorded["event"] == "issues" && (string?)recorded["payload"]!["action"] == "opened")
                return recorded["payload"]!.DeepClone().AsObject();
        }

        throw new InvalidDataException("No issue that is opened was recorded.");
    }

    private static Process Start(string path, string folder, int port)
    {
        var start = new ProcessStartInfo(path, ["serve", "--port", $"{port}", "--data-dir", folder, "--quiet"]);
        start.Environment["GitHub__WebhookSecrets__0"] = Secret;
        // Nobody listens there: what is examined is what the deliveries tell.
        start.Environment["GitHub__ApiBaseUrl"] = "http://127.0.0.1:1";
        start.Environment["Trackers__Pace__SkipLoopback"] = "true";
        return Process.Start(start)!;
    }

    private static async Task UpAsync(int port, Process program)
    {
        while (!program.HasExited)
        {
            try
            {
                using var line = await Line.OpenAsync(port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }

        throw new InvalidOperationException($"The program ended with {program.ExitCode}.");
    }

    private static TimeSpan Processor(Process program)
    {
        program.Refresh();
        return program.TotalProcessorTime;
    }

    private static double PeakMegabytes(Process program)
    {
        program.Refresh();
        return program.PeakWorkingSet64 / 1e6;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <param name="Took">Milliseconds of each call, the shortest first.</param>
    private sealed record Burst(TimeSpan Elapsed, double[] Took, int Refused)
    {
        public double Percentile(double share) => Took[Math.Max(0, (int)Math.Ceiling(share * Took.Length) - 1)];
    }
}
