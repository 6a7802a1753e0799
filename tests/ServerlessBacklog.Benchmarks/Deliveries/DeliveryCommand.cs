using System.Diagnostics;
using System.Globalization;
using System.Text;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Benchmarks.Deliveries;

/// <summary>
/// <c>deliveries [COUNT] [CALLERS]</c>: what the embedded store takes of distinct 12 KB deliveries, each durable before it is answered, and what it
/// takes to mark them as started (docs/storage.md).
/// </summary>
internal static class DeliveryCommand
{
    private const int BodyLength = 12 * 1024;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var count = arguments.Count > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 40_000;
        var callers = arguments.Count > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 64;
        var folder = Directory.CreateTempSubdirectory("backlog-deliveries-").FullName;
        try
        {
            using var storage = LocalStorage.Open(folder);
            var bodies = Enumerable.Range(0, 100).Select(Body).ToList();
            await MeasureAsync("warm-up", 2000, callers, i => storage.Deliveries.AddAsync(Delivery(bodies, -1 - i), CancellationToken.None));
            Console.WriteLine("| | calls | callers | calls/s | p50 ms | p99 ms | longest ms | CPU µs a call |");
            Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
            Console.WriteLine(await MeasureAsync("added", count, callers, async i =>
            {
                if (await storage.Deliveries.AddAsync(Delivery(bodies, i), CancellationToken.None) != DeliveryAnswer.New)
                    throw new InvalidOperationException("A distinct delivery was taken for another one.");
            }));
            Console.WriteLine(await MeasureAsync("marked as started", count, callers, i =>
                storage.Deliveries.MarkAsync(Delivery(bodies, i), DeliveryState.Started, null, CancellationToken.None)));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> MeasureAsync(string what, int count, int callers, Func<int, Task> call)
    {
        var (next, times, watch, cpu) = (-1, new double[count], Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
            {
                var began = Stopwatch.GetTimestamp();
                await call(i);
                times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        })));
        watch.Stop();
        cpu = Environment.CpuUsage.TotalTime - cpu;
        Array.Sort(times);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {count:N0} | {callers} | {count / watch.Elapsed.TotalSeconds:N0} | {times[count / 2]:F1} | {times[count * 99 / 100]:F1} | {times[^1]:F1} | {cpu.TotalMicroseconds / count:F0} |");
    }

    /// <summary>Every id, content key and body is another one.</summary>
    private static Delivery Delivery(List<byte[]> bodies, int number)
    {
        var body = (byte[])bodies[Math.Abs(number) % bodies.Count].Clone();
        Encoding.ASCII.GetBytes($"{{\"number\":{number:D10}").CopyTo(body, 0);
        return new Delivery
        {
            Tracker = "github",
            Id = new Guid(number, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]).ToString(),
            Event = "issues.edited",
            ContentKey = $"issues.edited github:owner/repo#{number} 2026-06-01T12:00:00Z",
            ReceivedAt = DateTimeOffset.UnixEpoch.AddYears(56).AddMilliseconds(number),
            State = DeliveryState.Pending,
            Backlog = "owner/repo",
            Item = new WorkItemRef("github", "owner/repo", $"{number}"),
            Headers = new Dictionary<string, string> { ["X-GitHub-Event"] = "issues", ["X-GitHub-Delivery"] = $"{number}" },
            Body = body,
        };
    }

    /// <summary>JSON of the look of a payload: names again and again, words and numbers that differ.</summary>
    private static byte[] Body(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder("{\"number\":0000000000000");
        while (text.Length < BodyLength - 200)
            text.Append(CultureInfo.InvariantCulture, $",\"field_{random.Next(60)}_url\":\"https://api.github.example/repos/owner/{random.Next():x}/{random.Next(1000)}\",\"text\":\"{Words(random)}\"");
        return Encoding.ASCII.GetBytes(text.Append(",\"end\":\"").Append('x', BodyLength - text.Length - 2).Append("\"}").ToString());
    }

    private static string Words(Random random) => string.Join(' ', Enumerable.Range(0, 12).Select(_ => $"word{random.Next(5000)}"));
}
