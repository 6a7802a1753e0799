using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ServerlessBacklog.Testing.Workflow.Orchestrations;
using ServerlessBacklog.Workflow;
using Shouldly;
using Xunit;

namespace ServerlessBacklog.Testing.Workflow.Contracts;

/// <summary>
/// What every runtime of the orchestration seam must do. One class per topic derives from this one; a runtime inherits each of them in its
/// tests, with one line that creates its driver.
/// </summary>
public abstract class WorkflowContract : IAsyncLifetime
{
    /// <summary>Time that passes for a timer to be surely late: they are at most a few seconds off.</summary>
    protected static readonly TimeSpan Late = TimeSpan.FromSeconds(3);

    private ServiceProvider services = null!;

    protected static CancellationToken None => CancellationToken.None;

    protected Executions Executions { get; private set; } = null!;

    protected WorkflowDriver Driver { get; private set; } = null!;

    protected IOrchestrationClient Client => Driver.Client;

    /// <summary>A driver on a storage of its own, empty and not started.</summary>
    protected abstract WorkflowDriver CreateDriver(WorkflowRegistry code, IServiceProvider services);

    /// <summary>Where a test sees what activities the runtime has run.</summary>
    protected virtual Executions CreateExecutions() => new();

    public async ValueTask InitializeAsync()
    {
        Executions = CreateExecutions();
        services = WorkflowCode.Services(Executions);
        Driver = CreateDriver(WorkflowCode.All, services);
        await Driver.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Driver is not null)
            await Driver.DisposeAsync();
        await services.DisposeAsync();
    }

    /// <summary>Starts an instance and lets it go as far as it can.</summary>
    protected async Task StartAsync<TIn, TOut>(OrchestrationRef<TIn, TOut> orchestration, string id, TIn input)
    {
        await Client.StartAsync(orchestration, id, input, None);
        await Driver.SettleAsync();
    }

    /// <summary>Starts an instance and lets it run to its end.</summary>
    protected async Task<InstanceState> RunAsync<TIn, TOut>(OrchestrationRef<TIn, TOut> orchestration, string id, TIn input)
    {
        await Client.StartAsync(orchestration, id, input, None);
        return await Driver.EndAsync(id);
    }

    /// <summary>Raises an event and lets what it wakes go as far as it can.</summary>
    protected async Task RaiseAsync(string id, string name, string text)
    {
        await Client.RaiseAsync(id, name, new Answer(text), None);
        await Driver.SettleAsync();
    }

    /// <summary>Lets the runtime die while all instances rest.</summary>
    protected async Task CrashAsync()
    {
        Assert.SkipUnless(Driver.CanCrash, "Cannot crash.");
        await Driver.SettleAsync();
        Driver.CrashAfter(1);
        await StartAsync(CallsOnce.Ref, "crashes", "x");
        Driver.HasCrashed.ShouldBeTrue();
    }

    /// <summary>Waits for what happens while the runtime is not at rest.</summary>
    protected static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        for (var waited = Stopwatch.StartNew(); !await condition(); await Task.Delay(5))
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20), $"Never happened: {what}.");
    }

    protected async Task<InstanceStatus?> StatusAsync(string id) => (await Client.FindAsync(id, None))?.Status;
}
