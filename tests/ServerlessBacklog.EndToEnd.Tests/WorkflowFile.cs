using Microsoft.Extensions.DependencyInjection;
using ServerlessBacklog.LocalRunner;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.EndToEnd.Tests;

/// <summary>The workflow file of a data directory, seen and filled by the runner itself: as another, unknown program does it.</summary>
internal sealed class WorkflowFile(string dataDirectory)
{
    private static readonly WorkflowRegistry Code = new(
        [OrchestrationEntry.Of<Fails, string, string>(Fails.Ref), OrchestrationEntry.Of<TriesAgain, string, string>(TriesAgain.Ref)],
        [ActivityEntry.Of<FailsForNow, string, string>(FailsForNow.Ref)]);

    public string Path { get; } = System.IO.Path.Combine(dataDirectory, "workflow.db");

    public async Task<InstanceListing?> FindAsync(string id)
    {
        if (!File.Exists(Path))
            return null;
        try
        {
            await using var runner = LocalRunner.LocalRunner.Open(new LocalRunnerOptions { Path = Path, ReadOnly = true });
            return (await runner.ListAsync(new InstanceFilter(IdPrefix: id), 1)).SingleOrDefault();
        }
        catch (LocalRunnerException)
        {
            // The program is about to make the file.
            return null;
        }
    }

    /// <summary>Leaves an instance that was started and that nobody has run yet.</summary>
    public async Task LeaveStartedAsync(string id)
    {
        Directory.CreateDirectory(dataDirectory);
        await using var runner = LocalRunner.LocalRunner.Open(new LocalRunnerOptions { Path = Path });
        await runner.StartAsync(Fails.Ref, id, "input", CancellationToken.None);
    }

    /// <summary>Leaves an instance that has failed.</summary>
    public Task LeaveFailedAsync(string id) => RunAsync(Fails.Ref, id, found => found.State.Status == InstanceStatus.Failed);

    /// <summary>Leaves an instance of which an activity has failed once and is tried again in an hour.</summary>
    public Task LeaveRetryingAsync(string id) => RunAsync(TriesAgain.Ref, id, found => found.Calls is [{ NextAttempt: not null }]);

    private async Task RunAsync(OrchestrationRef<string, string> orchestration, string id, Func<InstanceListing, bool> until)
    {
        Directory.CreateDirectory(dataDirectory);
        await using var services = new ServiceCollection().AddTransient<FailsForNow>().BuildServiceProvider();
        await using var runner = LocalRunner.LocalRunner.Open(new LocalRunnerOptions
        {
            Path = Path,
            Registry = Code,
            Scopes = services.GetRequiredService<IServiceScopeFactory>(),
        });
        await runner.StartAsync(TestContext.Current.CancellationToken);
        await runner.StartAsync(orchestration, id, "input", TestContext.Current.CancellationToken);
        while (!until((await runner.ListAsync(new InstanceFilter(IdPrefix: id), 1)).Single()))
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }
}
