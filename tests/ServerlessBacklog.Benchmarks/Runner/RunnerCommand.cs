using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ServerlessBacklog.LocalRunner;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Benchmarks.Runner;

/// <summary><c>runner</c>: what the durable engine does per second, and what waiting instances cost (docs/local-runner.md).</summary>
internal static class RunnerCommand
{
    private const int Waiting = 10_000;

    private static readonly WorkflowRegistry Code = new(
        [
            OrchestrationEntry.Of<CallsInTurn, int, int>(CallsInTurn.Ref),
            OrchestrationEntry.Of<CallsAtOnce, int, int>(CallsAtOnce.Ref),
            OrchestrationEntry.Of<Waits, int, int>(Waits.Ref),
        ],
        [ActivityEntry.Of<Nothing, int, int>(Nothing.Ref)]);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (arguments is ["open", var path])
            return await OpenAsync(path);
        Console.WriteLine("| load | calls | seconds | calls/s |");
        Console.WriteLine("|---|---:|---:|---:|");
        await MeasureAsync(CallsInTurn.Ref, "warm-up", instances: 100, calls: 20);
        await MeasureAsync(CallsInTurn.Ref, "500 instances × 20 calls in turn", instances: 500, calls: 20);
        await MeasureAsync(CallsInTurn.Ref, "2,000 instances × 1 call", instances: 2000, calls: 1);
        await MeasureAsync(CallsInTurn.Ref, "1 instance × 1,000 calls in turn", instances: 1, calls: 1000);
        await MeasureAsync(CallsAtOnce.Ref, "1 instance × 1,000 calls at once", instances: 1, calls: 1000);
        await MeasureAsync(CallsAtOnce.Ref, "1 instance × 5,000 calls at once", instances: 1, calls: 5000);
        await MeasureAsync(CallsAtOnce.Ref, "20 instances × 500 calls at once", instances: 20, calls: 500);
        await MeasureWaitingAsync();
        return 0;
    }

    private static async Task MeasureAsync(OrchestrationRef<int, int> orchestration, string load, int instances, int calls)
    {
        using var folder = new TemporaryFolder();
        await using var services = Services();
        await using var runner = Open(folder.File, services);
        await runner.StartAsync();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, instances).Select(i => runner.StartAsync(orchestration, $"i{i}", calls, CancellationToken.None)));
        var ends = await Task.WhenAll(Enumerable.Range(0, instances).Select(i => runner.WaitAsync($"i{i}", CancellationToken.None)));
        watch.Stop();
        if (ends.Any(e => e.Status != InstanceStatus.Completed || e.OutputAs<int>() != calls))
            throw new InvalidOperationException($"{load}: not all instances completed.");
        var total = instances * calls;
        Console.WriteLine($"| {load} | {total:N0} | {watch.Elapsed.TotalSeconds:F2} | {total / watch.Elapsed.TotalSeconds:N0} |");
    }

    private static async Task MeasureWaitingAsync()
    {
        using var folder = new TemporaryFolder();
        await using (var services = Services())
        await using (var runner = Open(folder.File, services))
        {
            await runner.StartAsync();
            await Task.WhenAll(Enumerable.Range(0, Waiting).Select(i => runner.StartAsync(Waits.Ref, $"i{i}", i, CancellationToken.None)));
            while ((await runner.ListAsync(new InstanceFilter(), Waiting)).Any(l => l.Waits.Count == 0))
                await Task.Delay(100);
        }

        Console.WriteLine($"\n{Waiting:N0} waiting instances, file of {new FileInfo(folder.File).Length / 1e6:F1} MB, in a process of its own:");
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["runner", "open", folder.File]))!;
        await process.WaitForExitAsync();
    }

    /// <summary>Opens a file of waiting instances, wakes some of them, and says what that took.</summary>
    private static async Task<int> OpenAsync(string path)
    {
        var watch = Stopwatch.StartNew();
        await using var services = Services();
        await using var runner = Open(path, services);
        await runner.StartAsync();
        var opened = watch.Elapsed;
        await runner.RaiseAsync("i1", "go", new Said(1), CancellationToken.None);
        await runner.WaitAsync("i1", CancellationToken.None);
        var first = watch.Elapsed;
        await Task.Delay(TimeSpan.FromSeconds(1));
        var idle = Megabytes();
        watch.Restart();
        await Task.WhenAll(Enumerable.Range(0, Waiting).Select(i => runner.RaiseAsync($"i{i}", "go", new Said(i), CancellationToken.None)));
        await Task.WhenAll(Enumerable.Range(0, Waiting).Select(i => runner.WaitAsync($"i{i}", CancellationToken.None)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"opened and started in {opened.TotalSeconds:F2} s, first instance woken and ended after {first.TotalSeconds:F2} s, {idle:F0} MB at rest; all woken, replayed and ended in {watch.Elapsed.TotalSeconds:F2} s, {Megabytes():F0} MB."));
        return 0;

        static double Megabytes()
        {
            using var self = Process.GetCurrentProcess();
            return self.WorkingSet64 / 1e6;
        }
    }

    private static ServiceProvider Services() => new ServiceCollection().AddScoped<Nothing>().BuildServiceProvider();

    private static LocalRunner.LocalRunner Open(string path, ServiceProvider services) =>
        LocalRunner.LocalRunner.Open(new LocalRunnerOptions
        {
            Path = path,
            Registry = Code,
            Scopes = services.GetRequiredService<IServiceScopeFactory>(),
        });

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly string path = Directory.CreateTempSubdirectory("backlog-runner-").FullName;

        public string File => Path.Combine(path, "runs.db");

        public void Dispose() => Directory.Delete(path, recursive: true);
    }
}
