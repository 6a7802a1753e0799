using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Testing.Workflow;

/// <summary>One run of a scenario, in which the runtime dies after its n-th write and is started again as soon as that is seen.</summary>
public sealed class CrashRun(WorkflowDriver driver, Executions executions)
{
    public bool Crashed { get; private set; }

    /// <summary>The activities that had begun when the runtime died; all of them when it did not.</summary>
    public IReadOnlyList<Execution> Before { get; private set; } = [];

    public IReadOnlyList<Execution> After => [.. executions.All.Skip(Before.Count)];

    public IOrchestrationClient Client => driver.Client;

    public async Task StartAsync(int crashAfter)
    {
        await driver.StartAsync();
        driver.CrashAfter(crashAfter);
    }

    /// <summary>Lets the runtime come to rest, if need be after a restart.</summary>
    public async Task SettleAsync()
    {
        await driver.SettleAsync();
        if (!driver.HasCrashed)
            return;
        Crashed = true;
        Before = executions.All;
        await driver.RestartAsync();
        await driver.SettleAsync();
    }

    /// <summary>Lets the instance run to its end, and time pass as long as it has not ended.</summary>
    public async Task<InstanceState> EndAsync(string id, TimeSpan within)
    {
        for (var passed = TimeSpan.Zero; passed < within; passed += TimeSpan.FromSeconds(1))
        {
            await SettleAsync();
            if (await Client.FindAsync(id, CancellationToken.None) is { HasEnded: true } state)
                return state;
            await driver.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        await SettleAsync();
        return await driver.EndAsync(id);
    }
}
