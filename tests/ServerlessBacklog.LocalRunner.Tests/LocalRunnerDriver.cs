using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Testing.Workflow;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner.Tests;

/// <summary>An engine and a client, which is a second runner on the same file, as another process would have it.</summary>
/// <param name="residents">How many instances keep their state between two wakes; 0 replays them at each.</param>
/// <param name="maxGroup">How many writes share a commit.</param>
internal sealed class LocalRunnerDriver(WorkflowRegistry code, IServiceProvider services, int residents = 256, int maxGroup = 256)
    : WorkflowDriver(code, services)
{
    private readonly TemporaryDirectory directory = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private LocalRunner? engine;
    private LocalRunner? client;
    private int commitsLeft = int.MaxValue;

    public override IOrchestrationClient Client => client!;

    public override TimeProvider Time => time;

    public override bool HasVirtualTime => true;

    public override bool CanHoldInstances => true;

    public override bool HasCrashed => engine!.IsDead;

    private string Path => directory.File("runs.db");

    public override async Task StartAsync()
    {
        client = LocalRunner.Open(new LocalRunnerOptions { Path = Path, Time = time });
        await StartEngineAsync();
    }

    public override void CrashAfter(int writes) => Volatile.Write(ref commitsLeft, writes);

    public override async Task SettleAsync()
    {
        for (var waited = Stopwatch.StartNew(); !HasCrashed && !await IsIdleAsync(); await Task.Delay(1))
        {
            if (waited.Elapsed > Patience)
                throw new TimeoutException("Still not at rest: " + string.Join("; ", await client!.ListAsync(new InstanceFilter(), 20)));
        }
    }

    public override Task AdvanceAsync(TimeSpan time)
    {
        this.time.Advance(time);
        return SettleAsync();
    }

    public override async Task<int?> HistoryRowsAsync(string id) => (int?)await client!.HistoryRowsAsync(id);

    public override async ValueTask DisposeAsync()
    {
        if (engine is not null)
            await engine.DisposeAsync();
        if (client is not null)
            await client.DisposeAsync();
        directory.Dispose();
    }

    protected override async Task StopAndStartAsync()
    {
        await engine!.DisposeAsync();
        CrashAfter(int.MaxValue);
        await StartEngineAsync();
    }

    private async Task StartEngineAsync()
    {
        engine = LocalRunner.Open(new LocalRunnerOptions
        {
            Path = Path,
            Registry = Code,
            Scopes = Services.GetRequiredService<IServiceScopeFactory>(),
            Time = time,
            Residents = residents,
            MaxGroup = maxGroup,
            DiesAfterCommit = () => Interlocked.Decrement(ref commitsLeft) == 0,
        });
        await engine.StartAsync();
    }

    private async Task<bool> IsIdleAsync()
    {
        try
        {
            return await engine!.IsIdleAsync();
        }
        catch (LocalRunnerException) when (HasCrashed)
        {
            return true;
        }
    }
}
