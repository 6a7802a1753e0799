using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner.Tests.Processes;

/// <summary>A process of its own that runs work on a file: this very program, started anew.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly WorkflowRegistry Code = new(
        [OrchestrationEntry.Of<Chores, int, string[]>(Chores.Ref), OrchestrationEntry.Of<OneChore, int, string>(OneChore.Ref)],
        [ActivityEntry.Of<Chore, string, string>(Chore.Ref)]);

    private readonly Process process;

    private WorkerProcess(Process process) => this.process = process;

    public int Id => process.Id;

    /// <summary>Starts one and waits until it works.</summary>
    public static async Task<WorkerProcess> StartAsync(string file, string ledger)
    {
        var program = Path.ChangeExtension(typeof(WorkerProcess).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);
        var process = Process.Start(new ProcessStartInfo(program, ["work", file, ledger])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        (await process.StandardOutput.ReadLineAsync()).ShouldBe("working");
        return new WorkerProcess(process);
    }

    /// <summary>What the process does.</summary>
    public static async Task<int> RunAsync(string file, string ledger)
    {
        await using var services = new ServiceCollection().AddSingleton(new Ledger(ledger)).AddScoped<Chore>().BuildServiceProvider();
        await using var runner = LocalRunner.Open(new LocalRunnerOptions
        {
            Path = file,
            Registry = Code,
            Scopes = services.GetRequiredService<IServiceScopeFactory>(),
            Concurrency = 4,
        });
        await runner.StartAsync();
        Console.WriteLine("working");
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>SIGKILL; TerminateProcess on Windows.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Lets it end in order.</summary>
    public async Task<int> EndAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
